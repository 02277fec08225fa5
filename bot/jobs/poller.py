"""Polls every due feed: several at once, none twice at once, and no failure touches another."""

import asyncio
import logging

from bot import metrics
from bot.errors import FeedError, FetchError, StorageError
from bot.feeds.spacing import HostSpacing
from bot.jobs.poll import Polled, Polling, poll
from bot.log import fields
from bot.model import Feed, FeedId
from bot.storage.database import Database
from bot.storage.feeds import due_feeds, record_failure

MAX_AT_ONCE = 10
_FAULT = "a fault of ours; the log tells more"

log = logging.getLogger(__name__)


class Poller:
    """Keeps the feeds polled: at each tick, `poll` those that are `due`."""

    def __init__(self, database: Database, polling: Polling) -> None:
        self._database = database
        self._polling = polling
        self._spacing = HostSpacing(min(polling.host_gap_s, polling.interval_s / 20))
        self._room = asyncio.Semaphore(MAX_AT_ONCE)
        self._under_way: set[FeedId] = set()

    async def due(self) -> tuple[Feed, ...]:
        """Give the feeds that are due and not being polled."""
        async with self._database.reading() as tx:
            due = await due_feeds(tx, self._polling.now())
        return tuple(feed for feed in due if feed.id not in self._under_way)

    async def poll_due(self) -> int:
        """Poll every feed that is due; say how many, once they are done."""
        due = await self.due()
        await asyncio.gather(*(self.poll(feed) for feed in due))
        return len(due)

    async def poll(self, feed: Feed) -> None:
        """Poll one feed when its host and we have room; nothing where that is under way already."""
        if feed.id in self._under_way:
            return
        self._under_way.add(feed.id)
        try:
            async with self._spacing.turn(feed.url), self._room:
                await self._poll(feed)
        except StorageError as error:
            log.warning("feed not stored", extra=fields(feed=feed.id, why=error))
        finally:
            self._under_way.discard(feed.id)

    async def _poll(self, feed: Feed) -> None:
        """Poll one feed, and say in one line of the log what came of it."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            polled = await poll(self._database, feed, self._polling)
        except FeedError as error:
            polled = await self._record_failure(feed, error)
        except StorageError:
            raise
        except Exception:
            log.exception("feed failed", extra=fields(feed=feed.id))
            polled = await self._record_failure(feed, FeedError(feed.url, _FAULT))
        if polled.told.announcements or polled.told.edits:
            self._polling.wake()
        _log(feed, polled, round((loop.time() - began) * 1000))
        _count(polled, loop.time() - began)

    async def _record_failure(self, feed: Feed, error: FeedError) -> Polled:
        """Put the feed off, the longer the more often it failed."""
        status = error.status if isinstance(error, FetchError) else None
        wish = error.retry_after_s if isinstance(error, FetchError) else None
        later = self._polling.next_poll(feed.failures + 1, status=status, retry_after_s=wish)
        async with self._database.transaction() as tx:
            await record_failure(tx, feed.id, self._polling.now(), later, str(error))
        return Polled(status, error=str(error))


def _count(polled: Polled, took_s: float) -> None:
    outcome = "failed" if polled.error is not None else "unchanged" if polled.status == 304 else "read"
    metrics.polls.labels(outcome).inc()
    metrics.poll_seconds.observe(took_s)
    for name in ("new", "changed", "dropped"):
        metrics.articles.labels(name).inc(getattr(polled, name))
    metrics.stories.inc(polled.told.stories)


def _log(feed: Feed, polled: Polled, ms: int) -> None:
    counts = {
        "new": polled.new,
        "changed": polled.changed,
        "dropped": polled.dropped,
        "stories": polled.told.stories,
        "announcements": polled.told.announcements,
    }
    told = {"feed": feed.id, "name": feed.name, "status": polled.status}
    if polled.error is None:
        log.info("feed polled", extra=fields(**told, **counts, ms=ms))
    else:
        log.warning("feed polled", extra=fields(**told, error=polled.error, ms=ms))
