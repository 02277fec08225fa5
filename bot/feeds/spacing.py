"""Room between two requests to one host."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.feeds.links import host_of


class HostSpacing:
    """Lets one request at a time through to each host, and none sooner than `gap_s` after the last.

    It remembers each host for good: hosts are those of the feeds that are polled.
    """

    def __init__(
        self,
        gap_s: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap_s = gap_s
        self._clock = clock
        self._sleep = sleep
        self._locks: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for our turn with the host of `url`, and hold it until the block ends."""
        host = host_of(url)
        async with self._locks.setdefault(host, asyncio.Lock()):
            wait_s = self._free_at.get(host, 0.0) - self._clock()
            if wait_s > 0:
                await self._sleep(wait_s)
            try:
                yield
            finally:
                self._free_at[host] = self._clock() + self._gap_s
