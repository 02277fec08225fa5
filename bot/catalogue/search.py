"""Autocomplete: ranked shows for what was typed, in memory, and so fast that nobody waits.

What people mean, best first: a name in full, then with a year, network or country behind it
("ghosts us"), the beginning of a name, the beginnings of words in it, a name with typing errors.
Among equals the popular and the running shows come first.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nsmallest
from itertools import islice

from bot.catalogue.folding import fold
from bot.catalogue.spelling import Spelling
from bot.catalogue.starts import END, Lines, Starts
from bot.model import Show

_MAX_TYPED = 120
_RUNNING_WORTH = 15  # points of TVmaze's weight that a show has for being on air
_KEPT_FOR_WORDS = 8  # of 25 answers, where beginnings of names would take them all
_MAX_MARKS = 10  # words of year, network and country behind a name
_LOOKED_THROUGH = 1_000
_FEW = 5
_ARTICLE = re.compile(r"(?:the|an?|d(?:er|ie|as|e|en|et)|het|l(?:e|es|as?|os?)|el|il|gli) (?=\S)")
_GENITIVE = re.compile(r"(?<=\w) s(?= |$)")
_COUNTRY_AS_TYPED = {"GB": "gb uk", "US": "us usa"}


class SearchIndex:
    """All names of all shows, ready to be searched; it never changes, a new one takes its place.

    To make one of 80,000 shows takes a second or two: do that in a thread.
    """

    __slots__ = ("_marks", "_shows", "_spelling", "_wholes", "_words")

    def __init__(self, shows: Iterable[Show]) -> None:
        self._shows = tuple(sorted(shows, key=_popularity))
        names = [(name, number) for number, show in enumerate(self._shows) for name in _names(show)]
        lines = Lines(names)
        self._wholes = Starts(
            lines, (at + past for at, name in lines.places() for past in {0, _past_article(name)})
        )
        self._words = Starts(
            lines, (at + space.end() for at, name in lines.places() for space in re.finditer(" ", name))
        )
        self._marks = sorted({mark for show in self._shows for mark in _marks(show)})
        self._spelling = Spelling(
            (name[past:], number) for name, number in names for past in {0, _past_article(name)}
        )

    def rank(self, typed: str, limit: int = 25) -> tuple[Show, ...]:
        """Give at most `limit` shows that `typed` may mean, the likeliest first.

        Nothing typed: the most popular. A label that tells a show from its namesakes means that show.
        """
        wanted = fold(typed[:_MAX_TYPED])
        if not wanted:
            return () if typed.strip() else self._shows[:limit]
        called = list(self._called(wanted))
        found = dict.fromkeys([*called, *self._begun(wanted, limit)])
        if len(found) < limit:
            found |= dict.fromkeys(nsmallest(limit, self._with_all_words(wanted.split())))
            found |= dict.fromkeys(nsmallest(limit, self._begun_and_marked(wanted)))
        if not called and len(found) < _FEW:
            found |= dict.fromkeys(self._spelling.misspelt(wanted[_past_article(wanted) :]))
        return self._of(found, limit)

    def near(self, typed: str, limit: int = 5) -> tuple[Show, ...]:
        """Give shows whose names are at all like `typed`, for somebody whom `rank` does not help."""
        wanted = fold(typed[:_MAX_TYPED])
        if not wanted:
            return ()
        alike = self._of(self._spelling.near(wanted[_past_article(wanted) :]), limit)
        return tuple(dict.fromkeys((*self.rank(typed, limit), *alike)))[:limit]

    def _of(self, numbers: Iterable[int], limit: int) -> tuple[Show, ...]:
        return tuple(self._shows[number] for number in islice(numbers, limit))

    def _called(self, wanted: str) -> Iterator[int]:
        """Give the shows with that label, then with that name, then with that name and those marks."""
        marked = sorted(self._named_and_marked(wanted))
        yield from (number for number in marked if fold(self._shows[number].label) == wanted)
        yield from sorted(self._wholes.owners(wanted + END))
        yield from marked

    def _begun(self, wanted: str, limit: int) -> list[int]:
        """Give the shows whose names begin so, then those with words that do; the latter get some room."""
        beginning, within = self._wholes.owners(wanted), self._words.owners(wanted)
        words = nsmallest(limit, within - beginning)
        room = limit - min(len(words), limit * _KEPT_FOR_WORDS // 25)
        return [*nsmallest(room, beginning), *words]

    def _named_and_marked(self, wanted: str) -> set[int]:
        """Find the shows that the first words name in full, and the others tell from their namesakes."""
        words = wanted.split()
        found: set[int] = set()
        for cut in range(max(1, len(words) - _MAX_MARKS), len(words)):
            for number in self._wholes.owners(" ".join(words[:cut]) + END):
                if _is_marked(self._shows[number], words[cut:]):
                    found.add(number)
        return found

    def _begun_and_marked(self, wanted: str) -> set[int]:
        """Find the shows that the first words begin to name, and the last one tells from the others."""
        begun, _, mark = wanted.rpartition(" ")
        place = bisect_left(self._marks, mark)
        if not begun or not "".join(self._marks[place : place + 1]).startswith(mark):
            return set()
        likely = nsmallest(_LOOKED_THROUGH, self._with_word(begun))
        return {number for number in likely if _is_marked(self._shows[number], [mark])}

    def _with_all_words(self, words: list[str]) -> set[int]:
        """Find the shows that have a word for each of `words`, in any order: "game thrones"."""
        if len(words) < 2:
            return set()
        rarest_first = sorted(set(words), key=len, reverse=True)
        found = self._with_word(rarest_first[0])
        for word in rarest_first[1:]:
            if found:
                found &= self._with_word(word)
        return found

    def _with_word(self, word: str) -> set[int]:
        return self._wholes.owners(word) | self._words.owners(word)


def _popularity(show: Show) -> tuple[int, int, int]:
    """Sort the popular and running shows first, then the newer ones."""
    worth = show.weight + (_RUNNING_WORTH if show.status == "Running" else 0)
    return -worth, -(show.year or 0), show.id


def _names(show: Show) -> set[str]:
    """Give the names of a show as people type them: folded, "Grey's" also as `greys`."""
    folded = {fold(name) for name in (show.name, *show.other_names)}
    return (folded | {_GENITIVE.sub("s", name) for name in folded}) - {""}


def _past_article(name: str) -> int:
    """Say where a folded name goes on after its article; 0 where it has none."""
    article = _ARTICLE.match(name)
    return article.end() if article else 0


def _is_marked(show: Show, typed: list[str]) -> bool:
    """Say whether each word typed begins a mark of the show: its year, network or country."""
    marks = _marks(show)
    return all(any(mark.startswith(word) for mark in marks) for word in typed)


def _marks(show: Show) -> tuple[str, ...]:
    """Give the folded words of a show's year, network and country."""
    return (str(show.year or ""), *_place_words(show.network or "", show.country or ""))


@lru_cache(maxsize=4096)
def _place_words(network: str, country: str) -> tuple[str, ...]:
    places = (_COUNTRY_AS_TYPED.get(place, fold(place)) for place in country.split("/"))
    return (*fold(network).split(), *" ".join(places).split())
