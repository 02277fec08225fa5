"""How often we call TVmaze."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.limit import MAX_CALLS, SPARE, WINDOW_S, CallLimit


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def moments(count: int, *, patient: bool = False) -> list[float]:
    time = Time()
    limit = CallLimit(time.clock, time.sleep)
    made = []
    for _ in range(count):
        await limit.turn(patient=patient)
        made.append(time.now - 1000)
    return made


async def test_twenty_calls_go_at_once_and_the_next_after_ten_seconds() -> None:
    made = await moments(41)
    assert made == [0.0] * 20 + [10.0] * 20 + [20.0]


async def test_patient_call_leaves_room_for_people() -> None:
    made = await moments(MAX_CALLS, patient=True)
    assert made == [0.0] * (MAX_CALLS - SPARE) + [10.0] * SPARE


async def test_person_goes_before_a_patient_call_that_waits() -> None:
    time = Time()
    limit = CallLimit(time.clock, time.sleep)
    for _ in range(MAX_CALLS - SPARE):
        await limit.turn(patient=True)
    await limit.turn()
    assert time.now == 1000


async def test_closing_holds_everybody_back() -> None:
    time = Time()
    limit = CallLimit(time.clock, time.sleep)
    limit.close_for(30)
    limit.close_for(5)
    await limit.turn()
    assert time.now == 1030


@given(st.lists(st.tuples(st.floats(0, 5), st.booleans()), max_size=80))
def test_no_ten_seconds_ever_hold_more_than_twenty_calls(calls: list[tuple[float, bool]]) -> None:
    async def made() -> list[float]:
        time = Time()
        limit = CallLimit(time.clock, time.sleep)
        at = []
        for pause, patient in calls:
            time.now += pause
            await limit.turn(patient=patient)
            at.append(time.now)
        return at

    at = asyncio.run(made())
    for first, later in zip(at, at[MAX_CALLS:], strict=False):
        assert later - first >= WINDOW_S - 1e-6
