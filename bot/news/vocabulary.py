"""The words by which the trade press tells news, in every language at once, found in one pass.

Each file in `words/kinds/` holds one language; `en.toml` explains how a phrase is written.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.news.tokens import fold

_ENOUGH_WORDS = 2
_ACCENTED = re.compile(r"[^\W\x00-\x7f]")
_SHARE = 0.8
"""A language with this share of the best one's small words stays possible, as Danish beside Norwegian."""
WORDS = Path(__file__).parent / "words" / "kinds"


class Use(StrEnum):
    """Where a phrase counts for its sense."""

    ALONE = "alone"
    BEFORE_SEASON = "before_season"
    AFTER_SEASON = "after_season"
    BEFORE_SHOW = "before_show"
    BEFORE_NAME = "before_name"
    AFTER_NAME = "after_name"
    OF_SHOW = "of_show"
    IN_TITLE = "in_title"
    FOR_SEASON = "for_season"
    AROUND = "around"
    WITH_DATE = "with_date"
    ANNOUNCES_SEASON = "announces_season"
    RETURNS_FOR_SEASON = "returns_for_season"
    FAINT = "faint"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase may tell (`renewed`, `hedge`, `review` …) and where it does."""

    name: str
    use: Use
    language: str
    tail: str = ""
    """For `around`: what must follow."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase of the vocabulary found at characters `start` to `end` of a text."""

    start: int
    end: int
    phrase: str
    senses: tuple[Sense, ...]

    def has(self, name: str) -> bool:
        """Say whether one of its senses has this name."""
        return name in _names(self.senses)


@cache
def _names(senses: tuple[Sense, ...]) -> frozenset[str]:
    return frozenset(sense.name for sense in senses)


class Vocabulary:
    """Phrases with their senses, compiled into one automaton."""

    def __init__(self, phrases: Iterable[tuple[str, Sense]]) -> None:
        known: dict[str, dict[Sense, bool]] = {}
        for phrase, sense in phrases:
            if sense.name == "language":
                continue
            for written in spellings(phrase):
                if sense.use is Use.AROUND:
                    written, _, tail = written.partition(" … ")
                    sense = replace(sense, tail=f" {plain(tail)} ")
                literal = " " + plain(written.rstrip("*")).strip()
                known.setdefault(literal, {})[sense] = written.endswith("*")
        self._literals = tuple(known)
        self._whole = tuple(tuple(known[literal]) for literal in self._literals)
        self._open = tuple(
            tuple(sense for sense, is_open in known[literal].items() if is_open) for literal in self._literals
        )
        self._automaton = AhoCorasick(list(self._literals), matchkind=MatchKind.Standard)

    def find(self, text: str) -> tuple[Mark, ...]:
        """Give all marks of `text` in its own language and in English, the longest where they overlap.

        An accent makes a word no English one: Swedish "höst" is no host.
        """
        return tuple(self._marks(text, " " + plain(text), spoken(text)))

    def _marks(self, text: str, padded: str, languages: frozenset[str]) -> Iterator[Mark]:
        """Give the marks that lie in no longer one."""
        length, reached = len(padded), 0
        found = self._automaton.find_matches_as_indexes(padded, overlapping=True)
        found.sort(key=lambda one: (one[1], -one[2]))
        for number, start, end in found:
            if end <= reached:
                continue
            is_whole = end == length or padded[end] == " "
            known = self._whole[number] if is_whole else self._open[number]
            is_plain = text.isascii() or not _ACCENTED.search(text, start, end - 1)
            senses = tuple(
                sense
                for sense in known
                if sense.language in languages and (is_plain or sense.language != "en")
            )
            if senses:
                reached = end
                yield Mark(start, end - 1, self._literals[number][1:], senses)


def plain(text: str) -> str:
    """Fold `text` and make every sign a space; no character changes its place."""
    folded = fold(text)
    return folded if folded.isalnum() else folded.translate(_SIGNS)


class _Signs(dict[int, str]):
    """Keeps letters and digits, makes a space of anything else; learns each character once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = kept = letter if letter.isalnum() else " "
        return kept


_SIGNS = _Signs()


def spellings(phrase: str) -> Iterator[str]:
    """Write out the choices of a phrase: `(a|b) c` is `a c` and `b c`; an empty choice leaves it out."""
    parts: list[list[str]] = []
    rest = phrase
    while "(" in rest:
        before, _, inside = rest.partition("(")
        choices, _, rest = inside.partition(")")
        if "(" in choices:
            raise ValueError(f"a choice within a choice: {phrase!r}")
        parts += [[before], choices.split("|")]
    parts.append([rest])
    for chosen in product(*parts):
        yield " ".join("".join(chosen).split())


def read_words(folder: Path) -> Iterator[tuple[str, Sense]]:
    """Read the phrases of every language file in `folder`."""
    for path in sorted(folder.glob("*.toml")):
        sections: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(path.read_text("utf-8"))
        for name, uses in sections.items():
            for use, phrases in uses.items():
                sense = Sense(name, Use(use), path.stem)
                yield from ((phrase, sense) for phrase in phrases)


def spoken(text: str) -> frozenset[str]:
    """Give the language of `text` by its small words, and English, which lends words to all.

    All languages where it has too few of them to tell.
    """
    small = _small_words()
    found: dict[str, int] = {}
    for word in set(plain(text).split()) & small.keys():
        for language in small[word]:
            found[language] = found.get(language, 0) + 1
    most = max(found.values(), default=0)
    if most < _ENOUGH_WORDS:
        return _languages()
    return frozenset({language for language, count in found.items() if count >= _SHARE * most} | {"en"})


@cache
def _small_words() -> Mapping[str, tuple[str, ...]]:
    """Give each small word, folded, with the languages that have it."""
    found: dict[str, dict[str, None]] = {}
    for phrase, sense in read_words(WORDS):
        if sense.name == "language":
            for word in spellings(phrase):
                found.setdefault(plain(word), {})[sense.language] = None
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for languages in _small_words().values() for language in languages)


@cache
def vocabulary() -> Vocabulary:
    """Give the vocabulary of all languages, compiled at the first call."""
    return Vocabulary(read_words(WORDS))
