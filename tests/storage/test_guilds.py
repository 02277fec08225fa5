"""Servers come, choose a channel, leave, return, and are forgotten."""

from datetime import UTC, datetime, timedelta

from bot.model import ChannelId, Follow, Guild, GuildId, Show, ShowId, UserId
from bot.storage.database import Database
from bot.storage.follows import add_follow, count_follows, forget_follow, list_follows
from bot.storage.guilds import (
    add_guild,
    forget_left_before,
    get_guild,
    list_guilds,
    record_channel,
    record_greeted,
    record_left,
)
from bot.storage.shows import add_shows
from tests.fakes import Listing

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
HERE = GuildId(1_100_000_000_000_000_000)
GHOSTS = Show(ShowId(2), "Ghosts", 2021)
DIPLOMAT = Show(ShowId(1), "the Diplomat", 2023)


async def test_a_server_is_new_once(database: Database) -> None:
    async with database.transaction() as tx:
        assert await add_guild(tx, HERE, NOW)
        assert not await add_guild(tx, HERE, NOW)
        assert await get_guild(tx, HERE) == Guild(HERE)
        assert await get_guild(tx, GuildId(2)) is None


async def test_a_server_is_greeted_once(database: Database) -> None:
    async with database.transaction() as tx:
        await add_guild(tx, HERE, NOW)
        assert await record_greeted(tx, HERE, NOW)
        assert not await record_greeted(tx, HERE, NOW)


async def test_a_server_chooses_its_channel(database: Database) -> None:
    async with database.transaction() as tx:
        await add_guild(tx, HERE, NOW)
        await record_channel(tx, HERE, ChannelId(5))
        assert await get_guild(tx, HERE) == Guild(HERE, ChannelId(5))


async def test_a_server_that_returns_finds_its_follows_again(database: Database) -> None:
    async with database.transaction() as tx:
        await add_guild(tx, HERE, NOW)
        await add_shows(tx, [Listing(GHOSTS)])
        await add_follow(tx, Follow(HERE, GHOSTS.id), NOW)
        await record_left(tx, HERE, NOW)
        assert await list_guilds(tx) == ()
        assert not await add_guild(tx, HERE, NOW)
        assert await list_guilds(tx) == (HERE,)
        assert await count_follows(tx, HERE) == 1


async def test_a_server_that_left_long_ago_is_forgotten_with_all_that_is_its(database: Database) -> None:
    async with database.transaction() as tx:
        for guild in (HERE, GuildId(2)):
            await add_guild(tx, guild, NOW)
        await add_shows(tx, [Listing(GHOSTS)])
        await add_follow(tx, Follow(HERE, GHOSTS.id), NOW)
        await record_left(tx, HERE, NOW)
        await record_left(tx, HERE, NOW + timedelta(days=9))
        assert await forget_left_before(tx, NOW) == 0
        assert await forget_left_before(tx, NOW + timedelta(days=1)) == 1
        assert await get_guild(tx, HERE) is None
        assert await list_follows(tx, HERE) == ()
        assert await list_guilds(tx) == (2,)


async def test_follows_are_listed_by_name_and_end(database: Database) -> None:
    own = Follow(HERE, DIPLOMAT.id, ChannelId(9), UserId(4))
    async with database.transaction() as tx:
        await add_guild(tx, HERE, NOW)
        await add_shows(tx, [Listing(GHOSTS), Listing(DIPLOMAT)])
        assert await add_follow(tx, Follow(HERE, GHOSTS.id), NOW)
        assert await add_follow(tx, own, NOW)
        assert not await add_follow(tx, own, NOW)
        assert await list_follows(tx, HERE) == ((Follow(HERE, GHOSTS.id), GHOSTS), (own, DIPLOMAT))
        assert await forget_follow(tx, HERE, GHOSTS.id)
        assert not await forget_follow(tx, HERE, GHOSTS.id)
        assert await list_follows(tx, HERE) == ((own, DIPLOMAT),)
