"""How ordinary a name's words are: counted, not listed.

The measure is Zipf's: the logarithm of how often a phrase comes in a thousand million words. *You* is 7,
*Evil* 4.5, *Ted Lasso* near nothing.
"""

from collections.abc import Mapping, Sequence

import wordfreq

from bot.catalogue.folding import PERCENT, fold

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_UNSEEN = 2.0
"""Of a word too rare for the lists, which end at 3."""
_WHOLE = 9.0
_TOGETHER = 1.0
"""Words that make a name are found together more often than by chance: tenfold for each further word."""


def load_frequencies() -> Mapping[str, float]:
    """Read the small word lists of the languages we know; a word in several counts as the commonest.

    The lists are not kept in memory besides.
    """
    commonest: dict[str, float] = {}
    for language in _LANGUAGES:
        for word, share in wordfreq.get_frequency_dict(language, wordlist="small").items():
            plain = word if word.isascii() and word.isalnum() else fold(word)
            if share > commonest.get(plain, 0.0):
                commonest[plain] = share
    wordfreq.get_frequency_dict.cache_clear()
    wordfreq.get_frequency_list.cache_clear()
    return {word: wordfreq.freq_to_zipf(share) for word, share in commonest.items()}


def ordinariness(words: Sequence[str], frequencies: Mapping[str, float]) -> float:
    """Say how ordinary the phrase of these folded `words` is: 0 for one never met, up to 8."""
    expected = sum(_of_word(word, frequencies) for word in words)
    return max(0.0, expected - (_WHOLE - _TOGETHER) * (len(words) - 1))


def _of_word(word: str, frequencies: Mapping[str, float]) -> float:
    digits = word.removesuffix(PERCENT)
    if digits.isdigit():
        return max(2.0, 6.0 - 0.5 * len(digits))
    return frequencies.get(word, _UNSEEN)
