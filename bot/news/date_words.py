"""The words for dates of every language, as the reader of dates asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.news.lexicon import Lexicon, Meanings, load_lexicon
from bot.news.tokens import Phrases

UNITS = ("year", "month", "week", "weekend")
DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
"""The words for near days, and how many days ahead each is."""
_TABLES = ("holidays", "months", "parts", "weekdays")
_LISTS = ("of", "doubtful", "capital", "small", "not_holiday", "between", "every", "premiere", "dated")


@dataclass(frozen=True, slots=True)
class DateWords:
    """What the reader looks up."""

    core: Phrases[dict[tuple[str, str], set[str]]]
    """What a word may be (its sort and key), each with its languages."""
    turns: Phrases[Meanings]
    """The words "next", "this", "last" and such."""
    prepositions: Mapping[str, frozenset[str]]
    """Words such as "in", each with its languages."""
    lists: Mapping[str, frozenset[str]]
    bare_years: frozenset[str]
    """The languages that tell a year with no word before it: "startet 2026"."""
    triggers: frozenset[str]
    """The words with which a date may begin."""


@cache
def date_words() -> DateWords:
    """Gather the words once."""
    lexicon = load_lexicon()
    core: dict[str, dict[tuple[str, str], set[str]]] = {}
    for code, language in lexicon.languages.items():
        rows = [(table, key, words) for table in _TABLES for key, words in language[f"dates.{table}"].items()]
        rows += [("units", name, language["dates"][name]) for name in UNITS]
        rows += [("days", name, language["dates"][name]) for name in DAYS]
        for sort, key, words in rows:
            for word in words:
                core.setdefault(word, {}).setdefault((sort, key), set()).add(code)
    lists = {name: lexicon.list("dates", name) for name in _LISTS}
    month_first, short = _month_habits(lexicon)
    phrases, turns = Phrases(core.items()), lexicon.phrases("dates", ["last", "coming", "next", "this"])
    return DateWords(
        phrases,
        turns,
        lexicon.spoken("dates", ["in"]),
        {**lists, "month_first": month_first, "doubtful": lists["doubtful"] | short},
        frozenset(code for code, one in lexicon.languages.items() if "year-alone" in one["dates"]["order"]),
        phrases.firsts | turns.firsts,
    )


def _month_habits(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Give the months that may stand before their day, and those that are short for another word."""
    month_first: set[str] = set()
    short: set[str] = set()
    for language in lexicon.languages.values():
        for words in language["dates.months"].values():
            if "month-day" in language["dates"]["order"]:
                month_first.update(words)
            short.update(word for word in words if any(one != word and one.startswith(word) for one in words))
    return frozenset(month_first), frozenset(short)
