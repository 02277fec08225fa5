"""The feeds that we poll, and what their last answers taught us."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, select, update

from bot.model import Feed, FeedId
from bot.storage.database import Transaction
from bot.storage.tables import feeds
from bot.storage.upsert import insert


class NamedAddress(Protocol):
    """A feed as the settings name it."""

    @property
    def name(self) -> str:
        """The outlet."""

    @property
    def url(self) -> str:
        """Where its feed is."""


async def sync_feeds(tx: Transaction, named: Sequence[NamedAddress], now: datetime) -> None:
    """Poll exactly the feeds that the settings name; a new one at once, one that came back as it was."""
    await tx.execute(update(feeds).values(active=False))
    rows = [{"name": feed.name, "url": feed.url, "active": True, "next_poll_at": now} for feed in named]
    if rows:
        added = insert(tx, feeds)
        back = {"name": added.excluded.name, "active": True}
        await tx.execute(added.on_conflict_do_update(index_elements=["url"], set_=back), rows)


async def due_feeds(tx: Transaction, now: datetime) -> tuple[Feed, ...]:
    """Give the feeds to be polled now, the longest due first."""
    due = select(feeds).where(feeds.c.active, feeds.c.next_poll_at <= now)
    return tuple(_read(row) for row in await tx.execute(due.order_by(feeds.c.next_poll_at, feeds.c.id)))


async def list_feeds(tx: Transaction) -> tuple[Feed, ...]:
    """Give the feeds of the settings, in the order in which they were first named."""
    return tuple(_read(row) for row in await tx.execute(select(feeds).where(feeds.c.active).order_by("id")))


async def record_read(
    tx: Transaction,
    feed_id: FeedId,
    now: datetime,
    *,
    next_poll_at: datetime,
    etag: str | None,
    last_modified: str | None,
) -> None:
    """Remember a poll that brought a document, in the transaction that stores what it held."""
    first = update(feeds).where(feeds.c.id == feed_id, feeds.c.first_polled_at.is_(None))
    await tx.execute(first.values(first_polled_at=now))
    read = update(feeds).where(feeds.c.id == feed_id)
    await tx.execute(
        read.values(
            etag=etag,
            last_modified=last_modified,
            next_poll_at=next_poll_at,
            last_polled_at=now,
            failures=0,
            last_error=None,
        )
    )


async def record_unchanged(tx: Transaction, feed_id: FeedId, now: datetime, next_poll_at: datetime) -> None:
    """Remember a poll that brought nothing new; the validators stay."""
    same = update(feeds).where(feeds.c.id == feed_id)
    await tx.execute(same.values(next_poll_at=next_poll_at, last_polled_at=now, failures=0, last_error=None))


async def record_failure(
    tx: Transaction, feed_id: FeedId, now: datetime, next_poll_at: datetime, error: str
) -> None:
    """Remember a poll that failed, and why; the validators stay."""
    failed = update(feeds).where(feeds.c.id == feed_id)
    await tx.execute(
        failed.values(
            next_poll_at=next_poll_at, last_polled_at=now, failures=feeds.c.failures + 1, last_error=error
        )
    )


def _read(row: Row[Any]) -> Feed:
    return Feed(
        id=FeedId(row.id),
        name=row.name,
        url=row.url,
        next_poll_at=row.next_poll_at,
        etag=row.etag,
        last_modified=row.last_modified,
        failures=row.failures,
        first_polled_at=row.first_polled_at,
        last_polled_at=row.last_polled_at,
        last_error=row.last_error,
    )
