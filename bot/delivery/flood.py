"""When a channel has had enough: what waits is told in one summary instead of a burst of messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Listed

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a channel gets, as the settings say."""

    hourly_cap: int = 12
    """Messages an hour; a summary comes on top."""
    max_age: timedelta = timedelta(hours=72)
    """What waited longer, through an outage or a closed channel, is no burst of old news."""


def is_enough(created_at: datetime, attempts: int, sent: int, limits: Limits, now: datetime) -> bool:
    """Say whether an announcement may have to join a summary; `sent` counts its channel's last hour.

    Never one that was tried before: it may be in the channel already, as itself.
    """
    return attempts <= 1 and (sent >= limits.hourly_cap or _is_stale(created_at, limits, now))


def summed_up(waiting: Sequence[Listed], sent: int, limits: Limits, now: datetime) -> tuple[Listed, ...]:
    """Say which of a channel's waiting announcements, the oldest first, are told in a summary.

    All once the hour's cap is reached; else those that became stale, unless it is a single one.
    """
    if sent >= limits.hourly_cap:
        return tuple(waiting)
    stale = tuple(one for one in waiting if _is_stale(one.created_at, limits, now))
    return stale if len(stale) > 1 else ()


def _is_stale(created_at: datetime, limits: Limits, now: datetime) -> bool:
    return now - created_at > limits.max_age
