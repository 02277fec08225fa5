"""Each language file is whole, and none of its words contradicts another."""

from collections import Counter
from itertools import combinations

import pytest

from bot.news.lexicon import WORDS, Language, load_lexicon
from bot.news.tokens import Tokens

LANGUAGES = load_lexicon().languages
WHOLE = ("de", "en", "es", "fr", "it", "nl", "pt")
NEEDED = {
    "language": ("common",),
    "numbers": ("marks",),
    "seasons": ("singular", "plural", "part", "final", "new", "and", "aside", "over", "after", "article"),
    "dates": (
        "today",
        "tomorrow",
        "year",
        "month",
        "week",
        "this",
        "in",
        "order",
        "premiere",
        "other",
        "acts",
    ),
}


@pytest.mark.parametrize("code", WHOLE)
def test_a_main_language_has_every_list(code: str) -> None:
    empty = [
        f"{section}.{name}"
        for section, names in NEEDED.items()
        for name in names
        if not LANGUAGES[code][section][name]
    ]
    assert empty == []


@pytest.mark.parametrize("code", WHOLE)
def test_a_main_language_counts_to_thirty(code: str) -> None:
    language = LANGUAGES[code]
    ordinals = {int(number) for number in language["numbers.ordinals"]}
    assert ordinals >= {*range(1, 21), 30}
    assert {int(number) for number in language["numbers.cardinals"]} >= set(range(1, 11))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_has_the_year(code: str) -> None:
    language = LANGUAGES[code]
    assert set(language["dates.months"]) == {str(month) for month in range(1, 13)}
    assert set(language["dates.weekdays"]) == {str(day) for day in range(1, 8)}
    assert set(language["dates.parts"]) == {"spring", "summer", "fall", "winter"}


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "table", ["numbers.cardinals", "numbers.ordinals", "dates.months", "dates.weekdays", "dates.parts"]
)
def test_no_word_of_a_table_means_two_things(code: str, table: str) -> None:
    words = Counter(word for row in LANGUAGES[code][table].values() for word in row)
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("seasons", ("singular", "loose", "part", "volume")),
        ("seasons", ("final", "new", "current", "previous")),
        ("dates", ("this", "next", "coming", "last")),
        ("dates", ("premiere", "premiered", "other", "acts", "work")),
        ("dates", ("today", "tomorrow", "yesterday", "year", "month", "week", "weekend")),
    ],
)
def test_no_word_is_in_two_lists_that_exclude_each_other(
    code: str, section: str, names: tuple[str, ...]
) -> None:
    lists: Language = {section: LANGUAGES[code][section]}
    both = [
        (one, other, word)
        for one, other in combinations(names, 2)
        for word in set(lists[section][one]) & set(lists[section][other])
    ]
    assert both == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_days_are_written_in_a_known_order(code: str) -> None:
    assert set(LANGUAGES[code]["dates"]["order"]) <= {"day-month", "month-day", "year-alone"}
    assert LANGUAGES[code]["dates"]["order"]


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_words_looked_up_one_by_one_have_one_word(code: str) -> None:
    names = (
        "singular",
        "plural",
        "loose",
        "part",
        "volume",
        "final",
        "new",
        "current",
        "previous",
        "article",
    )
    several = [
        word for name in names for word in LANGUAGES[code]["seasons"][name] if len(Tokens.of(word)) != 1
    ]
    assert several == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_file_says_how_to_add_words(code: str) -> None:
    head = (WORDS / f"{code}.toml").read_text("utf-8").splitlines()[:4]
    assert head[0].startswith("# ")
    assert any("How to" in line for line in head)
