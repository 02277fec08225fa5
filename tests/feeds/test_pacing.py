"""When to poll again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.pacing import DAY_S, next_poll

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
wishes = st.none() | st.floats(allow_nan=False)


def wait_s(**told: float | int | None) -> float:
    return (next_poll(NOW, **{"interval_s": 600, "jitter": 0.0, **told}) - NOW).total_seconds()  # type: ignore[arg-type]


def test_feed_that_answers_is_polled_after_the_interval() -> None:
    assert wait_s() == 600
    assert wait_s(interval_s=1) == 1


def test_jitter_spreads_polls_by_a_tenth() -> None:
    assert wait_s(jitter=0.5) == 630


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    assert [wait_s(failures=count) for count in (1, 2, 3)] == [1200, 2400, 4800]
    assert DAY_S * 0.9 < wait_s(failures=8) == wait_s(failures=500) <= DAY_S
    assert wait_s(failures=8, jitter=0.99) <= DAY_S


@pytest.mark.parametrize("header", ["retry_after_s", "max_age_s", "ttl_s"])
def test_server_makes_it_later_but_never_sooner(header: str) -> None:
    assert wait_s(**{header: 3000.0}) == 3000
    assert wait_s(**{header: 5.0}) == 600


@pytest.mark.parametrize("header", ["retry_after_s", "max_age_s", "ttl_s"])
def test_lying_header_silences_a_feed_for_a_day_at_most(header: str) -> None:
    assert wait_s(**{header: 1e12}) == DAY_S


def test_missing_page_waits_an_hour_and_a_page_that_is_gone_a_day() -> None:
    assert 0.9 * 3600 <= wait_s(failures=1, status=404, interval_s=1) <= 3600
    assert 0.9 * DAY_S <= wait_s(failures=1, status=410) <= DAY_S
    assert wait_s(failures=1, status=503) == 1200


def test_interval_longer_than_a_day_is_kept() -> None:
    assert wait_s(interval_s=2 * DAY_S, retry_after_s=1.0) == 2 * DAY_S


@given(
    interval_s=st.integers(1, 10**6),
    jitter=st.floats(0, 1, exclude_max=True),
    failures=st.integers(0, 10**6),
    status=st.sampled_from([None, 304, 404, 410, 500]),
    retry_after_s=wishes,
    max_age_s=wishes,
    ttl_s=wishes,
)
def test_wait_is_never_shorter_than_the_interval_nor_longer_than_a_day(
    interval_s: int,
    jitter: float,
    failures: int,
    status: int | None,
    retry_after_s: float | None,
    max_age_s: float | None,
    ttl_s: float | None,
) -> None:
    at = next_poll(
        NOW,
        interval_s=interval_s,
        jitter=jitter,
        failures=failures,
        status=status,
        retry_after_s=retry_after_s,
        max_age_s=max_age_s,
        ttl_s=ttl_s,
    )
    assert timedelta(seconds=interval_s) <= at - NOW <= timedelta(seconds=max(interval_s, DAY_S))


@given(st.integers(1, 10**5), st.integers(0, 30), st.floats(0, 1, exclude_max=True))
def test_one_more_failure_never_makes_it_sooner(interval_s: int, failures: int, jitter: float) -> None:
    assert wait_s(interval_s=interval_s, failures=failures, jitter=jitter) <= wait_s(
        interval_s=interval_s, failures=failures + 1, jitter=jitter
    )
