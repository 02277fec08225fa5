"""The shows of shows.toml, and what of them is known on a given day."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("shows.toml")
_USUAL_NOTICE = timedelta(days=60)
"""How long before its premiere a season is known whose announcement the file does not date."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network, or a web channel where `web`; TVmaze counts the two apart."""

    id: int
    name: str
    web: bool = False
    country: str | None = None
    """ISO 3166 alpha-2; None for a platform of the whole world."""
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """A season; the last two say from which day on it, and its dates, are known."""

    number: int
    premiere: date | None
    end: date | None
    episodes: int | None
    known_from: date
    dated_from: date

    def as_of(self, day: date) -> "Season | None":
        """Tell what was known of it on `day`; None where nothing was."""
        if self.known_from > day:
            return None
        return self if self.dated_from <= day else replace(self, premiere=None, end=None)

    @property
    def airdates(self) -> tuple[date, ...]:
        """The day of each episode: the season's days, spread evenly, as weekly seasons are."""
        if self.premiere is None or not self.episodes:
            return ()
        last = self.end or self.premiere + timedelta(weeks=self.episodes - 1)
        step = (last - self.premiere) / max(self.episodes - 1, 1)
        return tuple(self.premiere + step * number for number in range(self.episodes))


@dataclass(frozen=True, slots=True)
class Show:
    """A series as shows.toml tells it."""

    key: str
    id: int
    name: str
    network: Network
    premiered: date
    ended: date | None
    status: str
    language: str
    genres: tuple[str, ...]
    runtime: int
    rating: float
    weight: int
    imdb: str | None
    thetvdb: int | None
    summary: str
    cast: tuple[str, ...]
    akas: tuple[str, ...]
    seasons: tuple[Season, ...]

    def as_of(self, day: date) -> "Show":
        """Tell it as it stood on `day`: no season, ending or status from later."""
        known = tuple(season for one in self.seasons if (season := one.as_of(day)) is not None)
        ended = self.ended if self.ended is not None and self.ended <= day else None
        status = self.status if self.ended == ended else "Running"
        if self.premiered > day:
            status = "In Development"
        return replace(self, seasons=known, ended=ended, status=status)

    def updated_at(self, day: date) -> datetime:
        """Say when, up to `day`, its facts last changed."""
        turns = [self.premiered, *([self.ended] if self.ended else [])]
        turns += [turn for season in self.seasons for turn in (season.known_from, season.dated_from)]
        past = max((turn for turn in turns if turn <= day), default=day)
        return datetime(past.year, past.month, past.day, tzinfo=UTC)


class Catalogue:
    """All shows by id; `today` says which day of the history it is."""

    def __init__(self, shows: tuple[Show, ...], today: Callable[[], date]) -> None:
        self._shows = {show.id: show for show in shows}
        self._today = today
        self.opened_on = today()

    @property
    def shows(self) -> tuple[Show, ...]:
        """Every show as of today, by id."""
        return tuple(self._shows[number].as_of(self._today()) for number in sorted(self._shows))

    def get(self, show_id: int) -> Show | None:
        """Give one show as of today."""
        show = self._shows.get(show_id)
        return show.as_of(self._today()) if show is not None else None

    def updated_at(self, show: Show) -> datetime:
        """Say when, up to today, the facts of `show` last changed."""
        return self._shows[show.id].updated_at(self._today())

    @property
    def today(self) -> date:
        """The day of the history."""
        return self._today()


def read_shows(path: Path = _FILE) -> tuple[Show, ...]:
    """Read the shows of `path`, in the file's order."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    networks = {key: Network(**fields) for key, fields in told["networks"].items()}
    return tuple(_read_show(key, fields, networks) for key, fields in told["shows"].items())


def read_catalogue(today: Callable[[], date]) -> Catalogue:
    """Read the sandbox's shows, to be told as of `today()`."""
    return Catalogue(read_shows(), today)


def _read_show(key: str, told: dict[str, Any], networks: dict[str, Network]) -> Show:
    return Show(
        key=key,
        id=told["id"],
        name=told["name"],
        network=networks[told["home"]],
        premiered=told["premiered"],
        ended=told.get("ended"),
        status=told.get("status", "Ended" if "ended" in told else "Running"),
        language=told.get("language", "English"),
        genres=tuple(told["genres"]),
        runtime=told["runtime"],
        rating=told["rating"],
        weight=told["weight"],
        imdb=told.get("imdb"),
        thetvdb=told.get("thetvdb"),
        summary=told["summary"],
        cast=tuple(told["cast"]),
        akas=tuple(told.get("akas", ())),
        seasons=tuple(_read_season(number, row) for number, row in enumerate(told["seasons"], start=1)),
    )


def _read_season(number: int, row: list[Any]) -> Season:
    premiere, end, episodes, known_from, dated_from = (value or None for value in row + [""] * (5 - len(row)))
    noticed = premiere - _USUAL_NOTICE if premiere else None
    known = known_from or noticed
    if known is None:
        raise ValueError(f"season {number} has no premiere, so it needs the day from which it is known")
    return Season(number, premiere, end, episodes, known, dated_from or max(known, noticed or known))
