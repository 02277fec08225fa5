"""One poll of one feed: fetch, parse, sift, understand; then all that follows in one transaction."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot import clock, metrics
from bot.feeds.fetch import Fetched, NotModified
from bot.feeds.pacing import next_poll
from bot.feeds.parse import Parsed
from bot.jobs.sift import Sifted, sift
from bot.jobs.tell import FAULT, Arrival, Former, Told, tell
from bot.log import fields
from bot.model import Article, Feed
from bot.news.reading import Reading
from bot.storage.articles import add_articles, list_seen, record_changed, record_seen
from bot.storage.changes import list_told_by
from bot.storage.database import Database, Transaction
from bot.storage.feeds import record_read, record_unchanged
from bot.stories.audience import Rules

log = logging.getLogger(__name__)


class Fetch(Protocol):
    """Gets a document: `feeds.fetch.fetch` with its session."""

    def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Awaitable[Fetched | NotModified]: ...


class Parse(Protocol):
    """Parses a document away from the event loop: `Parser.parse`."""

    def __call__(self, document: Fetched, *, source: str, read_at: datetime) -> Awaitable[Parsed]: ...


Understand = Callable[[Article], Reading]
"""Reads an article with the names that are known now."""


def _nobody() -> None:
    """Wake nobody."""


@dataclass(frozen=True, slots=True)
class Polling:
    """What polling needs besides the database."""

    fetch: Fetch
    parse: Parse
    understand: Understand
    rules: Rules
    interval_s: float
    host_gap_s: float = 1.0
    """Between two requests to one host, at most; a short interval shortens it."""
    now: Callable[[], datetime] = clock.now
    jitter: Callable[[], float] = clock.jitter
    wake: Callable[[], None] = _nobody
    """Called when the outbox got something to do."""

    def next_poll(self, failures: int = 0, **wishes: float | None) -> datetime:
        """Say when to poll again; `wishes` are the server's, as `feeds.pacing.next_poll` takes them."""
        told = {name: wish for name, wish in wishes.items() if wish is not None}
        status = told.pop("status", None)
        return next_poll(
            self.now(),
            interval_s=self.interval_s,
            jitter=self.jitter(),
            failures=failures,
            status=None if status is None else int(status),
            **told,
        )


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll came to."""

    status: int | None
    new: int = 0
    changed: int = 0
    dropped: int = 0
    told: Told = field(default_factory=Told)
    error: str | None = None


async def poll(database: Database, feed: Feed, polling: Polling) -> Polled:
    """Poll `feed` once and store what it brought, wholly or not at all; FeedError where it fails."""
    answer = await polling.fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
    if isinstance(answer, NotModified):
        later = polling.next_poll(max_age_s=answer.max_age_s, retry_after_s=answer.retry_after_s)
        async with database.transaction() as tx:
            await record_unchanged(tx, feed.id, polling.now(), later)
        return Polled(304)
    parsed = await polling.parse(answer, source=feed.name, read_at=polling.now())
    async with database.reading() as tx:
        sifted = sift(parsed.articles, await list_seen(tx, feed.id, parsed.articles))
    if sifted.is_overrun and feed.first_polled_at is not None:
        log.warning("feed window overrun", extra=fields(feed=feed.id, entries=len(parsed.articles)))
    readings = await understand_all(sifted.fresh, polling.understand)
    async with database.transaction() as tx:
        told = await _store(tx, feed, sifted, readings, polling)
        await record_read(
            tx,
            feed.id,
            polling.now(),
            next_poll_at=polling.next_poll(
                max_age_s=answer.max_age_s, retry_after_s=answer.retry_after_s, ttl_s=parsed.ttl_s
            ),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )
    for claim in (claim for reading in readings.values() for claim in reading.claims):
        metrics.claims.labels(claim.kind.value).inc()
    return Polled(200, len(sifted.new), len(sifted.changed), len(parsed.dropped), told)


async def understand_all(articles: Sequence[Article], understand: Understand) -> dict[str, Reading]:
    """Read articles, letting others work after each; give what they say by their identities.

    One that breaks the reader counts as silent.
    """
    readings = {}
    for article in articles:
        try:
            readings[article.identity] = understand(article)
        except Exception:
            log.exception("article not understood", extra=fields(url=article.url))
            readings[article.identity] = Reading(article, silences=(FAULT,))
        await asyncio.sleep(0)
    return readings


async def _store(
    tx: Transaction, feed: Feed, sifted: Sifted, readings: dict[str, Reading], polling: Polling
) -> Told:
    """Store the articles and all that they tell."""
    now = polling.now()
    ids = await add_articles(tx, feed.id, sifted.new, now)
    await record_changed(tx, sifted.changed)
    await record_seen(tx, sifted.seen_ids, now)
    arrivals = [
        Arrival(ids[article.identity], article, readings[article.identity])
        for article in sifted.new
        if article.identity in ids
    ]
    told = await list_told_by(tx, sifted.changed)
    for article_id, article in sifted.changed.items():
        was = sifted.former[article_id]
        former = Former(was.title, told.get(article_id, frozenset()), was.told_at is not None)
        arrivals.append(Arrival(article_id, article, readings[article.identity], former))
    first_poll = feed.first_polled_at is None
    return await tell(tx, arrivals, first_poll=first_poll, rules=polling.rules, now=now)
