"""The nouns: partial dates and the labels people read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import PartialDate, Show, ShowId, YearPart


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025-10-16", date(2025, 10, 16), date(2025, 10, 16)),
        ("2025-fall", date(2025, 9, 1), date(2025, 11, 30)),
        ("2024-winter", date(2024, 1, 1), date(2024, 2, 29)),
    ],
)
def test_partial_date_spans_what_it_may_mean(text: str, earliest: date, latest: date) -> None:
    when = PartialDate.parse(text)
    assert str(when) == text
    assert (when.earliest, when.latest) == (earliest, latest)


@pytest.mark.parametrize("text", ["", "25", "2025-13", "2025-02-30", "2025-autumn", "2025-10-16 0", "0000"])
def test_what_is_no_partial_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


def test_partial_date_refuses_impossible_parts() -> None:
    with pytest.raises(ValueError, match="not both"):
        PartialDate(2025, month=3, part=YearPart.SPRING)
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(2025, day=3)


def test_wider_date_holds_the_one_within_and_not_the_other_way() -> None:
    fall, day = PartialDate.parse("2025-fall"), PartialDate.parse("2025-10-16")
    assert fall.holds(day)
    assert not day.holds(fall)
    assert not PartialDate.parse("2026").holds(day)


@given(st.dates())
def test_a_day_is_written_and_read_back(day: date) -> None:
    when = PartialDate.of_day(day)
    assert PartialDate.parse(str(when)) == when
    assert when.earliest == when.latest == day


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_month_ends_the_day_before_the_next(year: int, month: int) -> None:
    following = PartialDate(year, month).latest + timedelta(days=1)
    assert following.day == 1


def test_label_tells_a_show_from_its_namesakes() -> None:
    show = Show(ShowId(1), "The Diplomat", 2023, network="Netflix", country="US")
    assert show.label == "The Diplomat (2023 · Netflix · US)"
    assert Show(ShowId(2), "Unheard").label == "Unheard"
