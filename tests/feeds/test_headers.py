"""Headers that wish for a later poll."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.headers import max_age_s, retry_after_s

NOON = "Sun, 22 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300.0),
        ("Sun, 22 Nov 2026 12:05:00 -0000", 300.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Sun, 99 Nov 2026 12:05:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(told: str, seconds: float | None) -> None:
    assert retry_after_s({"Retry-After": told, "Date": NOON}) == seconds


def test_retry_after_as_a_date_needs_the_date_of_the_answer() -> None:
    assert retry_after_s({"Retry-After": NOON}) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=300"}, 300.0),
        ({"Cache-Control": "public, MAX-AGE = 300, s-maxage=9"}, 300.0),
        ({"Cache-Control": 'max-age="300"'}, 300.0),
        ({"Cache-Control": "max-age=300", "Age": "100"}, 200.0),
        ({"Cache-Control": "max-age=300", "Age": "400"}, 0.0),
        ({"Cache-Control": "max-age=300", "Age": "old"}, 300.0),
        ({"Cache-Control": "s-maxage=300"}, None),
        ({"Cache-Control": "no-cache, max-age=300"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({}, None),
    ],
)
def test_freshness_is_what_cache_control_leaves_after_age(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert max_age_s(headers) == seconds


@given(st.text(), st.text(), st.text(), st.text())
def test_any_header_can_be_read(told: str, date: str, cache: str, age: str) -> None:
    headers = {"Retry-After": told, "Date": date, "Cache-Control": cache, "Age": age}
    for wish in (retry_after_s(headers), max_age_s(headers)):
        assert wish is None or wish >= 0
