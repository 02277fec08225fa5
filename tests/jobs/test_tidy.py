"""What is past its time is forgotten."""

from datetime import timedelta

from bot.jobs.tidy import tidy
from bot.model import Article, GuildId
from bot.storage.articles import add_articles, list_seen
from bot.storage.database import Database
from bot.storage.feeds import list_feeds, sync_feeds
from bot.storage.guilds import add_guild, get_guild, record_left
from tests.fakes import FrozenClock
from tests.storage.test_feeds import TVLINE

OLD = Article("guid:old", "https://t.test/old", "Old", "", "TVLine")
NEW = Article("guid:new", "https://t.test/new", "New", "", "TVLine")


async def test_a_server_that_left_is_forgotten_after_thirty_days(database: Database) -> None:
    clock = FrozenClock()
    async with database.transaction() as tx:
        await add_guild(tx, GuildId(1), clock())
        await record_left(tx, GuildId(1), clock())
    for days, is_there in ((30, True), (1, False)):
        await tidy(database, clock.go_on(days=days))
        async with database.reading() as tx:
            assert (await get_guild(tx, GuildId(1)) is not None) is is_there


async def test_articles_are_forgotten_after_thirteen_months(database: Database) -> None:
    clock = FrozenClock()
    async with database.transaction() as tx:
        await sync_feeds(tx, [TVLINE], clock())
        (feed,) = await list_feeds(tx)
        await add_articles(tx, feed.id, [OLD], clock())
        await add_articles(tx, feed.id, [NEW], clock() + timedelta(days=1))
    await tidy(database, clock.go_on(days=396))
    async with database.reading() as tx:
        assert len(await list_seen(tx, feed.id, [OLD, NEW])) == 2
    await tidy(database, clock.go_on(days=100))
    async with database.reading() as tx:
        assert [seen.identity for seen in await list_seen(tx, feed.id, [OLD, NEW])] == ["guid:new"]
