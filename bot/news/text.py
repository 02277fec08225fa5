"""A piece of an article as it is read: plain characters, folded words, quotes, capitals, and the way back.

Places are places in the text as the article has it, entities and all; they are what spans are made of.
"""

import html
import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from bot.catalogue.folding import Folded
from bot.model import Span
from bot.news.lazy import lazy

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_QUOTE = re.compile("[\"“”„‟«»‹›‘’‚‛'`]")
_SORT_OF_QUOTE = dict.fromkeys('"“”„‟', 0) | dict.fromkeys("«»‹›", 1) | dict.fromkeys("‘’‚‛'`", 2)
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
        known = bisect_left(self._shifts, (place + 1,)) - 1
        return self._start + place + (self._shifts[known][1] if known >= 0 else 0)

    def span(self, first: int, last: int) -> Span:
        """Give the place of the words `first` to `last`."""
        start, end = self.folded.spans[first][0], self.folded.spans[last][1]
        return Span(self._place(start), self._place(end - 1) + 1, self.field)

    def written(self, first: int, last: int) -> str:
        """Give the words `first` to `last` as they stand in the plain text."""
        spans = self.folded.spans
        return self.text[spans[first][0] : spans[last][1]]

    def is_capital(self, word: int) -> bool:
        """Say whether `word` begins with a capital letter."""
        return self.text[self.folded.spans[word][0]].isupper()

    @lazy
    def _signs(self) -> dict[int, str]:
        """What stands before a word, where that is no single space; and at last behind the last word."""
        spans, text = self.folded.spans, self.text
        gaps = [text[left[1] : right[0]] for left, right in pairwise(spans)]
        signs = {word: gap for word, gap in enumerate(gaps, 1) if gap != " "}
        signs[0] = text[: spans[0][0]] if spans else text
        signs[len(spans)] = text[spans[-1][1] :] if spans else ""
        return signs

    def before(self, word: int) -> str:
        """Give what stands between `word` and the word before it."""
        return self._signs.get(word, " ")

    @lazy
    def _sentence_cuts(self) -> list[int]:
        return sorted(word for word, sign in self._signs.items() if not _ENDS_SENTENCE.isdisjoint(sign))

    @lazy
    def _clause_cuts(self) -> list[int]:
        return sorted(word for word, sign in self._signs.items() if not _ENDS_CLAUSE.isdisjoint(sign))

    def rest_of_sentence(self, word: int, limit: int) -> list[str]:
        """Give at most `limit` words that follow `word` in its sentence."""
        return self._rest(self._sentence_cuts, word, limit)

    def rest_of_clause(self, word: int, limit: int) -> list[str]:
        """Give at most `limit` words that follow `word` before the next sign."""
        return self._rest(self._clause_cuts, word, limit)

    def _rest(self, cuts: list[int], word: int, limit: int) -> list[str]:
        known = bisect_right(cuts, word)
        end = word + 1 + limit
        return self.words[word + 1 : min(end, cuts[known]) if known < len(cuts) else end]

    def before_in_clause(self, word: int, limit: int) -> list[str]:
        """Give at most `limit` words that lead to `word` from the last sign, the nearest first."""
        known = bisect_right(self._clause_cuts, word) - 1
        start = max(self._clause_cuts[known] if known >= 0 else 0, word - limit)
        return self.words[start:word][::-1]

    def starts_sentence(self, word: int) -> bool:
        """Say whether `word` would have a capital in any case."""
        return word == 0 or (word in self._signs and not _STARTS_SENTENCE.isdisjoint(self._signs[word]))

    @lazy
    def capital_share(self) -> float:
        """How many of the longer words have a capital, from 0 to 1; names alone make about a quarter."""
        text = self.text
        long = [text[start].isupper() for start, end in self.folded.spans[1:] if end - start >= _MIN_LONG]
        return sum(long) / len(long) if long else 1.0

    @lazy
    def upper_share(self) -> float:
        """How many of the characters are capitals."""
        return sum(map(str.isupper, self.text)) / max(1, len(self.text))

    @property
    def is_title_case(self) -> bool:
        """Say whether nearly every word has a capital, so that capitals prove nothing."""
        return self.capital_share >= _TITLE_CASE

    def quote_around(self, first: int, last: int) -> tuple[int, int] | None:
        """Give the first and last word of the narrowest quotation that holds the words `first` to `last`."""
        spans = self.folded.spans
        start, end = spans[first][0], spans[last][1]
        best: tuple[int, int] | None = None
        for opened, closed in self._quotes:
            known = bisect_right(opened, start) - 1
            if known >= 0 and closed[known] >= end and (best is None or opened[known] >= best[0]):
                best = (opened[known], closed[known])
        if best is None:
            return None
        return bisect_left(spans, (best[0],)), bisect_left(spans, (best[1],)) - 1

    @lazy
    def _quotes(self) -> list[tuple[list[int], list[int]]]:
        """Where the text in quotes starts and ends: double ones, angles, single ones; those that have any."""
        lists: list[tuple[list[int], list[int]]] = [([], []), ([], []), ([], [])]
        opened: list[int | None] = [None, None, None]
        for found in _QUOTE.finditer(self.text):
            place, sort = found.start(), _SORT_OF_QUOTE[found[0]]
            since = opened[sort]
            if since is not None and place - since > _MAX_QUOTE:
                since = opened[sort] = None
            if since is not None and _may_close(self.text, place, found[0]):
                lists[sort][0].append(since)
                lists[sort][1].append(place)
                opened[sort] = None
            elif _may_open(self.text, place, found[0]):
                opened[sort] = place + 1
        return [one for one in lists if one[0]]


def _may_open(text: str, place: int, mark: str) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return after != "" and not after.isspace() and not before.isalnum() and mark != "’"


def _may_close(text: str, place: int, mark: str) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not before.isspace() and mark not in "„‚" and not (mark in "'’`‘" and after.isalnum())
