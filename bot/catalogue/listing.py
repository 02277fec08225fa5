"""TVmaze's JSON → shows and seasons; a field that is broken counts as missing, a show without a name as none.

Source: https://www.tvmaze.com/api
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.model import Season, Show, ShowId

_MAX_TEXT = 300
_MAX_DIGITS = 16
_MAX_NAMES = 50
_MAX_CAST = 40
_UNKEEPABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Listing:
    """A show as TVmaze's index and its search tell it: without other names and cast."""

    show: Show
    updated: int = 0
    """TVmaze's stamp of its last change, in seconds since 1970."""
    imdb: str | None = None
    thetvdb: int | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode, as far as a season's dates need it."""

    season: int
    number: int | None
    airs_on: date | None


@dataclass(frozen=True, slots=True)
class Detail:
    """A show with other names, cast and seasons."""

    show: Show
    seasons: tuple[Season, ...]
    updated: int = 0
    previous_episode: Episode | None = None
    next_episode: Episode | None = None


def read_listings(found: Iterable[Any]) -> tuple[Listing, ...]:
    """Read shows, leaving out those that cannot be read."""
    return tuple(filter(None, map(read_listing, found)))


def read_listing(told: Any) -> Listing | None:
    """Read a show; None where it has no id or no name."""
    told = _object(told)
    show_id, name = _whole(told.get("id")), _text(told.get("name"))
    if not show_id or name is None:
        return None
    premiered, ended = _day(told.get("premiered")), _day(told.get("ended"))
    network, channel = _object(told.get("network")), _object(told.get("webChannel"))
    country = _object(network.get("country")) or _object(channel.get("country"))
    image, externals = _object(told.get("image")), _object(told.get("externals"))
    show = Show(
        id=ShowId(show_id),
        name=name,
        year=premiered.year if premiered else None,
        ended_year=ended.year if ended else None,
        network=_text(network.get("name")) or _text(channel.get("name")),
        country=_text(country.get("code")),
        status=_text(told.get("status")),
        weight=min(_whole(told.get("weight")) or 0, 100),
        url=_address(told.get("url")),
        image_url=_address(image.get("medium")) or _address(image.get("original")),
    )
    return Listing(
        show,
        updated=_whole(told.get("updated")) or 0,
        imdb=_text(externals.get("imdb")),
        thetvdb=_whole(externals.get("thetvdb")),
    )


def read_detail(told: Any) -> Detail | None:
    """Read a show with what is embedded in it; None where it has no id or no name."""
    listing = read_listing(told)
    if listing is None:
        return None
    embedded = _object(_object(told).get("_embedded"))
    names = (_text(_object(aka).get("name")) for aka in _array(embedded.get("akas")))
    cast = (_text(_object(_object(role).get("person")).get("name")) for role in _array(embedded.get("cast")))
    show = replace(
        listing.show,
        other_names=_different(names, besides=listing.show.name)[:_MAX_NAMES],
        cast=_different(cast)[:_MAX_CAST],
    )
    return Detail(
        show,
        seasons=_seasons(_array(embedded.get("seasons"))),
        updated=listing.updated,
        previous_episode=_episode(embedded.get("previousepisode")),
        next_episode=_episode(embedded.get("nextepisode")),
    )


def read_stamps(told: Any) -> dict[ShowId, int] | None:
    """Read which show changed when, in seconds since 1970; None where that is not what was told."""
    if not isinstance(told, dict):
        return None
    read = ((str(show_id), _whole(stamp)) for show_id, stamp in told.items())
    return {
        ShowId(int(show_id)): stamp
        for show_id, stamp in read
        if stamp is not None and show_id.isascii() and show_id.isdigit() and len(show_id) < _MAX_DIGITS
    }


def _seasons(told: list[Any]) -> tuple[Season, ...]:
    """Read numbered seasons, the first season first; of two with one number, the first told counts."""
    seasons: dict[int, Season] = {}
    for one in map(_object, told):
        number = _whole(one.get("number"))
        if number:
            premiere, end = _day(one.get("premiereDate")), _day(one.get("endDate"))
            seasons.setdefault(number, Season(number, _whole(one.get("episodeOrder")), premiere, end))
    return tuple(seasons[number] for number in sorted(seasons))


def _episode(told: Any) -> Episode | None:
    told = _object(told)
    season = _whole(told.get("season"))
    return Episode(season, _whole(told.get("number")), _day(told.get("airdate"))) if season else None


def _different(names: Iterable[str | None], besides: str = "") -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name and name != besides)


def _object(told: Any) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _array(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []


def _text(told: Any) -> str | None:
    """Read a text: on one line, and nothing that a database could not keep."""
    if not isinstance(told, str):
        return None
    return " ".join(_UNKEEPABLE.sub("", told).split())[:_MAX_TEXT].rstrip() or None


def _address(told: Any) -> str | None:
    address = _text(told)
    return address if address and address.startswith(("https://", "http://")) else None


def _whole(told: Any) -> int | None:
    """Read a whole number that is not negative and fits 53 bits, as JSON's do."""
    return told if type(told) is int and 0 <= told < 2**53 else None


def _day(told: Any) -> date | None:
    try:
        return date.fromisoformat(told[:10]) if isinstance(told, str) else None
    except ValueError:
        return None
