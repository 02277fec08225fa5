"""Where names, and the words in them, begin, in alphabetical order: prefixes are found by halving."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

END = "\n"
"""Ends each name, so that the end can be asked for too; it comes before every letter."""


class Lines:
    """Names in one text, each with its owner; small, since it holds numbers and no objects."""

    __slots__ = ("_owners", "_starts", "text")

    def __init__(self, names: Sequence[tuple[str, int]]) -> None:
        self.text = "".join(name + END for name, _ in names)
        self._owners = array("I", (owner for _, owner in names))
        self._starts = array("I")
        place = 0
        for name, _ in names:
            self._starts.append(place)
            place += len(name) + len(END)

    def places(self) -> Iterable[tuple[int, str]]:
        """Give where each name begins, and the name."""
        for place in self._starts:
            yield place, self.text[place : self.text.index(END, place)]

    def owner(self, place: int) -> int:
        """Say whose name stands at `place`."""
        return self._owners[bisect_right(self._starts, place) - 1]


class Starts:
    """Which owners have a name that goes on so from one of the given places."""

    __slots__ = ("_owners", "_places", "_text")

    def __init__(self, lines: Lines, places: Iterable[int]) -> None:
        text = self._text = lines.text
        # Sorted in many small steps: a thread that builds this holds up no other for long.
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for place in places:
            alike[text[place : place + 2]].append(place)
        self._places = array("I")
        for beginning in sorted(alike):
            some = alike.pop(beginning)
            some.sort(key=lambda place: text[place : text.index(END, place) + 1])
            self._places.extend(some)
        self._owners = array("I", map(lines.owner, self._places))

    def owners(self, beginning: str) -> set[int]:
        """Give the owners of the places where the text goes on with `beginning`."""
        text, length = self._text, len(beginning)
        first = bisect_left(self._places, beginning, key=lambda place: text[place : place + length])
        last = bisect_right(self._places, beginning, first, key=lambda place: text[place : place + length])
        return set(self._owners[first:last])
