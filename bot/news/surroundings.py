"""The words that stand around a name: read from `surroundings.toml`, all languages together."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.news.mentions import Role
from bot.news.text import Passage

_FILE = Path(__file__).with_name("surroundings.toml")
_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|a|e|eme|de)?")
_EPISODE_CODE = re.compile(r"s\d{1,2}(?:e\d{1,3})?")


@dataclass(frozen=True, slots=True)
class WordsAround:
    """What `surroundings.toml` says."""

    season: frozenset[str]
    number: frozenset[str]
    of: frozenset[str]
    work: frozenset[str]
    other: frozenset[str]
    people: frozenset[str]
    verb_before: frozenset[str]
    verb_after: frozenset[str]
    television: frozenset[str]
    comparison_before: frozenset[str]
    credit_before: frozenset[str]
    credit_after: frozenset[str]
    parent_before: frozenset[str]
    parent_after: frozenset[str]
    months_and_days: frozenset[str]


@cache
def words_around() -> WordsAround:
    """Read the word lists, once."""
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return WordsAround(**{name: frozenset(lists[name]) for name in WordsAround.__dataclass_fields__})


def is_number(word: str) -> bool:
    """Say whether `word` counts seasons: `3`, `third`, `final`."""
    return word in words_around().number or _NUMBER.fullmatch(word) is not None


def season_beside(passage: Passage, first: int, last: int) -> float:
    """Say how closely a season stands by the words `first` to `last`: 1 beside, 0.5 near or a bare number, 0."""
    around, words = words_around(), passage.words
    after = _skip(words, last + 1)
    if after < len(words):
        word, following = words[after], words[after + 1 : after + 4]
        if _EPISODE_CODE.fullmatch(word):
            return 1.0
        if word in around.season and following and is_number(following[0]):
            return 1.0
        if is_number(word) and not around.season.isdisjoint(following[:3]):
            return 1.0
    before = [
        word for word in words[max(0, first - 6) : first] if word not in ("the", "le", "la", "los", "las")
    ]
    if len(before) >= 2 and before[-1] in around.of and not around.season.isdisjoint(before[-5:-1]):
        return 1.0
    if (
        after < len(words)
        and words[after].isdigit()
        and len(words[after]) <= 2
        and _ends_phrase(passage, after + 1)
    ):
        return 0.5
    near = words[last + 1 : last + 9]
    return 0.4 if not around.season.isdisjoint(near) and any(map(is_number, near)) else 0.0


def _skip(words: list[str], place: int) -> int:
    return place + 1 if place < len(words) and words[place] == "s" else place


def _ends_phrase(passage: Passage, word: int) -> bool:
    gap = passage.between(word).strip()
    return bool(gap) or word >= len(passage.words) or not passage.is_capital(word) or passage.is_title_case


def role(passage: Passage, first: int, last: int) -> Role:
    """Say what part the words `first` to `last` play, by their nearest words."""
    around, words = words_around(), passage.words
    before = words[max(0, first - 4) : first]
    after = words[_skip(words, last + 1) :][:2] if last + 4 > len(words) else words[last + 1 : last + 3]
    if after and after[0] == "s":
        after = after[1:]
    if after and after[0] in around.parent_after:
        return Role.PARENT
    if (after and after[0] in around.credit_after) or _in_brackets(passage, first, last):
        return Role.CREDIT
    for place in range(len(before) - 1, -1, -1):
        if before[place] in around.credit_before:
            return Role.CREDIT
        if before[place] in around.parent_before:
            return Role.PARENT
    if before and before[-1] in around.comparison_before:
        return Role.COMPARISON
    return Role.PLAIN


def _in_brackets(passage: Passage, first: int, last: int) -> bool:
    return "(" in passage.between(first) and ")" in passage.between(last + 1)
