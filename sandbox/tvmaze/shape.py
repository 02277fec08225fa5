"""Shows, seasons, episodes, cast and other names in TVmaze's JSON.

Source: https://www.tvmaze.com/api
"""

import re
from datetime import UTC, date, datetime
from typing import Any

from sandbox.tvmaze.shows import Catalogue, Network, Season, Show

Json = dict[str, Any]

_COUNTRIES = {
    "BR": ("Brazil", "America/Noronha"),
    "DE": ("Germany", "Europe/Busingen"),
    "ES": ("Spain", "Africa/Ceuta"),
    "FR": ("France", "Europe/Paris"),
    "GB": ("United Kingdom", "Europe/London"),
    "IL": ("Israel", "Asia/Jerusalem"),
    "IT": ("Italy", "Europe/Rome"),
    "KR": ("Korea, Republic of", "Asia/Seoul"),
    "US": ("United States", "America/New_York"),
}
_AKA = re.compile(r"(.+) \(([A-Z]{2})\)")


class Shapes:
    """Writes a catalogue's facts with addresses that start with `base`, such as `http://…/tvmaze`."""

    def __init__(self, catalogue: Catalogue, base: str) -> None:
        self._catalogue = catalogue
        self._base = base

    def show(self, show: Show, embeds: tuple[str, ...] = ()) -> Json:
        """Write a show; `embeds` that TVmaze does not know are left out, as TVmaze does."""
        before, after = self._episode_before(show), self._episode_after(show)
        links = {"self": {"href": f"{self._base}/shows/{show.id}"}}
        for name, episode in (("previousepisode", before), ("nextepisode", after)):
            if episode is not None:
                links[name] = {"href": episode["_links"]["self"]["href"], "name": episode["name"]}
        network = self._network(show.network)
        told: Json = {
            "id": show.id,
            "url": self._page(show),
            "name": show.name,
            "type": "Scripted",
            "language": show.language,
            "genres": list(show.genres),
            "status": show.status,
            "runtime": show.runtime,
            "averageRuntime": show.runtime,
            "premiered": show.premiered.isoformat(),
            "ended": show.ended.isoformat() if show.ended else None,
            "officialSite": show.network.site,
            "schedule": {"time": "", "days": []},
            "rating": {"average": show.rating},
            "weight": show.weight,
            "network": None if show.network.web else network,
            "webChannel": network if show.network.web else None,
            "dvdCountry": None,
            "externals": {"tvrage": None, "thetvdb": show.thetvdb, "imdb": show.imdb},
            "image": self._image(show),
            "summary": f"<p>{show.summary}</p>",
            "updated": int(self._catalogue.updated_at(show).timestamp()),
            "_links": links,
        }
        embedded: Json = {
            "seasons": self.seasons(show),
            "akas": [_aka(name) for name in show.akas],
            "cast": [self._role(show, place, role) for place, role in enumerate(show.cast)],
            "previousepisode": before,
            "nextepisode": after,
        }
        chosen = {name: embedded[name] for name in embeds if embedded.get(name) is not None}
        return told | {"_embedded": chosen} if chosen else told

    def seasons(self, show: Show) -> list[Json]:
        """Write the seasons that are known, the first season first."""
        return [self._season(show, season) for season in show.seasons]

    def _season(self, show: Show, season: Season) -> Json:
        number = show.id * 100 + season.number
        network = self._network(show.network)
        return {
            "id": number,
            "url": f"{self._page(show)}#season-{season.number}",
            "number": season.number,
            "name": "",
            "episodeOrder": season.episodes,
            "premiereDate": _day(season.premiere),
            "endDate": _day(season.end),
            "network": None if show.network.web else network,
            "webChannel": network if show.network.web else None,
            "image": None,
            "summary": "",
            "_links": {"self": {"href": f"{self._base}/seasons/{number}"}},
        }

    def _episode_before(self, show: Show) -> Json | None:
        aired = [one for one in _episodes(show) if one[2] <= self._catalogue.today]
        return self._episode(show, *aired[-1]) if aired else None

    def _episode_after(self, show: Show) -> Json | None:
        ahead = [one for one in _episodes(show) if one[2] > self._catalogue.today]
        return self._episode(show, *ahead[0]) if ahead else None

    def _episode(self, show: Show, season: int, number: int, airdate: date) -> Json:
        key = show.id * 10_000 + season * 100 + number
        noon = datetime(airdate.year, airdate.month, airdate.day, 12, tzinfo=UTC)
        return {
            "id": key,
            "url": f"{self._page(show)}#episode-{season}x{number:02}",
            "name": f"Episode {number}",
            "season": season,
            "number": number,
            "type": "regular",
            "airdate": airdate.isoformat(),
            "airtime": "",
            "airstamp": noon.isoformat(),
            "runtime": show.runtime,
            "rating": {"average": None},
            "image": None,
            "summary": None,
            "_links": {
                "self": {"href": f"{self._base}/episodes/{key}"},
                "show": {"href": f"{self._base}/shows/{show.id}", "name": show.name},
            },
        }

    def _role(self, show: Show, place: int, role: str) -> Json:
        person, _, character = role.partition(" as ")
        number = show.id * 100 + place
        return {
            "person": self._named("people", number, person)
            | {"country": None, "birthday": None, "deathday": None, "gender": None, "updated": 0},
            "character": self._named("characters", number, character),
            "self": False,
            "voice": False,
        }

    def _named(self, family: str, number: int, name: str) -> Json:
        address = f"{self._base}/{family}/{number}"
        return {
            "id": number,
            "url": address,
            "name": name,
            "image": None,
            "_links": {"self": {"href": address}},
        }

    def _image(self, show: Show) -> Json:
        poster = f"{self._base}/posters/{show.id}.svg"
        return {"medium": poster, "original": poster}

    def _page(self, show: Show) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", show.name.lower()).strip("-")
        return f"{self._base}/shows/{show.id}/{slug}"

    @staticmethod
    def _network(network: Network) -> Json:
        return {
            "id": network.id,
            "name": network.name,
            "country": _country(network.country),
            "officialSite": network.site,
        }


def _episodes(show: Show) -> list[tuple[int, int, date]]:
    return [
        (season.number, number, airdate)
        for season in show.seasons
        for number, airdate in enumerate(season.airdates, start=1)
    ]


def _aka(written: str) -> Json:
    found = _AKA.fullmatch(written)
    if found is None:
        return {"name": written, "country": None}
    return {"name": found[1], "country": _country(found[2])}


def _country(code: str | None) -> Json | None:
    if code is None:
        return None
    name, timezone = _COUNTRIES[code]
    return {"name": name, "code": code, "timezone": timezone}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
