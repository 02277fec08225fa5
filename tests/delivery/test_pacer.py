import pytest

from bot.delivery.budget import WITHIN_S, InvalidRequests
from bot.delivery.pacer import Pacer


class Dial:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def time(self) -> float:
        return self.at

    async def sleep(self, for_s: float) -> None:
        self.at += for_s


async def test_turns_are_evenly_spaced_at_the_rate() -> None:
    dial = Dial()
    pacer = Pacer(50, time=dial.time, sleep=dial.sleep)
    taken = []
    for _ in range(51):
        await pacer.turn()
        taken.append(dial.at)
    assert taken == pytest.approx([100 + turn / 50 for turn in range(51)])


async def test_rest_is_not_saved_up_for_a_burst() -> None:
    dial = Dial()
    pacer = Pacer(10, time=dial.time, sleep=dial.sleep)
    await pacer.turn()
    dial.at += 60
    await pacer.turn()
    await pacer.turn()
    assert dial.at == pytest.approx(160.1)


async def test_pause_holds_even_who_waits_already() -> None:
    dial = Dial()

    async def sleep(for_s: float) -> None:
        if dial.at < 101:
            pacer.pause(30)
        await dial.sleep(for_s)

    pacer = Pacer(10, time=dial.time, sleep=sleep)
    await pacer.turn()
    await pacer.turn()
    assert dial.at >= 130
    assert Pacer(45) is not None  # by the loop's own clock


async def test_there_is_no_turn_while_too_many_requests_were_invalid() -> None:
    dial = Dial()
    invalid = InvalidRequests(2, time=dial.time)
    pacer = Pacer(10, invalid, time=dial.time, sleep=dial.sleep)
    await pacer.turn()
    assert dial.at == 100
    invalid.note(403)
    invalid.note(403)
    await pacer.turn()
    assert dial.at == 100 + WITHIN_S
