"""Which announcements are published, and no more than Discord allows."""

from datetime import timedelta

from bot.model import GuildId, MessageId, Publishing
from bot.storage.database import Database
from bot.storage.guilds import record_publishing
from bot.storage.outbox import record_sent
from bot.storage.publishing import MAX_AN_HOUR
from tests.storage.test_outbox import NOW, followers, lease, tell

__all__ = ["followers"]


async def test_ten_an_hour_are_published_where_the_server_wants_it(database: Database) -> None:
    async with database.transaction() as tx:
        await record_publishing(tx, GuildId(1), True)
    seen = []
    for number in range(MAX_AN_HOUR + 2):
        await tell(database, f"https://tvline.test/{number}", season=number)
        for one in await lease(database):
            seen.append((one.guild_id, one.publishing))
            published = one.publishing is Publishing.YES
            async with database.transaction() as tx:
                await record_sent(tx, one.id, MessageId(one.id), 1, NOW, published=published)
    assert [wish for guild_id, wish in seen if guild_id == 1] == (
        [Publishing.YES] * MAX_AN_HOUR + [Publishing.USED_UP] * 2
    )
    assert {wish for guild_id, wish in seen if guild_id == 2} == {Publishing.NO}
    await tell(database, "https://tvline.test/later", season=99)
    (later,) = (one for one in await lease(database, NOW + timedelta(hours=1)) if one.guild_id == 1)
    assert later.publishing is Publishing.YES
