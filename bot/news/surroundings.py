"""The words that stand around a name: read from `surroundings.toml`, all languages together."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from bot.news.mentions import Role
from bot.news.text import Passage

_FILE = Path(__file__).with_name("surroundings.toml")
_ENDINGS = ("", "st", "nd", "rd", "th", "a", "e", "eme", "de")
_ARTICLES = frozenset(
    ["the", "le", "la", "los", "las", "l", "il", "lo", "i", "gli", "el", "o", "os", "a", "de"]
)
_OF = frozenset(["of", "von", "di", "van", "av", "af", "du", "do", "da", "del"])
_ENGLISH_SEASONS = frozenset(["season", "seasons", "series"])
_MAX_IN_BRACKETS = 16
_EPISODE_CODE = re.compile(r"s\d{1,2}(?:e\d{1,3})?")


@dataclass(frozen=True)
class WordsAround:
    """What `surroundings.toml` says."""

    season: frozenset[str]
    number: frozenset[str]
    another: frozenset[str]
    of: frozenset[str]
    for_season: frozenset[str]
    work: frozenset[str]
    genre: frozenset[str]
    other: frozenset[str]
    people: frozenset[str]
    verb_before: frozenset[str]
    verb_after: frozenset[str]
    television: frozenset[str]
    comparison_before: frozenset[str]
    credit_before: frozenset[str]
    credit_after: frozenset[str]
    parent_before: frozenset[str]
    derived_from: frozenset[str]
    parent_after: frozenset[str]
    before_number: frozenset[str]
    beside: frozenset[str]
    speaks: frozenset[str]
    auxiliary: frozenset[str]
    calendar: frozenset[str]
    remake: frozenset[str]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers as words and in digits: `third`, `3`, `3rd`."""
        return self.number | {f"{digits}{ending}" for digits in range(100) for ending in _ENDINGS}

    @cached_property
    def of_the_field(self) -> frozenset[str]:
        """Numbers, dates and terms of the trade, which stand anywhere without being titles."""
        return self.numbers | self.another | self.calendar | self.television

    @cached_property
    def hint_before(self) -> frozenset[str]:
        """Words that go before a title."""
        return (
            self.work
            | self.verb_before
            | self.of
            | self.season
            | self.other
            | {"s", "and", "et", "und", "y", "e", "en"}
        )

    @cached_property
    def hint_after(self) -> frozenset[str]:
        """Words that go after a title."""
        return self.season | self.number | self.people | self.verb_after | self.work | self.auxiliary | {"s"}

    @cached_property
    def not_of_a_name(self) -> frozenset[str]:
        """Words with a capital beside a name that do not lengthen it."""
        return self.beside | self.calendar | self.work | self.season


@cache
def words_around() -> WordsAround:
    """Read the word lists, once."""
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return WordsAround(**{name: frozenset(lists[name]) for name in WordsAround.__dataclass_fields__})


def is_number(word: str) -> bool:
    """Say whether `word` counts seasons: `3`, `third`, `final`, `another`."""
    around = words_around()
    return word in around.numbers or word in around.another


def is_season_code(word: str) -> bool:
    """Say whether `word` is a bare number or `s04`, as they follow titles."""
    return word.isdigit() or _EPISODE_CODE.fullmatch(word) is not None


def season_beside(passage: Passage, first: int, last: int, *, has_own_sign: bool = False) -> float:
    """Say how closely a season stands by the words `first` to `last`: 1 beside, 0.5 or less near, 0 not.

    `has_own_sign`: the name ends with a sign, as *What If...?* does, which ends no sentence.
    """
    around = words_around()
    after = passage.rest_of_sentence(last, 10)
    if has_own_sign and not after:
        after = [*passage.words[last + 1 : last + 2], *passage.rest_of_sentence(last + 1, 9)]
    if after[:1] == ["s"]:
        del after[0]
    if after and _is_season(after):
        return 1.0
    before = [word for word in passage.before_in_clause(first, 6) if word not in _ARTICLES]
    if len(before) > 1 and before[0] in around.of and _is_season_before(before):
        return 1.0
    if after and after[0] in around.for_season and not around.season.isdisjoint(after[1:5]):
        return 0.8
    if after and after[0].isdigit() and len(after[0]) <= 2 and _ends_phrase(passage, last + 2):
        return 0.5
    return 0.4 if _counts_season(after) else 0.0


def _is_season(after: list[str]) -> bool:
    """Say whether the words after a name number a season: `season 3`, `s04`, `third season`."""
    around = words_around()
    if _EPISODE_CODE.fullmatch(after[0]):
        return True
    if after[0] in around.season:
        return len(after) > 1 and is_number(after[1])
    return is_number(after[0]) and not around.season.isdisjoint(after[1:4])


def _is_season_before(before: list[str]) -> bool:
    """Say whether the words before a name, the last first, number a season: `of 3 season`."""
    season = words_around().season
    return before[1] in season or (len(before) > 2 and is_number(before[1]) and before[2] in season)


def owns_season(passage: Passage, first: int) -> bool:
    """Say whether a numbered season of the name stands before it: `season 3 of X`, `druhou řadu X`.

    Without a word between, an English season is one on that day: `its third season Wednesday`.
    """
    before = [word for word in passage.before_in_clause(first, 6) if word not in _ARTICLES]
    if len(before) > 2 and before[0] in _OF:
        del before[0]
    elif before and before[0] in _ENGLISH_SEASONS:
        return False
    season = words_around().season
    return len(before) > 1 and (
        (before[0] in season and is_number(before[1])) or (is_number(before[0]) and before[1] in season)
    )


def _counts_season(words: list[str]) -> bool:
    """Say whether a season and its number stand together among `words`."""
    around = words_around()
    for place, word in enumerate(words):
        if word in around.season:
            beside = words[max(0, place - 1) : place + 2]
            if not around.numbers.isdisjoint(beside):
                return True
    return False


def _ends_phrase(passage: Passage, word: int) -> bool:
    gap = passage.before(word).strip()
    return bool(gap) or word >= len(passage.words) or not passage.is_capital(word) or passage.is_title_case


def role(passage: Passage, first: int, last: int) -> Role:
    """Say what part the words `first` to `last` play, by their nearest words."""
    around, words = words_around(), passage.words
    after = words[last + 1 : last + 3]
    following = after[1] if after[:1] == ["s"] and len(after) > 1 else after[0] if after else ""
    if following in around.parent_after:
        return Role.PARENT
    if following in around.credit_after or _in_brackets(passage, first, last):
        return Role.CREDIT
    before = words[max(0, first - 4) : first][::-1]
    for word in before:
        if word in around.credit_before:
            return Role.CREDIT
        if word in around.parent_before:
            return Role.PARENT
    return Role.COMPARISON if before and before[0] in around.comparison_before else Role.PLAIN


def _in_brackets(passage: Passage, first: int, last: int) -> bool:
    """Say whether brackets hold the words, alone or in a list: `Jo Doe (X, Y)`."""
    before, after = passage.before(first), passage.before(last + 1)
    if not ("(" in before or "," in before) or not (")" in after or "," in after):
        return False
    for word in range(first, max(-1, first - _MAX_IN_BRACKETS), -1):
        gap = passage.before(word)
        if "(" in gap or ")" in gap:
            return "(" in gap
    return False
