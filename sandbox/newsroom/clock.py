"""The newsroom's clock: which articles are out, and when the next one follows."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal

from sandbox.newsroom.history import Article, History, Outlet

_WINDOW = 12
"""How many entries a feed holds, as the trade's do."""

Pace = Literal["paused", "waiting", "playing", "done"]


class Newsroom:
    """Tells a history: a day of it lasts `speed_s`, its articles spread over that time.

    It plays only once every feed was read, since a reader may be silent about what its first
    reading finds; till then it is `waiting`. `on_change` is called after whatever people may see.
    """

    def __init__(
        self, history: History, speed_s: float, on_change: Callable[[], None] = lambda: None
    ) -> None:
        self.history = history
        self.speed_s = speed_s
        self.on_change = on_change
        self.readings: Counter[str] = Counter()
        """How often each outlet's feed was asked for, by slug."""
        self._out = 0
        self._plays = False
        self._moved = asyncio.Event()

    @property
    def told(self) -> tuple[Article, ...]:
        """What is out, the archive included, oldest first."""
        return self.history.archive + self.history.articles[: self._out]

    @property
    def now(self) -> datetime:
        """The time in the history: that of the last article; at first, midnight before the first."""
        if self._out:
            return self.history.articles[self._out - 1].at
        return self.history.articles[0].at.replace(hour=0, minute=0)

    @property
    def today(self) -> date:
        """The day in the history."""
        return self.now.date()

    @property
    def left(self) -> int:
        """How many articles are still to come."""
        return len(self.history.articles) - self._out

    @property
    def pace(self) -> Pace:
        """Say what the clock is doing."""
        if not self.left:
            return "done"
        if not self._plays:
            return "paused"
        unread = any(not self.readings[outlet.slug] for outlet in self.history.outlets)
        return "waiting" if unread else "playing"

    def window(self, outlet: Outlet) -> tuple[Article, ...]:
        """Give what the outlet's feed holds, newest first."""
        own = [article for article in self.told if article.outlet is outlet]
        return tuple(reversed(own[-_WINDOW:]))

    def find(self, number: int) -> Article | None:
        """Find an article that is out."""
        return next((article for article in self.told if article.id == number), None)

    def play(self) -> None:
        """Let the days pass."""
        self._plays = True
        self._change()

    def pause(self) -> None:
        """Hold the clock."""
        self._plays = False
        self._change()

    def set_speed(self, speed_s: float) -> None:
        """Let a day last `speed_s` from now on."""
        self.speed_s = speed_s
        self._change()

    def count_reading(self, outlet: Outlet) -> None:
        """Remember that the outlet's feed was asked for."""
        self.readings[outlet.slug] += 1
        if self.readings[outlet.slug] == 1:
            self._change()

    def next_day(self) -> None:
        """Tell what is left of a day that has begun, else the next day that has news."""
        if not self.left:
            return
        day = self.history.articles[self._out].at.date()
        self.run_until(day)

    def run_until(self, day: date) -> None:
        """Tell everything up to the end of `day`."""
        self._out = sum(1 for article in self.history.articles if article.at.date() <= day)
        self._change()

    def run_to_end(self) -> None:
        """Tell everything."""
        self.run_until(date.max)

    async def run(self) -> None:
        """Let the days pass while it plays; ends with the history."""
        while self.left:
            self._moved.clear()
            if self.pace != "playing":
                await self._moved.wait()
            elif not await self._moved_within(self._pause_s()):
                self._out += 1
                self._change()

    async def _moved_within(self, pause_s: float) -> bool:
        try:
            async with asyncio.timeout(pause_s):
                return await self._moved.wait()
        except TimeoutError:
            return False

    def _pause_s(self) -> float:
        day = self.history.articles[self._out].at.date()
        return self.speed_s / sum(1 for article in self.history.articles if article.at.date() == day)

    def _change(self) -> None:
        self._moved.set()
        self.on_change()
