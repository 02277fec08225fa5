"""Search as TVmaze's: the words of a name or of another name, a little misspelling forgiven."""

import re
import unicodedata
from difflib import SequenceMatcher

from sandbox.tvmaze.shows import Show

_MAX_FOUND = 10
_ENOUGH = 0.72


def search(shows: tuple[Show, ...], text: str) -> list[tuple[float, Show]]:
    """Give the ten best matches with their scores in (0, 1], the best and best known first."""
    typed = _folded(text)
    if not typed:
        return []
    scored = [(_score(typed, show), show) for show in shows]
    found = [(score, show) for score, show in scored if score >= _ENOUGH]
    return sorted(found, key=lambda one: (-one[0], -one[1].weight, one[1].id))[:_MAX_FOUND]


def _score(typed: str, show: Show) -> float:
    return max(_likeness(typed, _folded(name)) for name in (show.name, *map(_bare, show.akas)))


def _likeness(typed: str, name: str) -> float:
    if not name:
        return 0.0
    if typed == name:
        return 1.0
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in typed.split()):
        return 0.75 + 0.2 * len(typed) / max(len(name), len(typed))
    return 0.9 * SequenceMatcher(None, typed, name).ratio()


def _bare(aka: str) -> str:
    return re.sub(r" \([A-Z]{2}\)$", "", aka)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace("&", " and ").replace("'", "")))
