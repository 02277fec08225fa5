"""Text made alike: case, accents, quotes, dashes and punctuation no longer count, and nothing is lost.

A folded text is its words between single spaces: ` the handmaid s tale `. `Folded.locate` and
`Folded.spans` lead from a place in it back to the characters that were written.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

_WORD = re.compile(r"\S+")
_SIGN_AT_WORD = re.compile(r"(?<=\S)\+|\+(?=\S)|(?<!\S)&(?=\S)|(?<=\S)&(?!\S)")
"""`TV+` and `+1` lose their sign, `Law + Order` and `A&E` keep it."""
_SPELT_OUT = {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
PERCENT = "percent"
"""How `%` is spelt: `3%` is one word, `3percent`."""
_ACCENT = "\u0300"
"""Stands for every accent that was written as a character of its own, until words are spelt."""


def _spelt(letter: str) -> str:
    """Give the plain lower-case letters and digits that `letter` stands for; none for a sign."""
    parts = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    plain = "".join(_SPELT_OUT.get(part, part) for part in parts if not unicodedata.combining(part))
    return "".join(part for part in plain if part.isalnum() or unicodedata.category(part).startswith("M"))


class _Level(dict[int, str]):
    """One character for each character, so that no place moves: a sign becomes a space."""

    def __missing__(self, code: int) -> str:
        letter, spelt = chr(code), _spelt(chr(code))
        if letter in "&+%":
            kept = letter
        elif unicodedata.combining(letter):
            kept = _ACCENT
        else:
            kept = spelt if len(spelt) == 1 else letter if spelt else " "
        self[code] = kept
        return kept


class _Spelling(dict[int, str]):
    """The letters that stand for several, spelt out: `æ` is `ae`; accents vanish."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter in "&+% " else _spelt(letter)
        return self[code]


_LEVEL = _Level()
_SPELLING = _Spelling()


class Folded:
    """A text, its folded `text` with a space at each end, and its folded `words`."""

    __slots__ = ("_level", "_spans", "_starts", "text", "words")

    def __init__(self, written: str) -> None:
        level = written.translate(_LEVEL)
        has_signs = "&" in level or "+" in level or "%" in level
        if has_signs:
            level = _SIGN_AT_WORD.sub(" ", level)
        words = level.split()
        if not written.isascii():
            words = " ".join(words).translate(_SPELLING).split(" ") if words else []
        if has_signs:
            words = ["and" if word in ("&", "+") else word.replace("%", PERCENT) for word in words]
        self.words = words
        self.text = f" {' '.join(words)} " if words else " "
        self._level = level
        self._starts: list[int] | None = None
        self._spans: list[tuple[int, int]] | None = None

    @property
    def starts(self) -> list[int]:
        """Where each word starts in `text`."""
        if self._starts is None:
            self._starts = list(accumulate([len(word) + 1 for word in self.words], initial=1))
        return self._starts

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in the text as written."""
        if self._spans is None:
            self._spans = [found.span() for found in _WORD.finditer(self._level)]
        return self._spans

    def locate(self, matches: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """Turn matches in `text`, from space to space, into first word, last word and what was matched."""
        starts = self.starts
        return [
            (bisect_right(starts, start + 1) - 1, bisect_right(starts, end - 2) - 1, key)
            for key, start, end in matches
        ]


def fold(text: str) -> str:
    """Give the folded form of `text`, without the outer spaces."""
    return Folded(text).text[1:-1]
