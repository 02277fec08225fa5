"""All names of all shows in one automaton: which of them a text holds, in one pass.

Whole words only, because each name is kept folded between spaces. Which name is meant where several
overlap, and whether a title is meant at all, is for the reader of the text to judge.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from bot.catalogue.folding import Folded, fold
from bot.catalogue.ordinary import load_frequencies, ordinariness
from bot.model import Show

_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_QUALIFIER = re.compile(r"\s*\((?:[A-Z.]{2,4}|\d{4}[-–\d]*)\)\s*$")
_LETTERS_APART = re.compile(r"(?<!\S)\w(?: \w(?!\S))+")
_JOINED_BY = re.compile(r"(?<=\w)['’ʼ`.](?=\w)")
_MAX_WORDS = 14


class Form(IntEnum):
    """How a name belongs to its show, the best first."""

    NAME = 0
    OTHER = 1
    """One of its other names."""
    SHORT = 2
    """Without its article."""
    PART = 3
    """Only what stands before or after its colon."""


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A folded name and whose it is; the same object each time it is met."""

    key: int
    bearers: tuple[tuple[Show, Form], ...]
    """By form, then by id."""
    ordinariness: float
    """Zipf's measure of its words: 0 where nobody says them, 7 for *You*."""


class Names:
    """The names of `shows`, ready to be found. The order in which shows come does not matter."""

    def __init__(self, shows: Iterable[Show]) -> None:
        self._shows = tuple(sorted(shows, key=lambda show: show.id))
        self._met: dict[int, Name] = {}
        self._codes = array("I")
        """The bearers of each name in turn, coded as four times the place in `_shows` plus the form."""
        self._ends = array("I")
        """Where in `_codes` the bearers of each name end."""
        self._ordinary = array("f")
        self._automaton = AhoCorasick(
            self._take_in(),
            matchkind=MatchKind.Standard,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )

    def _take_in(self) -> Iterator[str]:
        """Yield each folded name between spaces, in order, and note its bearers."""
        frequencies = load_frequencies()
        for name, same in groupby(_all_forms(self._shows), key=itemgetter(0)):
            best: dict[int, int] = {}
            for _, code in same:
                best[code // 4] = min(code, best.get(code // 4, code))
            whole = [code for code in best.values() if code % 4 != Form.PART]
            self._codes.extend(whole or best.values())
            self._ends.append(len(self._codes))
            self._ordinary.append(ordinariness(name.split(), frequencies))
            yield f" {name} "

    def find(self, folded: Folded) -> list[tuple[int, int, int]]:
        """List every name in `folded`, overlapping ones too: its first word, its last, and its key."""
        return folded.locate(self._automaton.find_matches_as_indexes(folded.text, overlapping=True))

    def name(self, key: int) -> Name:
        """Tell whose name `key` of an occurrence is."""
        known = self._met.get(key)
        if known is None:
            codes = self._codes[self._ends[key - 1] if key else 0 : self._ends[key]]
            bearers = ((self._shows[code // 4], Form(code % 4)) for code in codes)
            ranked = sorted(bearers, key=lambda bearer: (bearer[1], bearer[0].id))
            known = self._met[key] = Name(key, tuple(ranked), self._ordinary[key])
        return known

    def ordinariness(self, key: int) -> float:
        """Say how ordinary the words of name `key` are."""
        return self._ordinary[key]


def _all_forms(shows: tuple[Show, ...]) -> list[tuple[str, int]]:
    """Give each way to write each show's names with its code, in order."""
    return sorted((name, place * 4 + form) for place, show in enumerate(shows) for name, form in _forms(show))


def _forms(show: Show) -> Iterator[tuple[str, Form]]:
    """Give each folded way to write the names of `show`; a way may come twice."""
    for written, form in ((show.name, Form.NAME), *((other, Form.OTHER) for other in show.other_names)):
        plain = _QUALIFIER.sub("", written) or written
        for way in _spellings(plain):
            if len(way) > 0 and way.count(" ") < _MAX_WORDS:
                yield way, form
    yield from _short_forms(_QUALIFIER.sub("", show.name))


def _spellings(name: str) -> Iterator[str]:
    """Give the folded `name`, and it with `Handmaid's` as one word and `S.W.A.T.` as another."""
    folded = fold(name)
    yield folded
    if _JOINED_BY.search(name):
        yield fold(_JOINED_BY.sub("", name))
    if _LETTERS_APART.search(folded):
        yield _LETTERS_APART.sub(lambda found: found[0].replace(" ", ""), folded)


def _short_forms(name: str) -> Iterator[tuple[str, Form]]:
    """Give what is left of `name` without its article, and each side of its colon."""
    article = _ARTICLE.match(name)
    if article:
        yield from ((way, Form.SHORT) for way in _spellings(name[article.end() :]) if way)
    head, colon, tail = name.partition(": ")
    if colon:
        yield from ((way, Form.PART) for way in (fold(head), fold(tail)) if way)
