"""Numbers in digits and words."""

import pytest

from bot.news.numbers import Number, find_numbers, read_roman
from bot.news.tokens import Tokens


def numbers(text: str) -> list[tuple[int, bool]]:
    return [(number.value, number.is_ordinal) for number in find_numbers(Tokens.of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", [(4, False)]),
        ("4th", [(4, True), (4, False)]),
        ("fourth", [(4, True)]),
        ("twenty-first", [(21, True), (20, False), (1, True)]),
        ("dreißigste", [(30, True)]),
        ("0 100 2026 12345", []),
        ("4 th", [(4, False)]),
        ("nothing", []),
    ],
)
def test_digits_marks_and_words_are_numbers(text: str, expected: list[tuple[int, bool]]) -> None:
    assert numbers(text)[: len(expected)] == expected


def test_a_word_is_a_number_in_its_languages_only() -> None:
    (due,) = find_numbers(Tokens.of("due"))
    assert due.speaks(frozenset({"it"}))
    assert not due.speaks(frozenset({"en"}))
    assert Number(4, 0, 1, False, None).speaks(frozenset())


def test_roman_numerals_are_capitals() -> None:
    tokens = Tokens.of("IV iv")
    assert read_roman(tokens, 0) == Number(4, 0, 1, False, None)
    assert read_roman(tokens, 1) is None
    assert read_roman(tokens, 2) is None
