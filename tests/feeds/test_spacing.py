"""Room between requests to one host."""

import asyncio

import pytest

from bot.feeds.spacing import HostSpacing


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


async def test_second_request_to_a_host_waits_for_the_gap() -> None:
    time = Time()
    spacing = HostSpacing(2.0, time.clock, time.sleep)
    async with spacing.turn("https://tv.example/a"):
        pass
    time.now += 0.5
    async with spacing.turn("https://tv.example/b"):
        pass
    assert time.slept == [1.5]


async def test_other_hosts_need_not_wait() -> None:
    time = Time()
    spacing = HostSpacing(2.0, time.clock, time.sleep)
    async with spacing.turn("https://tv.example/"), spacing.turn("https://other.example/"):
        pass
    assert time.slept == []


async def test_one_request_at_a_time_reaches_a_host() -> None:
    time = Time()
    spacing = HostSpacing(1.0, time.clock, time.sleep)
    order: list[str] = []

    async def request(name: str) -> None:
        async with spacing.turn("https://tv.example/"):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(request("a"), request("b"))
    assert order == ["a begins", "a ends", "b begins", "b ends"]


async def test_failed_request_keeps_its_distance_and_frees_the_host() -> None:
    time = Time()
    spacing = HostSpacing(3.0, time.clock, time.sleep)
    with pytest.raises(ValueError, match="broken"):
        async with spacing.turn("https://tv.example/"):
            raise ValueError("broken")
    async with spacing.turn("https://tv.example/"):
        pass
    assert time.slept == [3.0]
