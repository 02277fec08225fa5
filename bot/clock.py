"""The only reader of the wall clock and of chance."""

import random
from datetime import UTC, datetime


def now() -> datetime:
    """Say what time it is, in aware UTC."""
    return datetime.now(UTC)


def jitter() -> float:
    """Draw a number in [0, 1), to spread what would otherwise happen at once."""
    return random.random()  # noqa: S311 - spreads polls, guards nothing
