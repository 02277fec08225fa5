"""Numbers in a text: digits, ordinals with their marks, and number words of every language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.news.lexicon import load_lexicon
from bot.news.tokens import Phrases, Tokens

MAX_NUMBER = 99
_ROMAN = {
    roman: value
    for value, roman in enumerate(
        [
            "I",
            "II",
            "III",
            "IV",
            "V",
            "VI",
            "VII",
            "VIII",
            "IX",
            "X",
            "XI",
            "XII",
            "XIII",
            "XIV",
            "XV",
            "XVI",
            "XVII",
            "XVIII",
            "XIX",
            "XX",
        ],
        start=1,
    )
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens `first` to `after` (exclusive)."""

    value: int
    first: int
    after: int
    is_ordinal: bool
    languages: frozenset[str] | None
    """The languages in which its word or mark makes a number; None for bare digits, which all have."""

    def speaks(self, languages: frozenset[str]) -> bool:
        """Say whether it may be a number of one of these languages."""
        return self.languages is None or not self.languages.isdisjoint(languages)


@dataclass(frozen=True, slots=True)
class _Words:
    cardinals: Phrases[Mapping[str, str]]
    ordinals: Phrases[Mapping[str, str]]
    marks: Mapping[str, frozenset[str]]
    firsts: frozenset[str]


@cache
def _words() -> _Words:
    lexicon = load_lexicon()
    cardinals, ordinals = lexicon.table("numbers.cardinals"), lexicon.table("numbers.ordinals")
    return _Words(
        cardinals, ordinals, lexicon.spoken("numbers", ["marks"]), cardinals.firsts | ordinals.firsts
    )


def find_numbers(tokens: Tokens) -> tuple[Number, ...]:
    """Give every ordinal and cardinal of 1 to 99, in order; a word may be both."""
    firsts = _words().firsts
    return tuple(
        number
        for place, word in enumerate(tokens.words)
        if word in firsts or word.isdecimal()
        for number in (_ordinal(tokens, place), _cardinal(tokens, place))
        if number is not None
    )


def _ordinal(tokens: Tokens, place: int) -> Number | None:
    words = _words()
    digits = _digits(tokens, place)
    if digits is not None:
        spoken = words.marks.get(tokens.word(place + 1)) if tokens.touches(place + 1) else None
        return Number(digits, place, place + 2, True, spoken) if spoken is not None else None
    return _spelled(words.ordinals, tokens, place, is_ordinal=True)


def _cardinal(tokens: Tokens, place: int) -> Number | None:
    digits = _digits(tokens, place)
    if digits is not None:
        return Number(digits, place, place + 1, False, None)
    return _spelled(_words().cardinals, tokens, place, is_ordinal=False)


def _digits(tokens: Tokens, place: int) -> int | None:
    value = tokens.number(place)
    return value if value is not None and 1 <= value <= MAX_NUMBER else None


def _spelled(
    words: Phrases[Mapping[str, str]], tokens: Tokens, place: int, *, is_ordinal: bool
) -> Number | None:
    found = words.at(tokens, place)
    if found is None:
        return None
    meanings, after = found
    value = int(next(iter(meanings.values())))
    return Number(value, place, after, is_ordinal, frozenset(meanings))


def read_roman(tokens: Tokens, place: int) -> Number | None:
    """Read a Roman numeral in capitals, I to XX."""
    value = _ROMAN.get(tokens.raw(place)) if place < len(tokens) else None
    return Number(value, place, place + 1, False, None) if value else None
