"""Networks, platforms and countries as a text names them.

A house is a network with its sisters and its spellings, because the press says "BBC" for all of them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.catalogue.folding import fold
from bot.news.text import Passage

_FILE = Path(__file__).with_name("networks.toml")


@dataclass(frozen=True, slots=True)
class NetworkName:
    """A house named by the words `first` to `last` of a passage."""

    house: str
    first: int
    last: int


class _Houses:
    """What `networks.toml` says."""

    def __init__(self) -> None:
        content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        self.by_name: dict[str, str] = {}
        self._names: list[str] = []
        self.country: dict[str, str] = {}
        self.family: dict[str, str] = {}
        for network in content["network"]:
            loud = [network["name"], *network.get("other", ())]
            self._names += map(fold, loud)
            for written in (*loud, *network.get("quiet", ())):
                self.by_name[fold(written)] = network["name"]
            if "country" in network:
                self.country[network["name"]] = network["country"]
            if "family" in network:
                self.family[network["name"]] = network["family"]
        self.country_words: Mapping[str, str] = {
            word: country for country, words in content["countries"].items() for word in words
        }
        self.first_words = frozenset(name.split()[0] for name in self._names)
        self.automaton = AhoCorasick([f" {name} " for name in self._names], matchkind=MatchKind.Standard)

    def at(self, place: int) -> str:
        """Say whose name the pattern at `place` is."""
        return self.by_name[self._names[place]]


@cache
def _houses() -> _Houses:
    return _Houses()


def find_networks(passage: Passage) -> list[NetworkName]:
    """List the houses that `passage` names with a capital, the longest name where two overlap."""
    houses = _houses()
    if houses.first_words.isdisjoint(passage.words):
        return []
    matches = houses.automaton.find_matches_as_indexes(passage.folded.text, overlapping=True)
    found: list[NetworkName] = []
    for first, last, place in passage.folded.locate(matches):
        while found and found[-1].first >= first:
            found.pop()
        if (not found or found[-1].last < first) and _is_written_as_name(passage, first):
            found.append(NetworkName(houses.at(place), first, last))
    return found


def begins_network(word: str) -> bool:
    """Say whether the name of a network begins with the folded `word`."""
    return word in _houses().first_words


def _is_written_as_name(passage: Passage, word: int) -> bool:
    return passage.is_capital(word) or not passage.words[word].isalpha()


@lru_cache(maxsize=4096)
def houses_of(network: str) -> tuple[str, ...]:
    """Name the houses of a catalogue's `network`: `on Netflix/Hulu` are two, `BBC Two` is the BBC."""
    parts = [fold(part).removeprefix("on ") for part in network.split("/")]
    return tuple(_houses().by_name.get(part, part) for part in parts if part)


@lru_cache(maxsize=4096)
def countries_of(country: str | None) -> frozenset[str]:
    """Give the countries, ISO 3166 alpha-2, that a catalogue's `country` names: `UK/US` are two."""
    words = _houses().country_words
    parts = [part.strip() for part in (country or "").split("/")]
    return frozenset(words.get(fold(part), part[:2].upper()) for part in parts if part)


@lru_cache(maxsize=4096)
def homes_of(network: str | None) -> frozenset[str]:
    """Give the countries that a catalogue's `network` is at home in, where it is known."""
    known = _houses().country
    return frozenset(known[house] for house in houses_of(network or "") if house in known)


@lru_cache(maxsize=4096)
def families_of(houses: tuple[str, ...]) -> frozenset[str]:
    """Name the owners of `houses`, where they own several."""
    known = _houses().family
    return frozenset([known[house] for house in houses if house in known])


def country_of_house(house: str) -> str | None:
    """Say where a house is at home, where it is at home in one country."""
    return _houses().country.get(house)


def country_named(word: str) -> str | None:
    """Say which country a folded word names: `british` is GB."""
    return _houses().country_words.get(word)
