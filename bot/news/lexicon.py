"""The words for numbers, seasons and dates in every language, read from `words/*.toml`.

A native speaker extends a language in its file; the head of `en.toml` tells how.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.errors import WordsError
from bot.model import YearPart
from bot.news.tokens import Phrases, Tokens, fold

WORDS = Path(__file__).parent / "words"

LISTS: Mapping[str, tuple[str, ...]] = {
    "language": ("common",),
    "numbers": ("marks",),
    "seasons": (
        *(
            "singular",
            "plural",
            "loose",
            "part",
            "volume",
            "final",
            "new",
            "current",
            "previous",
            "and",
            "to",
        ),
        *("filler", "ordinary_before", "ordinary_after", "finale", "aside", "over", "after"),
        *("final_after", "through", "article", "follows", "own"),
        *("becomes", "personal", "denied"),
    ),
    "dates": (
        *("today", "tomorrow", "yesterday", "year", "month", "week", "weekend", "this", "next", "coming"),
        *("last", "of", "in", "doubtful", "premiere", "premiered", "other", "was", "moved"),
        *("not_holiday", "between", "capital", "small", "every", "order", "from", "shifted", "work", "acts"),
        *("dated", "until", "waits", "after", "ahead", "begins", "planned"),
    ),
}
"""The lists that each section of a language file has."""

HOLIDAYS = (
    *("new_year", "valentine", "easter", "halloween", "thanksgiving"),
    *("christmas", "christmas_eve", "christmas_day", "boxing_day", "new_years_eve"),
)
TABLES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("numbers", "cardinals"): tuple(str(number) for number in range(1, 100)),
    ("numbers", "ordinals"): tuple(str(number) for number in range(1, 100)),
    ("dates", "months"): tuple(str(month) for month in range(1, 13)),
    ("dates", "weekdays"): tuple(str(day) for day in range(1, 8)),
    ("dates", "parts"): tuple(YearPart),
    ("dates", "holidays"): HOLIDAYS,
}
"""The tables of a language file, each with the keys that it may have."""

Language = Mapping[str, Mapping[str, tuple[str, ...]]]
"""One language: lists under their section, tables under `section.table`."""


def parse_language(text: str, name: str) -> Language:
    """Read the language file `name`; WordsError names the file, the place and the fix."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WordsError(f"{name}: not a TOML file: {error}") from error
    read: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for section, lists in LISTS.items():
        found = _table(document, section, name, section)
        tables = tuple(table for owner, table in TABLES if owner == section)
        _refuse_unknown(found, (*lists, *tables), name, section)
        read[section] = {one: _words(found.get(one, []), name, f"{section}.{one}") for one in lists}
        for table in tables:
            place = f"{section}.{table}"
            rows = _table(found, table, name, place)
            _refuse_unknown(rows, TABLES[section, table], name, place)
            read[place] = {key: _words(words, name, f"{place}.{key}") for key, words in rows.items()}
    _refuse_unknown(document, tuple(LISTS), name, "the file")
    return read


def _table(owner: Mapping[str, object], key: str, name: str, place: str) -> Mapping[str, object]:
    found = owner.get(key)
    if not isinstance(found, dict):
        raise WordsError(f"{name}: [{place}] is missing; add it as in en.toml")
    return found


def _refuse_unknown(found: Iterable[str], known: tuple[str, ...], name: str, place: str) -> None:
    unknown = sorted(set(found) - set(known))
    if unknown:
        raise WordsError(f"{name}: {place} knows no {unknown[0]!r}; it has {', '.join(known[:40])}")


def _words(found: object, name: str, place: str) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise WordsError(f'{name}: {place} must be a list of words, such as ["one", "two"]')
    folded = [fold(word) for word in found]
    for word in folded:
        if not Tokens.of(word).words:
            raise WordsError(f"{name}: {place} has an empty word; remove it")
        if folded.count(word) > 1:
            raise WordsError(f"{name}: {place} has {word!r} twice (accents do not matter); keep one")
    return tuple(folded)


Meanings = tuple[tuple[str, frozenset[str]], ...]
"""What a phrase may mean, each with the languages in which it does."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages as one: for each phrase what it means, and in which languages."""

    languages: Mapping[str, Language]

    def list(self, section: str, name: str) -> frozenset[str]:
        """Give the words of one list in every language."""
        return frozenset(word for language in self.languages.values() for word in language[section][name])

    def spoken(self, section: str, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Say of each word of these lists in which languages it is one."""
        spoken: dict[str, set[str]] = {}
        for code, language in self.languages.items():
            for name in names:
                for word in language[section][name]:
                    spoken.setdefault(word, set()).add(code)
        return {word: frozenset(codes) for word, codes in spoken.items()}

    def phrases(self, section: str, names: Iterable[str]) -> Phrases[Meanings]:
        """Give the phrases of these lists, each with the lists that have it, in this order."""
        meanings: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for name in names:
            for word, spoken in self.spoken(section, [name]).items():
                meanings.setdefault(word, []).append((name, spoken))
        return Phrases((word, tuple(found)) for word, found in meanings.items())

    def table(self, place: str) -> Phrases[Mapping[str, str]]:
        """Give the phrases of a table, each with its key in every language that has it."""
        meanings: dict[str, dict[str, str]] = {}
        for code, language in self.languages.items():
            for key, words in language[place].items():
                for word in words:
                    meanings.setdefault(word, {})[code] = key
        return Phrases(meanings.items())


@cache
def load_lexicon() -> Lexicon:
    """Read every language file that comes with the bot, once."""
    files = sorted(WORDS.glob("*.toml"))
    return Lexicon({file.stem: parse_language(file.read_text("utf-8"), file.name) for file in files})
