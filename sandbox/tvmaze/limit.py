"""TVmaze's limit: 20 calls in 10 seconds from one address.

Source: https://www.tvmaze.com/api#rate-limiting
"""

from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic

MAX_CALLS = 20
WINDOW_S = 10.0


class Limit:
    """Counts the calls of each address over a window that slides."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)

    def wait_s(self, address: str) -> float:
        """Count a call of `address` and give 0, or say how long it must wait and count nothing."""
        calls, now = self._calls[address], self._clock()
        while calls and calls[0] <= now - WINDOW_S:
            calls.popleft()
        if len(calls) >= MAX_CALLS:
            return calls[0] + WINDOW_S - now
        calls.append(now)
        return 0.0
