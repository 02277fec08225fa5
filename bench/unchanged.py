"""A thousand feeds that stay as they are: our polls beside those of the `reader` library."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import reader

from bench.beside import Beside, world_beside
from bench.filled import new_database
from bot import clock
from bot.catalogue.names import Names
from bot.config import FeedSettings
from bot.feeds.fetch import fetch, open_session
from bot.feeds.parse import Parsed
from bot.jobs.parsing import Parser
from bot.jobs.poll import Polling
from bot.jobs.poller import MAX_AT_ONCE, Poller
from bot.news.confidence import ANNOUNCE_AT
from bot.news.understand import understand
from bot.storage.feeds import list_feeds, sync_feeds
from bot.stories.audience import Rules

_INTERVAL_S = 600
_LONG = timedelta(days=2)
"""After so long every feed is due again."""


@dataclass(frozen=True, slots=True)
class Round:
    """All feeds asked once, each answering 304; seconds."""

    taken_s: float
    cpu_s: float
    """Of this process; the feeds are served by another."""


@dataclass(frozen=True, slots=True)
class UnchangedFigures:
    """The same feeds asked by both, so many at once."""

    feeds: int
    at_once: int
    ours: Round
    readers: Round


async def measure_unchanged(feeds: int = 1_000) -> UnchangedFigures:
    """Read every feed once, which brings its ETag; then measure the next round of each."""
    with world_beside() as beside:
        ours = await _measure_ours(beside, feeds)
        readers = _measure_reader(beside, feeds)
    return UnchangedFigures(feeds, MAX_AT_ONCE, ours, readers)


async def _measure_ours(beside: Beside, count: int) -> Round:
    """Poll as the bot does, but for the courtesy between two requests to one host."""
    names, parser, now = Names(()), Parser(), clock.now()
    async with new_database() as database, open_session(["127.0.0.0/8"]) as session:
        named = [FeedSettings(name=f"Outlet {number}", url=beside.feed(number)) for number in range(count)]
        async with database.transaction() as tx:
            await sync_feeds(tx, named, now)
        polling = Polling(
            fetch=partial(fetch, session),
            parse=parser.parse,
            understand=lambda article: understand(article, names),
            rules=Rules(ANNOUNCE_AT),
            interval_s=_INTERVAL_S,
            host_gap_s=0,
        )
        try:
            await Poller(database, polling).poll_due()
        finally:
            parser.close()
        again = Poller(database, replace(polling, now=lambda: clock.now() + _LONG, parse=_unexpected))
        found = await _timed(again.poll_due)
        async with database.reading() as tx:
            _check([feed.last_error for feed in await list_feeds(tx)], count)
    return found


async def _unexpected(*_: object, **__: object) -> Parsed:
    raise RuntimeError("a feed changed")


def _measure_reader(beside: Beside, count: int) -> Round:
    with TemporaryDirectory() as folder, reader.make_reader(str(Path(folder) / "reader.db")) as theirs:
        for number in range(count):
            theirs.add_feed(beside.feed(number))
        theirs.update_feeds(scheduled=False, workers=MAX_AT_ONCE)
        began, cpu_began = time.perf_counter(), time.process_time()
        theirs.update_feeds(scheduled=False, workers=MAX_AT_ONCE)
        found = Round(time.perf_counter() - began, time.process_time() - cpu_began)
        _check([feed.last_exception for feed in theirs.get_feeds()], count)
    return found


async def _timed(work: Callable[[], Awaitable[object]]) -> Round:
    began, cpu_began = time.perf_counter(), time.process_time()
    await work()
    return Round(time.perf_counter() - began, time.process_time() - cpu_began)


def _check(errors: list[object], count: int) -> None:
    failed = [error for error in errors if error is not None]
    if failed or len(errors) != count:
        raise RuntimeError(f"{len(failed)} feeds failed, and the figures mean nothing: {failed[:1]}")
