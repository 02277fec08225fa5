"""How long the event loop stands still while a feed of the largest size is parsed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bench.rss import long_document
from bot.feeds.fetch import MAX_BODY_BYTES, Fetched
from bot.feeds.parse import Parsed, parse
from bot.jobs.parsing import Parser

_TICK_S = 0.002
_READ_AT = datetime(2026, 5, 1, tzinfo=UTC)
_URL = "https://outlet.example/feed"


@dataclass(slots=True)
class Stall:
    """The longest time for which a task that was due did not run."""

    longest_s: float = field(default=0.0)


@dataclass(frozen=True, slots=True)
class StallFigures:
    """A large feed parsed by the worker process, and in the event loop for comparison; seconds."""

    document_bytes: int
    entries: int
    worker_s: float
    worker_stall_s: float
    inside_s: float
    inside_stall_s: float


@asynccontextmanager
async def watched_loop() -> AsyncIterator[Stall]:
    """Watch the event loop until the block ends; the stall grows meanwhile."""
    stall = Stall()
    watch = asyncio.create_task(_watch(stall))
    await asyncio.sleep(0)
    try:
        yield stall
        await asyncio.sleep(2 * _TICK_S)  # a stall right before the end is seen now
    finally:
        watch.cancel()


async def measure_stalls(size: int = MAX_BODY_BYTES) -> StallFigures:
    """Parse one feed of `size` bytes both ways; the worker process has been started before."""
    document = Fetched(_URL, long_document(size, _READ_AT), "application/rss+xml")
    parser = Parser()
    try:
        await parser.parse(Fetched(_URL, long_document(1, _READ_AT)), source="The Outlet", read_at=_READ_AT)
        worker_s, worker_stall_s, parsed = await _timed(
            lambda: parser.parse(document, source="The Outlet", read_at=_READ_AT)
        )
    finally:
        parser.close()
    inside_s, inside_stall_s, _ = await _timed(lambda: _parse_inside(document))
    return StallFigures(
        len(document.body), len(parsed.articles), worker_s, worker_stall_s, inside_s, inside_stall_s
    )


async def _watch(stall: Stall) -> None:
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await asyncio.sleep(_TICK_S)
        stall.longest_s = max(stall.longest_s, loop.time() - began - _TICK_S)


async def _timed(work: Callable[[], Awaitable[Parsed]]) -> tuple[float, float, Parsed]:
    """Give how long the work took, how long the loop stood still, and what came of it."""
    loop = asyncio.get_running_loop()
    async with watched_loop() as stall:
        began = loop.time()
        parsed = await work()
        taken_s = loop.time() - began
    return taken_s, stall.longest_s, parsed


async def _parse_inside(document: Fetched) -> Parsed:
    return parse(
        document.body,
        content_type=document.content_type,
        url=document.url,
        source="The Outlet",
        read_at=_READ_AT,
    )
