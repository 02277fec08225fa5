"""The timetable: which work runs when, as APScheduler jobs, and an orderly stop.

Jobs live in memory; what must survive a restart is a column (`feeds.next_poll_at`, `announcements.due_at`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock
from bot.log import fields

Work = Callable[[], Awaitable[object]]

log = logging.getLogger(__name__)


class Timetable:
    """Runs named work, never the same twice at once. A failure is logged and stops nothing else."""

    def __init__(self) -> None:
        # Two instances: one works, the next sees that and ends; with one APScheduler would warn each time.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 2, "misfire_grace_time": None}
        )
        self._running: dict[str, asyncio.Task[None]] = {}
        self._cut: set[str] = set()
        self._stopping = False

    def every(self, name: str, interval_s: float, work: Work, *, cut_on_stop: bool = False) -> None:
        """Run `work` now and then each `interval_s`; a run that lasts longer delays the next.

        `cut_on_stop`: it loses nothing by being cancelled, so `stop` does not wait for it.
        """
        if cut_on_stop:
            self._cut.add(name)
        self._scheduler.add_job(
            self._run, "interval", args=(name, work), id=name, seconds=interval_s, next_run_time=clock.now()
        )

    def soon(self, name: str, work: Work) -> None:
        """Run `work` once, now, unless work of that name is under way."""
        if name not in self._running:
            self._scheduler.add_job(self._run, args=(name, work), id=name, replace_existing=True)

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._scheduler.start()

    async def stop(self, grace_s: float = 10.0) -> None:
        """Start nothing more, let what runs finish within `grace_s`, then cancel it."""
        if self._scheduler.running:
            self._scheduler.pause()
            self._stopping = True  # what we cancel from here on is no fault to be logged
            for name in self._cut & self._running.keys():
                self._running[name].cancel()
            if self._running:
                _, late = await asyncio.wait(self._running.values(), timeout=grace_s)
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)
            self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, work: Work) -> None:
        if name in self._running:
            return
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in a task
        self._running[name] = task
        try:
            await work()
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        except Exception:
            log.exception("job failed", extra=fields(job=name))
        finally:
            del self._running[name]
