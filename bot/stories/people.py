"""Which people a headline names, well enough to tell one casting from another."""

import re
from collections.abc import Container, Iterable

_QUOTED = re.compile(r"(?<!\w)(?:'[^']+'|\"[^\"]+\"|‘[^‘]+?’|“[^“]+?”)(?!\w)")
_WORD = re.compile(r"[^\W\d_](?:[\w.'’-]*\w)?|[^\w\s]|\d+")
_POSSESSIVE = re.compile(r"['’]s$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLE_BEARERS = _words("actor actress alum alums alumna alumnus breakout favorite star vet veteran")
"""`West Wing alum` names a show, not a person."""
_NO_NAMES = _words("""
    a an and as at by for from in into is its of on opposite or the to with
    adds boards books cast casting casts exits exiting guest heads join joining joins lands lead leaves
    leaving led new news promoted recurring regular reprise reprises return returning returns role round
    set sets star stars starring tapped taps upped
    apple disney hbo hulu max netflix paramount peacock prime starz video
    drama comedy thriller sitcom series season show spinoff exclusive
    first second third fourth fifth sixth seventh eighth ninth tenth final
    two three four five six seven eight nine ten
    chief commander detective doctor dr emmy general gentleman golden globe lady nominee oscar
    president minister princess queen secretary vice winner winning
""")


def people(text: str, familiar: Iterable[str] = ()) -> frozenset[str]:
    """Give the pairs of words in `text` that read as first and last name, in lower case.

    What stands in quotes is a title. Words of `familiar` (the show's names, its cast) tell nothing
    new, nor do the trade's own words, which headlines write with capitals too.
    """
    spent = _NO_NAMES | {word.lower() for name in familiar for word in _WORD.findall(name)}
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(_QUOTED.sub(" , ", text))]
    return frozenset(
        f"{first} {last}".lower()
        for first, last, after in zip(words, words[1:], [*words[2:], ""], strict=False)
        if _may_name(first, spent) and _may_name(last, spent) and after.lower() not in _TITLE_BEARERS
    )


def _may_name(word: str, spent: Container[str]) -> bool:
    return word[0].isupper() and len(word) > 1 and word.lower() not in spent
