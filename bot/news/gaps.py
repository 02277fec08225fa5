"""What stands between two places of a text: a list, a break, a word that leads on."""

import re
from collections.abc import Sequence

from bot.news.vocabulary import Mark

STOPS = frozenset(",;.:–—")
_PER_COMMA = 25
_NEXT = 24
_LIST_GAP = 30
_JOINS = re.compile(r"\b(?:and|und|et|y|e|en|while|but)\b")
_GOES_ON = re.compile(r", (?:and|und|et|y|e|en|while|but|och|og)\W+")
_LISTED = frozenset(" ,&'\"‘’“”„«»‹›()/+-–0123456789")
_AND = frozenset(
    [
        "and",
        "und",
        "et",
        "y",
        "e",
        "en",
        "plus",
        "sowie",
        "or",
        "og",
        "och",
        "a",
        "és",
        "ja",
        "ve",
        "the",
        "as",
        "well",
        "s",
    ]
)
_OF = frozenset(
    [
        "",
        "of",
        "von",
        "de",
        "di",
        "van",
        "der",
        "des",
        "del",
        "della",
        "do",
        "da",
        "d'",
        "zu",
        "af",
        "av",
        "för",
        "for",
    ]
)


def cost(text: str, start: int, end: int) -> int:
    """Say how far two places are from each other: characters, and more for each comma and "and"."""
    gap = text[start:end]
    return len(gap) + _PER_COMMA * (sum(gap.count(sign) for sign in ",;–—") + len(_JOINS.findall(gap)))


def is_list(text: str, start: int, end: int) -> bool:
    """Say whether only commas, quotes and "and" stand between two names."""
    if end - start >= _LIST_GAP:
        return False
    gap = text[start:end].lower()
    words = "".join(" " if sign in _LISTED else sign for sign in gap).split()
    return all(word in _AND for word in words)


def leads(text: str, start: int, end: int) -> bool:
    """Say whether what stands between says that the next name is meant: "season 3 of X", "Oct. 1: X"."""
    gap = text[start:end].lower().strip("'\"‘’“”„«»‹› ")
    return len(gap) < _NEXT and (gap in _OF or gap.startswith(":"))


def begins_of(text: str, start: int, end: int) -> bool:
    """Say whether only a word such as "of" stands between: "season 3 for X"."""
    gap = text[start:end].lower().strip(" '\"‘’“”„«»‹›")
    return bool(gap) and gap in _OF


def goes_on(text: str, start: int, end: int) -> bool:
    """Say whether only a comma and "and" stand between: "on May 1, and X", where X begins anew."""
    return end - start < _NEXT and _GOES_ON.fullmatch(text[start:end].lower()) is not None


def stands_before(text: str, marks: Sequence[Mark], start: int, reach: int = _NEXT) -> bool:
    """Say whether one of `marks` ends shortly before `start`, with no comma or stop between."""
    return any(
        mark.end <= start <= mark.end + reach and not STOPS.intersection(text[mark.end : start])
        for mark in marks
    )
