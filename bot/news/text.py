"""A piece of an article as it is read: plain characters, folded words, quotes, capitals, and the way back.

Places are places in the text as the article has it, entities and all; they are what spans are made of.
"""

import html
import re
from bisect import bisect_right
from functools import cached_property

from bot.catalogue.folding import Folded
from bot.model import Span

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_QUOTE = re.compile("[\"“”„‟«»‹›‘’‚‛'`]")
_KIND_OF_QUOTE = dict.fromkeys('"“”„‟', 0) | dict.fromkeys("«»‹›", 1) | dict.fromkeys("‘’‚‛'`", 2)
_MAX_QUOTE = 160
_ENDS_SENTENCE = frozenset(".!?;)")
_ENDS_CLAUSE = frozenset(".!?;:,()")
_STARTS_SENTENCE = frozenset('.!?:;–—|•…\n"“”„«»‹›‘‚([')
_MIN_LONG = 4
"""Letters of a word that a title-case headline writes with a capital, whatever its sort."""
_TITLE_CASE = 0.75


class Passage:
    """The title, the summary or one category of an article."""

    def __init__(self, field: str, written: str, start: int = 0) -> None:
        self.field = field
        self._start = start
        self._shifts: list[tuple[int, int]] = []
        self.text = self._unescape(written) if "&" in written else written
        self.folded = Folded(self.text)
        self.words = self.folded.words

    def _unescape(self, written: str) -> str:
        """Replace entities by what they stand for, and remember how far places moved."""
        parts: list[str] = []
        last = length = 0
        for found in _ENTITY.finditer(written):
            meant = html.unescape(found[0])
            parts += (written[last : found.start()], meant)
            length += found.start() - last + len(meant)
            last = found.end()
            self._shifts.append((length, last - length))
        return "".join([*parts, written[last:]])

    def _place(self, place: int) -> int:
        """Lead from a place in `text` to the place in the text as written."""
        known = bisect_right(self._shifts, (place, len(self.text) * 12)) - 1
        return self._start + place + (self._shifts[known][1] if known >= 0 else 0)

    def span(self, first: int, last: int) -> Span:
        """Give the place of the words `first` to `last`."""
        spans = self.folded.spans
        start, end = spans[first][0], spans[last][1]
        return Span(self._place(start), self._place(end - 1) + 1, self.field)

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each word, and at last what stands behind the last."""
        spans = self.folded.spans
        starts = [0, *(end for _, end in spans)]
        ends = [*(start for start, _ in spans), len(self.text)]
        return [self.text[start:end] for start, end in zip(starts, ends, strict=True)]

    @cached_property
    def _cuts(self) -> tuple[list[int], list[int], list[int]]:
        """For each word: where its sentence ends, where its clause begins and where that ends."""
        count = len(self.words)
        sentence_ends, clause_starts, clause_ends = [count] * count, [0] * count, [count] * count
        sentence = clause = 0
        for word, gap in enumerate(self.gaps[:-1]):
            if len(gap) > 1 or gap not in " -'’":
                if not _ENDS_CLAUSE.isdisjoint(gap):
                    clause_ends[clause:word] = [word] * (word - clause)
                    clause = word
                if not _ENDS_SENTENCE.isdisjoint(gap):
                    sentence_ends[sentence:word] = [word] * (word - sentence)
                    sentence = word
            clause_starts[word] = clause
        return sentence_ends, clause_starts, clause_ends

    def rest_of_sentence(self, word: int, limit: int) -> list[str]:
        """Give at most `limit` words that follow `word` in its sentence."""
        return self.words[word + 1 : min(word + 1 + limit, self._cuts[0][word])]

    def rest_of_clause(self, word: int, limit: int) -> list[str]:
        """Give at most `limit` words that follow `word` before the next sign."""
        return self.words[word + 1 : min(word + 1 + limit, self._cuts[2][word])]

    def before_in_clause(self, word: int, limit: int) -> list[str]:
        """Give at most `limit` words that lead to `word` from the last sign, the nearest first."""
        return self.words[max(self._cuts[1][word], word - limit) : word][::-1]

    def starts_sentence(self, word: int) -> bool:
        """Say whether `word` would have a capital in any case."""
        return word == 0 or not _STARTS_SENTENCE.isdisjoint(self.gaps[word])

    def is_capital(self, word: int) -> bool:
        """Say whether `word` begins with a capital letter."""
        return self.text[self.folded.spans[word][0]].isupper()

    def written(self, first: int, last: int) -> str:
        """Give the words `first` to `last` as they stand in the plain text."""
        spans = self.folded.spans
        return self.text[spans[first][0] : spans[last][1]]

    @cached_property
    def capital_share(self) -> float:
        """How many of the longer words have a capital, from 0 to 1; names alone make about a quarter."""
        long = [start for start, end in self.folded.spans[1:] if end - start >= _MIN_LONG]
        return sum(self.text[start].isupper() for start in long) / len(long) if long else 1.0

    @cached_property
    def upper_share(self) -> float:
        """How many of the letters are capitals."""
        return sum(map(str.isupper, self.text)) / max(1, len(self.text))

    @property
    def is_title_case(self) -> bool:
        """Say whether nearly every word has a capital, so that capitals prove nothing."""
        return self.capital_share >= _TITLE_CASE

    def quote_around(self, first: int, last: int) -> tuple[int, int] | None:
        """Give the first and last word of the narrowest quotation that holds the words `first` to `last`."""
        start, end = self.folded.spans[first][0], self.folded.spans[last][1]
        best: tuple[int, int] | None = None
        for opened, closed in self._quotes:
            known = bisect_right(opened, start) - 1
            if known >= 0 and closed[known] >= end:
                inner = (opened[known], closed[known])
                best = inner if best is None or inner[0] >= best[0] else best
        if best is None:
            return None
        inside = [span[0] for span in self.folded.spans]
        return bisect_right(inside, best[0] - 1), bisect_right(inside, best[1] - 1) - 1

    @cached_property
    def _quotes(self) -> list[tuple[list[int], list[int]]]:
        """Where the text in quotes starts and ends: double ones, angles, single ones."""
        lists: list[tuple[list[int], list[int]]] = [([], []), ([], []), ([], [])]
        opened: list[int | None] = [None, None, None]
        for found in _QUOTE.finditer(self.text):
            place, kind = found.start(), _KIND_OF_QUOTE[found[0]]
            since = opened[kind]
            if since is not None and place - since > _MAX_QUOTE:
                since = opened[kind] = None
            if since is not None and _may_close(self.text, place, found[0]):
                lists[kind][0].append(since)
                lists[kind][1].append(place)
                opened[kind] = None
            elif _may_open(self.text, place, found[0]):
                opened[kind] = place + 1
        return lists


def _may_open(text: str, place: int, mark: str) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not after.isspace() and after != "" and not before.isalnum() and mark != "’"


def _may_close(text: str, place: int, mark: str) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not before.isspace() and mark not in "„‚" and not (mark in "'’`‘" and after.isalnum())
