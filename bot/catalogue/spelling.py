"""Names that were misspelt: all that a few wrong, missing, added or swapped letters lead to."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

_POPULAR = 5_000
_NEAR_ENOUGH = 60.0  # percent alike
_MANY = 100


class Spelling:
    """Finds the owners of names that look like what was typed.

    Owners are numbered by popularity: the smaller number is the likelier one.
    """

    __slots__ = ("_names", "_owners", "_popular_names", "_popular_owners")

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        of_length: defaultdict[int, dict[tuple[str, int], None]] = defaultdict(dict)
        for name, owner in names:
            of_length[len(name)][name, owner] = None
        by_length = [pair for length in sorted(of_length) for pair in of_length[length]]
        self._names = [name for name, _ in by_length]
        self._owners = [owner for _, owner in by_length]
        popular = [(name, owner) for name, owner in by_length if owner < _POPULAR]
        self._popular_names = [name for name, _ in popular]
        self._popular_owners = [owner for _, owner in popular]

    def misspelt(self, typed: str) -> list[int]:
        """Give the owners of names that `typed` is but for a few letters, the likeliest first.

        Where there are none: of names that it begins, popular shows alone.
        """
        errors = _allowed_errors(typed)
        if not errors:
            return []
        # Only names of about that length can be it, which is what makes this fast.
        shortest = bisect_left(self._names, len(typed) - errors, key=len)
        longest = bisect_right(self._names, len(typed) + errors, key=len)
        found = _alike(typed, self._names[shortest:longest], self._owners[shortest:longest], errors)
        if not found:
            begun = [name[: len(typed)] for name in self._popular_names]
            found = _alike(typed, begun, self._popular_owners, min(errors, 2))
        return [owner for _, owner in found]

    def near(self, typed: str) -> list[int]:
        """Give the owners of names that are at all like `typed`, the most alike first."""
        found = process.extract(typed, self._names, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=_MANY)
        ordered = sorted((-round(score), self._owners[place]) for _, score, place in found)
        return [owner for _, owner in ordered]


def _allowed_errors(typed: str) -> int:
    """Say how many letters may be wrong: none in two, one in five, two in nine, three in more."""
    return min(len(typed) // 3, 1) + (len(typed) > 5) + (len(typed) > 9)


def _alike(typed: str, names: Sequence[str], owners: Sequence[int], errors: int) -> list[tuple[int, int]]:
    """Give (errors, owner) of the names that are `typed` but for so many errors, the fewest first."""
    found = process.extract(typed, names, scorer=OSA.distance, score_cutoff=errors, limit=_MANY)
    return sorted((int(distance), owners[place]) for _, distance, place in found)
