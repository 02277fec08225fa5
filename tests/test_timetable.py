"""The timetable: once at a time, failures contained, and a stop that waits."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.timetable import Timetable


@pytest.fixture
async def timetable() -> AsyncIterator[Timetable]:
    made = Timetable()
    made.start()
    yield made
    await made.stop(grace_s=0.1)


async def test_work_runs_now_and_again(timetable: Timetable) -> None:
    runs: asyncio.Queue[None] = asyncio.Queue()
    timetable.every("tick", 0.01, lambda: runs.put(None))
    async with asyncio.timeout(5):
        await runs.get()
        await runs.get()


async def test_work_of_one_name_never_runs_twice_at_once(timetable: Timetable) -> None:
    begun: asyncio.Queue[None] = asyncio.Queue()
    release = asyncio.Event()
    done: asyncio.Queue[None] = asyncio.Queue()

    async def work() -> None:
        await begun.put(None)
        await release.wait()
        await done.put(None)

    timetable.soon("feed 1", work)
    await begun.get()
    timetable.soon("feed 1", work)
    timetable.soon("feed 2", work)
    await begun.get()
    release.set()
    await done.get()
    await done.get()
    assert begun.empty()


async def test_work_that_outlasts_its_interval_is_no_warning(
    timetable: Timetable, caplog: pytest.LogCaptureFixture
) -> None:
    ticks: asyncio.Queue[None] = asyncio.Queue()
    release = asyncio.Event()
    timetable.every("slow", 0.01, release.wait)
    timetable.every("tick", 0.01, lambda: ticks.put(None))
    async with asyncio.timeout(5):
        for _ in range(5):
            await ticks.get()
    release.set()
    assert caplog.text == ""


async def test_failing_work_is_logged_and_runs_again(
    timetable: Timetable, caplog: pytest.LogCaptureFixture
) -> None:
    runs: asyncio.Queue[None] = asyncio.Queue()

    async def work() -> None:
        await runs.put(None)
        raise RuntimeError("broken")

    timetable.every("tick", 0.01, work)
    async with asyncio.timeout(5):
        await runs.get()
        await runs.get()
    assert "job failed" in caplog.text


async def test_stop_waits_for_running_work() -> None:
    timetable = Timetable()
    timetable.start()
    begun, finished = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        finished.set()

    timetable.soon("slow", work)
    await begun.wait()
    await timetable.stop()
    assert finished.is_set()


async def test_stop_cancels_what_outlasts_its_grace(caplog: pytest.LogCaptureFixture) -> None:
    timetable = Timetable()
    timetable.start()
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    timetable.soon("endless", work)
    await begun.wait()
    await timetable.stop(grace_s=0.01)
    await asyncio.sleep(0)
    assert cancelled.is_set()
    assert caplog.text == ""


async def test_stop_does_not_wait_for_work_that_may_be_cut() -> None:
    timetable = Timetable()
    timetable.start()
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    timetable.every("copy the catalogue", 3600, work, cut_on_stop=True)
    await begun.wait()
    async with asyncio.timeout(5):
        await timetable.stop(grace_s=60)
    assert cancelled.is_set()


async def test_stop_before_start_does_nothing() -> None:
    timetable = Timetable()
    await timetable.stop()
    assert not timetable._running
