"""Commands are answered while thousands of announcements wait."""

from typing import cast

import discord

from bot import clock
from bot.delivery.pacer import Pacer
from bot.delivery.send import Sender
from bot.jobs.deliver import Deliverer
from bot.model import ChannelId, Follow, Kind, Show, ShowId, Source, Story, StoryId
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.outbox import add_announcements, count_pending
from bot.storage.shows import add_shows
from bot.storage.stories import add_story
from tests.fakes import Listing
from tests.jobs.test_deliver import running
from tests.jobs.test_warn import people
from tests.people import People

__all__ = ["people"]
CHANNELS = 120


async def fill_outbox(people: People, database: Database) -> None:
    """Let a story wait for each of many channels, three seconds of announcements in all."""
    guild_id, now = await people.guild_id(), clock.now()
    for number in range(CHANNELS):
        told = {"guild_id": str(guild_id), "name": f"news-{number}"}
        async with people.session.post(f"{people.base}/sandbox/channels", json=told) as response:
            channel_id = ChannelId(int((await response.json())["id"]))
        async with database.transaction() as tx:
            show_id = ShowId(1_000_000 + number)
            await add_shows(tx, [Listing(Show(show_id, f"Show {number}"))])
            await add_follow(tx, Follow(guild_id, show_id, channel_id), now)
            source = Source("TVLine", f"https://tvline.com/{number}", now)
            story = Story(StoryId(0), show_id, Kind.RENEWED, 2, None, "Renewed", "", (source,))
            await add_announcements(tx, await add_story(tx, story), now)


async def test_commands_do_not_wait_behind_announcements(people: People) -> None:
    await fill_outbox(people, people.database)
    sender = Sender(cast(discord.Client, people.client))
    async with running(Deliverer(people.database, sender, Pacer(45))):
        answered = [await people.use("status") for _ in range(5)]
        async with people.database.reading() as tx:
            assert await count_pending(tx) > 0
    assert [seen["status"] for seen in answered] == ["answered"] * 5
    async with people.session.get(f"{people.base}/sandbox/counts") as response:
        assert (await response.json())["too_many"] == {}
