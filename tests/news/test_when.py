"""What a date told without its year means."""

from datetime import UTC, date, datetime

import pytest

from bot.model import PartialDate, YearPart
from bot.news.when import Now, Turn, easter, holiday

MAY = Now(date(2026, 5, 13), date(2026, 5, 13))  # a Wednesday


def told(published: str) -> Now:
    now = Now.of(PartialDate.parse(published))
    assert now is not None
    return now


def test_the_articles_date_may_have_any_precision() -> None:
    assert Now.of(None) is None
    assert Now.of(datetime(2026, 5, 13, 12, tzinfo=UTC)) == Now.of(date(2026, 5, 13)) == MAY
    assert MAY.day == date(2026, 5, 13)
    assert told("2026-05").day is None
    assert str(told("2026-05").month) == "2026-05"
    assert str(told("2026").month) == "2026"


@pytest.mark.parametrize(
    ("published", "month", "day", "weekday", "expected"),
    [
        ("2026-12-03", 1, 5, None, "2027-01-05"),
        ("2026-09-10", 10, 31, None, "2026-10-31"),
        ("2026-05-13", 4, 20, None, "2026-04-20"),
        ("2026-05-13", 2, 29, None, "2028-02-29"),
        ("2026", 12, 18, None, "2026-12-18"),
        ("2026", 1, 18, None, "2026-01-18"),
        ("2015-10", 11, 11, 3, "2015-11-11"),
        ("2016-08", 1, 15, 7, "2017-01-15"),
    ],
)
def test_a_day_without_its_year_is_the_likeliest_one(
    published: str, month: int, day: int, weekday: int | None, expected: str
) -> None:
    assert str(told(published).of_day(month, day, weekday)) == expected


def test_a_day_that_never_is_has_no_year() -> None:
    assert MAY.of_day(2, 31, None) is None


@pytest.mark.parametrize(
    ("published", "month", "turn", "expected"),
    [
        ("2026-05-13", 11, None, "2026-11"),
        ("2026-05-13", 5, Turn.THIS, "2026-05"),
        ("2026-12-20", 1, None, "2027-01"),
        ("2026-02", 12, None, "2026-12"),
        ("2026-05-13", 4, Turn.LAST, "2026-04"),
        ("2026-05-13", 11, Turn.LAST, "2025-11"),
    ],
)
def test_a_month_without_its_year_is_to_come(
    published: str, month: int, turn: Turn | None, expected: str
) -> None:
    assert str(told(published).of_month(month, turn)) == expected


@pytest.mark.parametrize(
    ("published", "part", "turn", "expected"),
    [
        ("2026-05-13", YearPart.FALL, Turn.THIS, "2026-fall"),
        ("2026-05-13", YearPart.SUMMER, Turn.NEXT, "2027-summer"),
        ("2026-01-13", YearPart.SUMMER, Turn.COMING, "2026-summer"),
        ("2026-07-13", YearPart.SUMMER, Turn.COMING, "2027-summer"),
        ("2026-12-13", YearPart.WINTER, Turn.THIS, "2027-winter"),
        ("2026-01-13", YearPart.WINTER, Turn.THIS, "2026-winter"),
        ("2026-11-13", YearPart.SPRING, None, "2027-spring"),
        ("2026-05-13", YearPart.FALL, Turn.LAST, "2025-fall"),
        ("2026", YearPart.SPRING, Turn.LAST, "2026-spring"),
    ],
)
def test_a_part_of_the_year_is_that_of_the_trade(
    published: str, part: YearPart, turn: Turn | None, expected: str
) -> None:
    assert str(told(published).of_part(part, turn)) == expected


@pytest.mark.parametrize(
    ("turn", "year", "month", "week", "weekend"),
    [
        (Turn.THIS, "2026", "2026-05", "2026-05", "2026-05"),
        (Turn.NEXT, "2027", "2026-06", "2026-05", "2026-05"),
        (Turn.LAST, "2025", "2026-04", "2026-05", "2026-05"),
    ],
)
def test_this_next_and_last_count_from_the_article(
    turn: Turn, year: str, month: str, week: str, weekend: str
) -> None:
    assert str(MAY.of_year(turn)) == year
    assert str(MAY.of_this_month(turn)) == month
    assert str(MAY.of_week(turn, is_end=False)) == week
    assert str(MAY.of_week(turn, is_end=True)) == weekend


def test_a_week_in_two_months_is_told_by_its_year() -> None:
    assert str(told("2023-02-23").of_week(Turn.NEXT, is_end=False)) == "2023"
    assert str(told("2023-02").of_week(Turn.NEXT, is_end=False)) == "2023-02"


def test_a_vague_article_has_no_next_month() -> None:
    assert str(told("2023").of_this_month(Turn.NEXT)) == "2023"


@pytest.mark.parametrize(
    ("weekday", "turn", "expected"),
    [
        (5, None, "2026-05-15"),
        (5, Turn.THIS, "2026-05-15"),
        (5, Turn.NEXT, "2026-05-22"),
        (1, Turn.NEXT, "2026-05-18"),
        (5, Turn.LAST, "2026-05-08"),
        (3, None, "2026-05-13"),
        (3, Turn.COMING, "2026-05-20"),
    ],
)
def test_a_weekday_is_the_next_one_unless_told_otherwise(
    weekday: int, turn: Turn | None, expected: str
) -> None:
    assert str(MAY.of_weekday(weekday, turn)) == expected


def test_today_and_weekdays_are_no_more_precise_than_the_article() -> None:
    assert str(MAY.of_today(1)) == "2026-05-14"
    assert str(told("2026-05").of_today(0)) == "2026-05"
    assert str(told("2026-05").of_weekday(5, None)) == "2026-05"


def test_the_ends_of_the_calendar_hold() -> None:
    first, last = Now(date.min, date.min), Now(date.max, date.max)
    assert first.of_today(-1).year == 1
    assert last.of_week(Turn.NEXT, is_end=False).year == 9999
    assert last.of_year(Turn.NEXT).year == 9999
    assert last.of_part(YearPart.SPRING, Turn.NEXT).year == 9999
    assert first.of_month(1, Turn.LAST).year == 1


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2000, "2000-04-23"), (2019, "2019-04-21"), (2024, "2024-03-31"), (2026, "2026-04-05")],
)
def test_easter_is_computed(year: int, expected: str) -> None:
    assert str(easter(year)) == expected
    assert str(holiday("easter", year)) == expected


def test_holidays_have_their_day_and_christmas_its_month() -> None:
    assert str(holiday("thanksgiving", 2026)) == "2026-11-26"
    assert str(holiday("christmas", 2026)) == "2026-12"
    assert str(holiday("christmas_day", 2026)) == "2026-12-25"
