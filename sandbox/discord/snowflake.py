"""Discord's ids: 64-bit numbers that carry their time and only grow."""

from collections.abc import Callable

DISCORD_EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Gives out ids that grow, within a millisecond too and when the clock steps back.

    `now` answers seconds since 1970.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0

    def new(self) -> int:
        """Give an id greater than every one before."""
        self._last = max((int(self._now() * 1000) - DISCORD_EPOCH_MS) << 22, self._last + 1)
        return self._last
