"""Channels that take nothing of ours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import ChannelId, Follow, GuildId, Show, ShowId, Trouble, UserId
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild, record_channel
from bot.storage.shows import add_shows
from bot.storage.troubles import (
    forget_trouble,
    get_trouble,
    list_troubles,
    list_untold,
    person_behind,
    probe_soon,
    record_told_of,
    record_trouble,
)
from tests.fakes import Listing

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE, CHANNEL, OTHER = GuildId(1), ChannelId(10), ChannelId(11)
TROUBLE = Trouble(CHANNEL, HERE, "I lack a permission there", NOW, NOW + HOUR)


@pytest.fixture(autouse=True)
async def guild(database: Database) -> None:
    """A server with a channel that Robin (5) chose, and a follow with its own, by Sam (6)."""
    async with database.transaction() as tx:
        await add_guild(tx, HERE, NOW)
        await record_channel(tx, HERE, CHANNEL, UserId(5))
        await add_shows(tx, [Listing(Show(ShowId(1), "Ghosts"))])
        await add_follow(tx, Follow(HERE, ShowId(1), OTHER, UserId(6)), NOW)


async def test_trouble_that_lasts_keeps_its_beginning(database: Database) -> None:
    later = replace(
        TROUBLE, why="the channel was deleted", since=NOW + HOUR, probe_at=NOW + 2 * HOUR, probes=1
    )
    async with database.transaction() as tx:
        assert await get_trouble(tx, CHANNEL) is None
        await record_trouble(tx, TROUBLE)
        await record_trouble(tx, later)
        assert await get_trouble(tx, CHANNEL) == replace(later, since=NOW)


async def test_open_channel_is_forgotten_once(database: Database) -> None:
    async with database.transaction() as tx:
        await record_trouble(tx, TROUBLE)
        assert await forget_trouble(tx, CHANNEL)
        assert not await forget_trouble(tx, CHANNEL)


async def test_only_channels_that_the_server_still_uses_are_listed(database: Database) -> None:
    followed = replace(TROUBLE, channel_id=OTHER, since=NOW + HOUR)
    async with database.transaction() as tx:
        for trouble in (followed, TROUBLE, replace(TROUBLE, channel_id=ChannelId(12))):
            await record_trouble(tx, trouble)
        assert await list_troubles(tx, HERE) == (TROUBLE, followed)
        assert await list_troubles(tx, GuildId(2)) == ()


async def test_admins_are_told_once(database: Database) -> None:
    async with database.transaction() as tx:
        await record_trouble(tx, TROUBLE)
        assert await list_untold(tx, 5) == (TROUBLE,)
        assert await record_told_of(tx, CHANNEL, NOW)
        assert not await record_told_of(tx, CHANNEL, NOW)
        await record_trouble(tx, replace(TROUBLE, probes=1))
        assert await list_untold(tx, 5) == ()


async def test_who_chose_the_channel_is_known(database: Database) -> None:
    async with database.reading() as tx:
        assert await person_behind(tx, TROUBLE) == 5
        assert await person_behind(tx, replace(TROUBLE, channel_id=OTHER)) == 6
        assert await person_behind(tx, replace(TROUBLE, channel_id=ChannelId(12))) is None


async def test_probe_can_be_asked_for(database: Database) -> None:
    async with database.transaction() as tx:
        await record_trouble(tx, replace(TROUBLE, probes=3))
        assert await probe_soon(tx, GuildId(2), NOW) == 0
        assert await probe_soon(tx, HERE, NOW) == 1
        assert await get_trouble(tx, CHANNEL) == replace(TROUBLE, probe_at=NOW)
