"""How often we may call TVmaze."""

from collections import deque
from collections.abc import Awaitable, Callable

MAX_CALLS = 20
WINDOW_S = 10.0
SPARE = 5


class CallLimit:
    """Lets 20 calls through in any 10 seconds, the last five of them only for people who wait.

    Source: https://www.tvmaze.com/api#rate-limiting
    """

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._calls: deque[float] = deque(maxlen=MAX_CALLS)
        self._closed_until = 0.0

    async def turn(self, *, patient: bool = False) -> None:
        """Wait until we may call; a `patient` call leaves some room to others."""
        allowed = MAX_CALLS - SPARE if patient else MAX_CALLS
        while (wait_s := self._wait_s(allowed)) > 0:
            await self._sleep(wait_s)
        self._calls.append(self._clock())

    def close_for(self, length_s: float) -> None:
        """Let nobody through for so long: TVmaze said that we called too often."""
        self._closed_until = max(self._closed_until, self._clock() + length_s)

    def _wait_s(self, allowed: int) -> float:
        now = self._clock()
        while self._calls and self._calls[0] <= now - WINDOW_S:
            self._calls.popleft()
        wait_s = self._closed_until - now
        if len(self._calls) >= allowed:
            wait_s = max(wait_s, self._calls[-allowed] + WINDOW_S - now)
        return wait_s
