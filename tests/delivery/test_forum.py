import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.delivery.forum import fitting_tags, post_name
from bot.delivery.outcome import NO_TAG, Closed, GiveUp, Sent
from bot.delivery.send import Sender
from bot.model import Announcement, AnnouncementId, ChannelId, Kind, Source
from bot.storage.database import Database
from tests.delivery.test_embed import AT, RENEWED, announcement
from tests.people import People, logged_in, served


@pytest.fixture
async def people(sqlite_database: Database) -> AsyncIterator[People]:
    """Robin and Sam, on a server with the bot."""
    async with served() as loopback, logged_in(loopback, sqlite_database) as people:
        yield people


async def forum(people: People, *tags: str) -> ChannelId:
    """Open a forum."""
    told = {"guild_id": str(await people.guild_id()), "name": "stories", "kind": "forum", "tags": list(tags)}
    async with people.session.post(f"{people.base}/sandbox/channels", json=told) as response:
        channel_id = ChannelId(int((await response.json())["id"]))
    async with asyncio.timeout(5):
        while people.client.get_channel(channel_id) is None:  # noqa: ASYNC110 - the client has no event for it
            await asyncio.sleep(0.005)
    return channel_id


async def posts(people: People) -> list[dict[str, Any]]:
    """Give the posts of the forum."""
    return [one for one in (await people.guild())["channels"] if one["kind"] == "public_thread"]


async def first_message(people: People, post: dict[str, Any]) -> dict[str, Any]:
    async with people.session.get(f"{people.base}/sandbox/channels/{post['id']}/messages") as response:
        found: list[dict[str, Any]] = await response.json()
    return found[0]


def news(channel_id: ChannelId) -> Announcement:
    return replace(announcement(), channel_id=channel_id)


async def test_story_becomes_a_post_with_the_tag_of_its_kind_and_is_edited_there(people: People) -> None:
    one = news(await forum(people, "Casting", "Renewed"))
    sent = await Sender(people.client).send(one)
    assert isinstance(sent, Sent)
    (post,) = await posts(people)
    assert (post["id"], post["name"]) == (str(sent.message_id), RENEWED.headline)
    grown = replace(RENEWED, sources=(*RENEWED.sources, Source("Variety", "https://variety.com/a", AT)))
    assert await Sender(people.client).send(replace(one, story=grown, message_id=sent.message_id)) == sent
    message = await first_message(people, post)
    assert "also Variety" in message["embeds"][0]["footer"]["text"]


async def test_post_of_a_lost_answer_is_found_and_not_made_again(people: People) -> None:
    one = news(await forum(people))
    await Sender(people.client).send(replace(one, id=AnnouncementId(2)))
    sent = await Sender(people.client).send(one)
    assert await Sender(people.client).send(replace(one, attempts=2)) == sent
    assert isinstance(await Sender(people.client).send(replace(one, id=AnnouncementId(3), attempts=2)), Sent)
    assert len(await posts(people)) == 3


async def test_archived_post_is_opened_for_an_edit_and_a_deleted_one_left(people: People) -> None:
    one = news(await forum(people))
    sender = Sender(people.client)
    sent = await sender.send(one)
    assert isinstance(sent, Sent)
    address = f"{people.base}/sandbox/channels/{sent.message_id}"
    async with people.session.patch(address, json={"archived": True}) as response:
        assert response.status == 200
    edit = replace(one, message_id=sent.message_id)
    assert await sender.send(edit) == sent
    async with people.session.delete(address) as response:
        assert response.status < 300
    assert isinstance(await sender.send(edit), GiveUp)


async def test_forum_that_wants_a_tag_and_has_none_that_fits_is_closed(people: People) -> None:
    one = news(await forum(people, "Cancelled"))
    async with people.session.patch(
        f"{people.base}/sandbox/channels/{one.channel_id}", json={"requires_tag": True}
    ) as response:
        assert response.status == 200
    channel = people.client.get_channel(one.channel_id)
    assert isinstance(channel, discord.ForumChannel)
    async with asyncio.timeout(5):
        while not channel.flags.require_tag:  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.005)
    assert await Sender(people.client).send(one) == Closed(NO_TAG)
    assert await posts(people) == []


async def test_post_without_its_first_message_is_not_the_one_that_is_looked_for(people: People) -> None:
    one = news(await forum(people))
    sent = await Sender(people.client).send(one)
    assert isinstance(sent, Sent)
    await people.client.http.delete_message(sent.message_id, sent.message_id)
    assert await Sender(people.client).send(replace(one, attempts=2)) != sent


async def test_forum_is_known_before_the_gateway_told_of_it(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = news(await forum(people))
    monkeypatch.setattr(people.client, "get_channel", lambda _: None)
    monkeypatch.setattr(people.client, "is_ready", lambda: False)
    sender = Sender(people.client)
    sent = await sender.send(one)
    assert isinstance(sent, Sent)
    assert await sender.send(replace(one, attempts=2)) == sent
    assert len(await posts(people)) == 1


async def test_archived_thread_is_opened_for_an_edit_unless_it_is_locked(people: People) -> None:
    parent = people.client.get_channel(int(await people.channel("tv-news")))
    assert isinstance(parent, discord.TextChannel)
    thread = await parent.create_thread(name="Shows", type=discord.ChannelType.public_thread)
    one = news(ChannelId(thread.id))
    sender = Sender(people.client)
    sent = await sender.send(one)
    assert isinstance(sent, Sent)
    edit = replace(one, message_id=sent.message_id)
    address = f"{people.base}/sandbox/channels/{thread.id}"
    for locked, outcome in ((False, Sent), (True, Closed)):
        async with people.session.patch(address, json={"archived": True, "locked": locked}) as response:
            assert response.status == 200
        assert isinstance(await sender.send(edit), outcome)


def test_tag_for_any_news_is_better_than_none_and_a_moderators_is_not_ours() -> None:
    news_tag, trailer = discord.ForumTag(name="News"), discord.ForumTag(name="trailer ", moderated=True)
    assert fitting_tags([trailer, news_tag], Kind.TRAILER) == [news_tag]
    assert fitting_tags([trailer, news_tag], None) == [news_tag]
    assert fitting_tags([trailer], Kind.TRAILER) == []
    final = discord.ForumTag(name="FINAL SEASON")
    assert fitting_tags([news_tag, final], Kind.FINAL_SEASON) == [final]


def test_post_is_named_without_markdown() -> None:
    assert post_name(discord.Embed(title="\\*You\\* is \\@\u200bback")) == "*You* is @back"
    assert post_name(discord.Embed()) == "News"
