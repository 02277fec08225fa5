from datetime import timedelta

from bot.delivery.flood import Limits, is_enough, summed_up
from bot.model import AnnouncementId, Listed
from tests.delivery.test_embed import AT, DIPLOMAT, RENEWED

NOW = AT + timedelta(days=30)
LIMITS = Limits(hourly_cap=2, max_age=timedelta(hours=72))


def waited(number: int, hours: int) -> Listed:
    return Listed(AnnouncementId(number), RENEWED, DIPLOMAT, NOW - timedelta(hours=hours))


def test_fresh_announcement_below_the_cap_is_told_as_itself() -> None:
    assert not is_enough(NOW - timedelta(hours=72), 1, 1, LIMITS, NOW)


def test_cap_that_is_reached_or_long_waiting_is_enough() -> None:
    assert is_enough(NOW, 1, 2, LIMITS, NOW)
    assert is_enough(NOW - timedelta(hours=73), 1, 0, LIMITS, NOW)


def test_what_was_tried_already_goes_on_as_itself() -> None:
    assert not is_enough(NOW - timedelta(hours=73), 2, 9, LIMITS, NOW)


def test_cap_that_is_reached_sums_up_all_that_waits() -> None:
    waiting = (waited(1, 0), waited(2, 0))
    assert summed_up(waiting, 2, LIMITS, NOW) == waiting


def test_stale_ones_are_summed_up_without_the_fresh_and_not_alone() -> None:
    waiting = (waited(1, 99), waited(2, 80), waited(3, 1))
    assert summed_up(waiting, 0, LIMITS, NOW) == waiting[:2]
    assert summed_up(waiting[1:], 0, LIMITS, NOW) == ()
