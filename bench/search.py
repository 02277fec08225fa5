"""Autocomplete beside two other ways to find a show, in speed and in what they find."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from rapidfuzz import process

from bench.timing import percentile, seconds
from bot.catalogue.folding import fold
from bot.catalogue.search import SearchIndex
from bot.model import Show

_LIMIT = 25
_SHORTEST = 6
"""Letters of a name that is looked for."""

Find = Callable[[str], Sequence[int]]
"""Gives the places in the list of shows of what was found."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A show, and how somebody types it."""

    place: int
    start: str
    begun: str
    whole: str
    misspelt: str


_TYPED: tuple[Callable[[Wanted], str], ...] = (
    lambda one: one.start,
    lambda one: one.begun,
    lambda one: one.whole,
    lambda one: one.misspelt,
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to find shows: seconds for a query, and how often the wanted show was among the 25 found."""

    name: str
    queries: int
    p50_s: float
    p99_s: float
    start: float
    begun: float
    whole: float
    misspelt: float


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """The index, and for comparison the others."""

    shows: int
    index: Way
    others: tuple[Way, ...]


def measure_search(shows: Sequence[Show], *, wanted: int = 400, wanted_slowly: int = 8) -> SearchFigures:
    """Look for `wanted` shows spread over the catalogue, four queries each; for fewer where that is slow."""
    index = SearchIndex(shows)
    places = {show.id: place for place, show in enumerate(shows)}
    folded = [fold(show.name) for show in shows]

    def rank(typed: str) -> Sequence[int]:
        return [places[show.id] for show in index.rank(typed, _LIMIT)]

    def extract(typed: str) -> Sequence[int]:
        return [place for _, _, place in process.extract(fold(typed), folded, limit=_LIMIT)]

    others = [_measured("rapidfuzz over the list", extract, _wanted(shows, wanted_slowly))]
    with closing(_trigrams(folded)) as table:
        others.append(
            _measured("SQLite FTS5 trigram", lambda typed: _match(table, typed), _wanted(shows, wanted))
        )
    return SearchFigures(
        len(shows), _measured("SearchIndex.rank", rank, _wanted(shows, wanted)), tuple(others)
    )


def _wanted(shows: Sequence[Show], count: int) -> list[Wanted]:
    long_enough = [place for place, show in enumerate(shows) if len(show.name) >= _SHORTEST]
    some = long_enough[:: max(1, len(long_enough) // count)]
    return [_typed(place, shows[place].name.lower()) for place in some]


def _typed(place: int, name: str) -> Wanted:
    """Type two letters of a name, three quarters, the whole, and it with letters swapped in the middle."""
    middle = len(name) // 2
    swapped = name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]
    return Wanted(place, name[:2], name[: len(name) * 3 // 4], name, swapped)


def _measured(name: str, find: Find, wanted: Sequence[Wanted]) -> Way:
    """Ask all queries; the first one warms up and is asked again."""
    find(wanted[0].whole)
    times: list[float] = []
    found = [[_is_found(find, typed(one), one.place, times) for one in wanted] for typed in _TYPED]
    start, begun, whole, misspelt = (sum(column) / len(column) for column in found)
    return Way(
        name, len(times), percentile(times, 0.5), percentile(times, 0.99), start, begun, whole, misspelt
    )


def _is_found(find: Find, typed: str, place: int, times: list[float]) -> bool:
    found: list[int] = []
    times.append(seconds(lambda: found.extend(find(typed))))
    return place in found


def _trigrams(names: Sequence[str]) -> sqlite3.Connection:
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='trigram')")
    table.executemany("INSERT INTO names (rowid, name) VALUES (?, ?)", enumerate(names))
    return table


def _match(table: sqlite3.Connection, typed: str) -> Sequence[int]:
    phrase = '"' + fold(typed).replace('"', "") + '"'
    rows = table.execute(
        "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (phrase, _LIMIT)
    )
    return [int(rowid) for (rowid,) in rows]
