"""A channel that is closed to us and opened again gets all of its news, in order, with nobody's help."""

import asyncio
from typing import cast

import discord

from bot import clock
from bot.delivery.notice import Notifier
from bot.delivery.pacer import Pacer
from bot.delivery.send import Sender
from bot.jobs.deliver import Deliverer
from bot.jobs.warn import warn
from bot.model import ChannelId, Follow, Kind, Source, Story, StoryId
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.outbox import add_announcements, count_pending
from bot.storage.shows import list_shows
from bot.storage.stories import add_story
from bot.storage.troubles import get_trouble
from tests.jobs.test_deliver import running
from tests.jobs.test_warn import people, warnings_in
from tests.people import People

__all__ = ["people"]


async def tell(people: People, channel: str, *headlines: str) -> ChannelId:
    """Let a story for each headline wait for a channel."""
    guild_id, now = await people.guild_id(), clock.now()
    channel_id = ChannelId(int(await people.channel(channel)))
    async with people.database.transaction() as tx:
        show_id = (await list_shows(tx))[0].id
        await add_follow(tx, Follow(guild_id, show_id, channel_id), now)
        for season, headline in enumerate(headlines):
            source = Source("TVLine", f"https://tvline.com/{season}", now)
            story = Story(StoryId(0), show_id, Kind.RENEWED, season, None, headline, "", (source,))
            await add_announcements(tx, await add_story(tx, story), now)
    return channel_id


async def until_closed(database: Database, channel_id: ChannelId, *, closed: bool) -> None:
    async with asyncio.timeout(10):
        while True:
            async with database.reading() as tx:
                if (await get_trouble(tx, channel_id) is not None) is closed:
                    return
            await asyncio.sleep(0.01)


async def test_permission_taken_and_given_back_costs_no_announcement(people: People) -> None:
    database = people.database
    await people.change("tv-news", deny=["send_messages"])
    channel_id = await tell(people, "tv-news", "First", "Second", "Third")
    async with running(Deliverer(database, Sender(cast(discord.Client, people.client)), Pacer(10_000))):
        await until_closed(database, channel_id, closed=True)
        await warn(database, Notifier(people.client), Pacer(10_000))
        assert len(await warnings_in(people, "general")) == 1
        await people.change("tv-news", allow=["send_messages"])
        await until_closed(database, channel_id, closed=False)
        async with asyncio.timeout(10):
            while True:
                async with database.reading() as tx:
                    if not await count_pending(tx):
                        break
                await asyncio.sleep(0.01)
    messages = await people.messages("tv-news")
    assert [one["embeds"][0]["title"] for one in messages] == ["First", "Second", "Third"]
    assert len(await warnings_in(people, "general")) == 1
