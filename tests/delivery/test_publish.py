import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast

import discord
import pytest

from bot.delivery.outcome import Later, Sent
from bot.delivery.publish import published
from bot.delivery.send import Sender
from bot.model import Announcement, ChannelId, MessageId, Publishing
from bot.storage.database import Database
from tests.delivery.test_embed import announcement
from tests.fakes import FakeChannel, FakeDiscord, discord_error
from tests.people import People, logged_in, served

WANTED = replace(announcement(), publishing=Publishing.YES)


@pytest.fixture
async def people(sqlite_database: Database) -> AsyncIterator[People]:
    """Robin and Sam, on a server with the bot."""
    async with served() as loopback, logged_in(loopback, sqlite_database) as people:
        yield people


async def send(fake: FakeDiscord, one: Announcement = WANTED) -> Any:
    return await Sender(cast(discord.Client, fake)).send(one)


async def test_announcement_is_published_where_the_server_wants_it() -> None:
    fake = FakeDiscord()
    assert await send(fake) == Sent(MessageId(1000), published=True, note="sent and published")
    assert fake.published == [1000]
    await send(fake, announcement())
    assert fake.published == [1000]


async def test_edit_publishes_nothing_again() -> None:
    fake = FakeDiscord()
    await send(fake)
    await send(fake, replace(WANTED, message_id=MessageId(1000)))
    assert fake.published == [1000]


async def test_what_is_published_already_is_done() -> None:
    fake = FakeDiscord()
    fake.publish_failures = [discord_error(400, 40033)]
    assert (await send(fake)).published


async def test_what_cannot_be_published_is_sent_all_the_same_and_said_so() -> None:
    fake = FakeDiscord()
    fake.publish_failures = [discord_error(403, 50013), ConnectionResetError("reset")]
    for _ in range(2):
        outcome = await send(fake)
        assert outcome.message_id == 1000
        assert outcome.note.startswith("sent, not published: ")
    outcome = await send(fake, replace(WANTED, publishing=Publishing.USED_UP))
    assert outcome == Sent(MessageId(1000), note="sent, not published: Discord's ten an hour are used up")
    assert fake.published == []


async def test_what_is_not_sent_is_not_published() -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(503)]
    assert isinstance(await send(fake), Later)
    assert fake.published == []


async def test_call_that_uses_up_the_hour_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(FakeChannel, "publish", never)
    outcome = await published(cast(discord.Client, FakeDiscord()), WANTED, MessageId(1), 0.01)
    assert outcome == Sent(MessageId(1), published=True, note="sent, and published as far as we know")


async def test_only_announcement_channels_publish(people: People) -> None:
    told = {"guild_id": str(await people.guild_id()), "name": "gazette", "kind": "announcement"}
    async with people.session.post(f"{people.base}/sandbox/channels", json=told) as response:
        gazette = ChannelId(int((await response.json())["id"]))
    async with asyncio.timeout(5):
        while people.client.get_channel(gazette) is None:  # noqa: ASYNC110 - the client has no event for it
            await asyncio.sleep(0.005)
    sender = Sender(people.client)
    outcome = await sender.send(replace(WANTED, channel_id=gazette))
    assert isinstance(outcome, Sent)
    assert outcome.published
    text = ChannelId(int(await people.channel("tv-news")))
    outcome = await sender.send(replace(WANTED, channel_id=text))
    assert isinstance(outcome, Sent)
    assert (outcome.published, outcome.note) == (False, "sent")
    (message,) = await people.messages("gazette")
    assert message["flags"] & 1
