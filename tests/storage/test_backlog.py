"""Since when the outbox waits."""

from datetime import timedelta

from bot.model import MessageId
from bot.storage.backlog import oldest_unsent
from bot.storage.database import Database
from bot.storage.outbox import record_sent
from tests.storage.test_outbox import NOW, followers, lease, tell

__all__ = ["followers"]


async def test_an_empty_outbox_waits_since_never(database: Database) -> None:
    async with database.reading() as tx:
        assert await oldest_unsent(tx) is None


async def test_the_oldest_unsent_announcement_counts(database: Database) -> None:
    await tell(database)
    async with database.reading() as tx:
        assert await oldest_unsent(tx) == NOW
    for announcement in await lease(database):
        async with database.transaction() as tx:
            await record_sent(tx, announcement.id, MessageId(1), 1, NOW + timedelta(seconds=1))
    async with database.reading() as tx:
        assert await oldest_unsent(tx) is None
