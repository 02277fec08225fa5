import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot import clock
from bot.delivery.notice import Notifier
from bot.delivery.pacer import Pacer
from bot.jobs.warn import warn
from bot.model import ChannelId, GuildId, Trouble, UserId
from bot.storage.database import Database
from bot.storage.guilds import record_channel
from bot.storage.troubles import record_trouble
from tests.people import People, logged_in, served


@pytest.fixture
async def people(sqlite_database: Database) -> AsyncIterator[People]:
    """Robin and Sam, on a server with the bot."""
    async with served() as loopback, logged_in(loopback, sqlite_database) as people:
        yield people


async def trouble_in(people: People, channel: str) -> Trouble:
    """Close a channel, which Sam chose, to us."""
    now, guild_id = clock.now(), await people.guild_id()
    trouble = Trouble(
        ChannelId(int(await people.channel(channel))), guild_id, "the forum wants tags", now, now
    )
    async with people.database.transaction() as tx:
        await record_channel(tx, guild_id, trouble.channel_id, UserId(int(await people.person("sam"))))
        await record_trouble(tx, trouble)
    return trouble


async def warned(people: People) -> None:
    for _ in range(2):
        await warn(people.database, Notifier(people.client), Pacer(10_000))


async def warnings_in(people: People, channel: str) -> list[str]:
    messages = await people.messages(channel)
    return [one["content"] for one in messages if "I cannot announce" in one["content"]]


async def direct(people: People, name: str) -> list[Any]:
    """Give what the bot wrote to a person directly."""
    found = []
    who = await people.person(name)
    async with people.session.get(f"{people.base}/sandbox/dms?user_id={who}") as response:
        for dm in await response.json():
            async with people.session.get(f"{people.base}/sandbox/channels/{dm['id']}/messages") as messages:
                found += [one["content"] for one in await messages.json()]
    return found


async def test_admins_are_told_once_in_the_system_channel(people: People) -> None:
    trouble = await trouble_in(people, "tv-news")
    await warned(people)
    [told] = await warnings_in(people, "general")
    assert f"<#{trouble.channel_id}>: the forum wants tags." in told
    assert await direct(people, "sam") == []


async def test_where_the_system_channel_is_the_closed_one_a_person_is_told(people: People) -> None:
    await trouble_in(people, "general")
    await warned(people)
    assert await warnings_in(people, "general") == []
    assert len(await direct(people, "sam")) == 1


async def test_where_nobody_is_known_the_owner_is_told(people: People) -> None:
    trouble = await trouble_in(people, "general")
    async with people.database.transaction() as tx:
        await record_channel(tx, trouble.guild_id, trouble.channel_id, None)
    await warned(people)
    assert len(await direct(people, "robin")) == 1


async def test_who_takes_no_direct_messages_is_not_told_and_nothing_fails(people: People) -> None:
    trouble = await trouble_in(people, "general")
    await people.go_wrong("dms_closed", user_id=await people.person("sam"))
    await warned(people)
    assert await Notifier(people.client).tell(trouble, UserId(404)) is None
    assert await direct(people, "sam") == []


async def test_system_channel_that_takes_nothing_is_passed_over(people: People) -> None:
    await people.change("general", deny=["send_messages"])
    await asyncio.sleep(0.05)
    await trouble_in(people, "tv-news")
    await warned(people)
    assert len(await direct(people, "sam")) == 1


async def test_server_that_is_away_is_told_later(people: People) -> None:
    trouble = await trouble_in(people, "tv-news")
    guild_id = str(trouble.guild_id)
    await people.go_wrong("guild_unavailable", guild_id=guild_id)
    async with asyncio.timeout(5):
        while Notifier(people.client).can_tell(trouble):  # noqa: ASYNC110 - the client has no event for it
            await asyncio.sleep(0.005)
    await warned(people)
    assert await warnings_in(people, "general") == []
    assert await Notifier(people.client).tell(replace(trouble, guild_id=GuildId(404)), None) is None
    await people.go_wrong("guild_unavailable", guild_id=guild_id, on=False)
    async with asyncio.timeout(5):
        while not Notifier(people.client).can_tell(trouble):  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.005)
    await warned(people)
    assert len(await warnings_in(people, "general")) == 1
