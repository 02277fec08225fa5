"""Feeds: those of the settings, when they are due, and what polls taught us."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.model import Feed
from bot.storage.database import Database
from bot.storage.feeds import due_feeds, list_feeds, record_failure, record_read, record_unchanged, sync_feeds

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)


@dataclass(frozen=True)
class Named:
    """A feed as the settings name it."""

    name: str
    url: str


TVLINE, VARIETY = Named("TVLine", "https://tvline.test/feed"), Named("Variety", "https://variety.test/feed")


async def feeds(database: Database, *named: Named) -> tuple[Feed, ...]:
    """Let the settings name these, and give them."""
    async with database.transaction() as tx:
        await sync_feeds(tx, named, NOW)
        return await list_feeds(tx)


async def test_new_feeds_are_due_at_once(database: Database) -> None:
    both = await feeds(database, TVLINE, VARIETY)
    assert [feed.name for feed in both] == ["TVLine", "Variety"]
    async with database.reading() as tx:
        assert await due_feeds(tx, NOW) == both
        assert await due_feeds(tx, NOW - timedelta(seconds=1)) == ()


async def test_feeds_that_left_the_settings_rest_and_come_back_as_they_were(database: Database) -> None:
    _, variety = await feeds(database, TVLINE, VARIETY)
    async with database.transaction() as tx:
        await record_read(tx, variety.id, NOW, next_poll_at=LATER, etag='"1"', last_modified=None)
    assert [feed.name for feed in await feeds(database, Named("TV Line", TVLINE.url))] == ["TV Line"]
    async with database.reading() as tx:
        assert len(await due_feeds(tx, LATER)) == 1
    (_, back) = await feeds(database, TVLINE, VARIETY)
    assert (back.id, back.etag, back.next_poll_at) == (variety.id, '"1"', LATER)
    assert await feeds(database) == ()


async def test_a_poll_that_brings_a_document_keeps_its_validators_and_clears_failures(
    database: Database,
) -> None:
    (feed,) = await feeds(database, TVLINE)
    async with database.transaction() as tx:
        await record_failure(tx, feed.id, NOW, LATER, "tvline.test answered 500.")
        await record_failure(tx, feed.id, NOW, LATER, "tvline.test answered 502.")
        (failed,) = await list_feeds(tx)
        assert (failed.failures, failed.last_error, failed.next_poll_at) == (
            2,
            "tvline.test answered 502.",
            LATER,
        )
        assert failed.first_polled_at is None
        await record_read(tx, feed.id, NOW, next_poll_at=LATER, etag='"1"', last_modified="Mon")
        await record_read(tx, feed.id, LATER, next_poll_at=LATER, etag='"2"', last_modified="Tue")
        (read,) = await list_feeds(tx)
    assert (read.etag, read.last_modified, read.failures, read.last_error) == ('"2"', "Tue", 0, None)
    assert (read.first_polled_at, read.last_polled_at) == (NOW, LATER)


async def test_a_poll_that_brings_nothing_new_keeps_the_validators(database: Database) -> None:
    (feed,) = await feeds(database, TVLINE)
    async with database.transaction() as tx:
        await record_read(tx, feed.id, NOW, next_poll_at=NOW, etag='"1"', last_modified=None)
        await record_unchanged(tx, feed.id, LATER, LATER)
        (same,) = await list_feeds(tx)
    assert (same.etag, same.last_polled_at, same.next_poll_at) == ('"1"', LATER, LATER)
