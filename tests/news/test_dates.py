"""The dates that a text tells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import PartialDate
from bot.news.dates import DateMention, find_dates
from bot.news.tokens import Tokens

MAY = date(2026, 5, 13)  # a Wednesday
MONTHS = [date(2026, month, 1).strftime("%B") for month in range(1, 13)]


def mentions(text: str, published: date | None = MAY) -> tuple[DateMention, ...]:
    return find_dates(Tokens.of(text), published)


def dates(text: str, published: date | None = MAY) -> list[str]:
    return [str(mention.date) for mention in mentions(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 28, 2026", "2026-05-28"),
        ("Oct. 31st, 2026", "2026-10-31"),
        ("the 16th of May 2026", "2026-05-16"),
        ("28. Mai 2026", "2026-05-28"),
        ("1er mars 2026", "2026-03-01"),
        ("28 de mayo de 2026", "2026-05-28"),
        ("28 maggio 2026", "2026-05-28"),
        ("1º de março de 2026", "2026-03-01"),
        ("28 mei 2026", "2026-05-28"),
        ("31. lokakuuta 2026", "2026-10-31"),
        ("27. února 2026", "2026-02-27"),
        ("11 Eylül 2026", "2026-09-11"),
        ("2026-05-28", "2026-05-28"),
        ("28.05.2026", "2026-05-28"),
        ("28/05/2026", "2026-05-28"),
        ("5/28/2026", "2026-05-28"),
        ("5/28/26", "2026-05-28"),
        ("October 2026", "2026-10"),
        ("marzo de 2026", "2026-03"),
        ("fall 2026", "2026-fall"),
        ("2026 fall", "2026-fall"),
        ("autumn of 2026", "2026-fall"),
        ("Herbst 2026", "2026-fall"),
        ("late 2026", "2026"),
        ("mid-2026", "2026"),
        ("Q1 2026", "2026"),
        ("second half of 2026", "2026"),
        ("Thanksgiving 2026", "2026-11-26"),
        ("Easter 2026", "2026-04-05"),
    ],
)
def test_a_whole_date_needs_no_article_date(text: str, expected: str) -> None:
    assert dates(text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Oct. 31", "2026-10-31"),
        ("on January 5", "2027-01-05"),
        ("Sunday, October 4", "2026-10-04"),
        ("Wednesday 11 November at 10pm", "2026-11-11"),
        ("am Freitag, den 4.9. um acht", "2026-09-04"),
        ("ab 4.9. im Ersten", "2026-09-04"),
        ("dès le 28/08", "2026-08-28"),
        ("május 28-án debütál", "2026-05-28"),
        ("el próximo 2 de septiembre", "2026-09-02"),
        ("le 5 octobre prochain", "2026-10-05"),
        ("in May", "2026-05"),
        ("en mars", "2027-03"),
        ("in November", "2026-11"),
        ("a June premiere", "2026-06"),
        ("last November", "2025-11"),
        ("this fall", "2026-fall"),
        ("next summer", "2027-summer"),
        ("l'été prochain", "2026-summer"),
        ("in autunno", "2026-fall"),
        ("dit najaar", "2026-fall"),
        ("later this year", "2026"),
        ("by the end of the year", "2026"),
        ("early next year", "2027"),
        ("el año que viene", "2027"),
        ("l'anno prossimo", "2027"),
        ("im nächsten Jahr", "2027"),
        ("next month", "2026-06"),
        ("this weekend", "2026-05"),
        ("next week", "2026-05"),
        ("tonight", "2026-05-13"),
        ("tomorrow", "2026-05-14"),
        ("this Friday", "2026-05-15"),
        ("am kommenden Freitag", "2026-05-15"),
        ("on Christmas Day", "2026-12-25"),
        ("this Christmas", "2026-12"),
        ("gets a Christmas premiere", "2026-12"),
        ("on Halloween", "2026-10-31"),
        ("in 2027", "2027"),
        ("this spring", "2026-spring"),
        ("Season 7 June 10", "2026-06-10"),
        ("neue Staffel 28. Mai", "2026-05-28"),
        ("sets a winter launch", "2027-winter"),
        ("gets a January broadcast", "2027-01"),
        ("the May date", "2026-05"),
        ("the May premiere date", "2026-05"),
        ("im Laufe des Herbsts", "2026-fall"),
    ],
)
def test_what_the_year_leaves_out_is_read_from_the_article(text: str, expected: str) -> None:
    assert dates(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "it may air",
        "May I",
        "they march on",
        "Veronica Mars",
        "a fall from grace",
        "for the 2026-27 season",
        "the 2026/2027 season",
        "a Christmas special",
        "a Christmas-themed tale",
        "Christmas",
        "Easter",
        "every Friday",
        "June Osborne",
        "renovada para a segunda e última temporada em que volta a saga",
        "9/8c",
        "24/7",
        "on 9/11c",
        "1984-12",
        "in 1923",
        "$2026",
        "3.5 stars",
        "year after year",
        "May 5%",
        "5 x 28",
        "31 February 2026",
        "31 February",
        "0000-01-01",
        "1/1/1066",
        "12:30 and 12-30",
        "Sat down",
        "12/",
        "May 20:15",
        "April 31st, 2026",
        "12345/1",
        "28.... May",
    ],
)
def test_what_is_no_date_is_left_out(text: str) -> None:
    assert all(one.is_bare or (one.date.month in {2, 4} and one.has_year) for one in mentions(text))


@pytest.mark.parametrize(
    "text",
    ["in May", "this fall", "tonight", "on Friday", "next year", "May 28", "on Christmas Day", "next week"],
)
def test_without_an_article_date_nothing_is_invented(text: str) -> None:
    assert dates(text, None) == []


def test_parts_that_share_a_year_both_have_it() -> None:
    assert dates("Spring and Summer 2027 Dates") == ["2027-spring", "2027-summer"]


def test_a_word_of_another_language_is_no_date() -> None:
    assert dates("Wir setzen uns an den Tisch, und set ist die Serie mit der besten Besetzung in Mar") == []


def test_the_span_holds_what_makes_the_date() -> None:
    text = "It returns this coming Friday, May 15, 2026."
    (mention,) = mentions(text)
    assert text[mention.start : mention.end] == "this coming Friday, May 15, 2026"
    assert mention.has_year


def test_a_lone_year_to_come_is_a_date_where_the_language_has_it_so() -> None:
    (german,) = mentions("Die Serie geht 2027 mit der letzten Staffel weiter")
    (past,) = mentions("Die Serie ging 2021 mit der letzten Staffel weiter")
    (english,) = mentions("The series goes on for the fans 2027 and is not over")
    assert [german.is_bare, past.is_bare, english.is_bare] == [False, True, True]


def test_a_weekday_tells_the_year_of_a_vague_article() -> None:
    year = PartialDate(2015)
    (told,) = find_dates(Tokens.of("on Wednesday, January 27"), year)
    assert str(told.date) == "2016-01-27"


def test_a_lone_year_or_weekday_is_weak() -> None:
    assert mentions("the 2026 comedy")[0].is_bare
    assert mentions("Friday: more")[0].is_bare
    assert not mentions("in 2026")[0].is_bare


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for mention in mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_written_date_is_found_back(day: date) -> None:
    told = PartialDate.of_day(day)
    for written in (
        f"on {MONTHS[day.month - 1]} {day.day}, {day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}",
    ):
        assert [mention.date for mention in mentions(written)] == [told]


@given(st.integers(0, 200))
def test_a_day_to_come_is_found_back_without_its_year(ahead: int) -> None:
    day = MAY + timedelta(days=ahead)
    assert dates(f"on {MONTHS[day.month - 1]} {day.day}") == [day.isoformat()]
