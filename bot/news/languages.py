"""Which languages a text may be in, told by its commonest words."""

from functools import cache, lru_cache

from bot.news.lexicon import load_lexicon
from bot.news.tokens import Tokens

_SURE = 3
"""Fewer common words than this tell nothing, and every language stays possible."""
_SHARE = 0.6
"""A language with this share of the best one's words stays possible."""


@cache
def _common() -> dict[str, tuple[str, ...]]:
    return {word: tuple(spoken) for word, spoken in load_lexicon().spoken("language", ["common"]).items()}


@cache
def _all() -> frozenset[str]:
    return frozenset(load_lexicon().languages)


@lru_cache(maxsize=8)
def find_languages(tokens: Tokens) -> frozenset[str]:
    """Give the languages that the text may be in; never none."""
    common = _common()
    counts: dict[str, int] = {}
    for word in tokens.words:
        for code in common.get(word, ()):
            counts[code] = counts.get(code, 0) + 1
    best = max(counts.values(), default=0)
    if best < _SURE:
        return _all()
    return frozenset(code for code, count in counts.items() if count >= _SHARE * best)


def is_known(languages: frozenset[str]) -> bool:
    """Say whether these are fewer than all: the text tells its language."""
    return languages != _all()
