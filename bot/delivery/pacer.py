"""The pace of sending: Discord lets a bot make 50 requests a second, and we stay below."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.delivery.budget import InvalidRequests

Sleep = Callable[[float], Awaitable[object]]


class Pacer:
    """Gives out turns, evenly spaced, first come, first served. One for all that announces.

    Evenly, because Discord counts in windows of its own: a burst may straddle one.
    """

    def __init__(
        self,
        per_second: float,
        invalid: InvalidRequests | None = None,
        *,
        time: Callable[[], float] | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._gap_s = 1 / per_second
        self._invalid = invalid
        self._time = time or asyncio.get_running_loop().time
        self._sleep = sleep
        self._next = 0.0
        self._silent_until = 0.0

    async def turn(self) -> None:
        """Wait for the next free turn; there is none while Discord found too many of our requests invalid."""
        while True:
            now = self._time()
            if self._invalid is not None:
                self.pause(self._invalid.wait_s())
            at = max(now, self._next, self._silent_until)
            self._next = at + self._gap_s
            if at > now:
                await self._sleep(at - now)
            if self._time() >= self._silent_until:
                return

    def pause(self, for_s: float) -> None:
        """Give out no turn for `for_s`, not even to who waits already."""
        self._silent_until = max(self._silent_until, self._time() + for_s)
