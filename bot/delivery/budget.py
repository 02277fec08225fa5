"""How many of our requests Discord found invalid lately: too many, and it shuts us out."""

import asyncio
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

from bot import metrics

MOST = 2_500
"""A quarter of the 10,000 in ten minutes after which Discord's edge bans our address for an hour.

Source: discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans.
"""
WITHIN_S = 600.0
_INVALID = {401, 403, 429}


class InvalidRequests:
    """Counts them in a moving window, and says how long to be silent."""

    def __init__(self, most: int = MOST, *, time: Callable[[], float] | None = None) -> None:
        self._most = most
        self._time = time or asyncio.get_running_loop().time
        self._at: deque[float] = deque(maxlen=most)

    def note(self, status: int, scope: str | None = None) -> None:
        """Count an answer, if it is one of those; a 429 that others caused (scope `shared`) is none."""
        if status in _INVALID and scope != "shared":
            self._at.append(self._time())

    def wait_s(self) -> float:
        """Say how long to send nothing; 0 while there are few."""
        if len(self._at) < self._most:
            return 0.0
        return max(self._at[0] + WITHIN_S - self._time(), 0.0)


def watched(invalid: InvalidRequests) -> aiohttp.TraceConfig:
    """Give what lets a Discord client's every answer be counted, retries within the library too."""

    async def note(_: object, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
        metrics.discord_answers.labels(str(ended.response.status)).inc()
        invalid.note(ended.response.status, ended.response.headers.get("X-RateLimit-Scope"))

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(note)
    return trace
