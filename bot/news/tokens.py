"""A text as folded words with their places, and phrases found among them.

Folding changes no length, so a place in the folded text is the same place in the text as written.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

Value = TypeVar("Value")

_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|\n")
_ODD = {"ß": "s", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "İ": "i", "æ": "a", "œ": "o"}
_ALIKE = {"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "“": '"', "”": '"'}


@cache
def _folds() -> Mapping[int, str]:
    """Map each accented letter and each odd quote or dash to its plain single character."""
    table = {ord(odd): plain for odd, plain in (_ODD | _ALIKE).items()}
    for code in range(0xA0, min(0x2000, sys.maxunicode)):
        whole = chr(code).lower()
        plain = "".join(c for c in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(c))
        if code not in table and len(plain) == 1 and plain != chr(code):
            table[code] = _ODD.get(plain, plain)
    for odd, plain in _ODD.items():
        if len(odd.upper()) == 1:
            table[ord(odd.upper())] = plain
    return table


def fold(text: str) -> str:
    """Make case, accents, quotes and dashes alike; each character stays one character."""
    if text.isascii():
        return text.lower()
    return text.translate(_folds()).lower()


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words, numbers, signs and line breaks of `text`, folded, with where each starts and ends.

    Compared by identity, so that what is known of a text is quickly found again.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Tokens":
        """Cut `text` into its tokens."""
        folded = fold(text)
        spans = [found.span() for found in _WORD.finditer(folded)]
        words = tuple([folded[start:end] for start, end in spans])
        return cls(text, words, tuple([start for start, _ in spans]), tuple([end for _, end in spans]))

    def __len__(self) -> int:
        return len(self.words)

    def word(self, place: int) -> str:
        """Give the folded token at `place`, the empty word beyond either end."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def raw(self, place: int) -> str:
        """Give the token at `place` as it is written."""
        return self.text[self.starts[place] : self.ends[place]]

    def touches(self, place: int) -> bool:
        """Say whether nothing stands between the token at `place` and the one before it."""
        return 0 < place < len(self.words) and self.ends[place - 1] == self.starts[place]

    def number(self, place: int) -> int | None:
        """Give the number written in at most four digits at `place`."""
        word = self.word(place)
        return int(word) if word.isdecimal() and len(word) <= 4 else None


def cover(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Mark each of `length` characters that lies in one of `spans`."""
    covered = bytearray(length)
    for start, end in spans:
        covered[start:end] = b"\x01" * len(covered[start:end])
    return covered


class Phrases(Generic[Value]):
    """Phrases of one word or more, each with its value; the longest that fits is found."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in phrases:
            words = Tokens.of(phrase).words
            self._by_first.setdefault(words[0], []).append((words, value))
        for known in self._by_first.values():
            known.sort(key=lambda one: -len(one[0]))
        self.firsts = frozenset(self._by_first)
        """The words with which a phrase begins."""

    def at(self, tokens: Tokens, place: int) -> tuple[Value, int] | None:
        """Give the value of the longest phrase that begins at `place`, and the place after it."""
        for words, value in self._by_first.get(tokens.word(place), ()):
            after = place + len(words)
            if len(words) == 1 or tokens.words[place:after] == words:
                return value, after
        return None
