"""Stories that others change, and pages that correct themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.config import FeedSettings
from bot.model import (
    Article,
    ArticleId,
    ChannelId,
    Follow,
    GuildId,
    Kind,
    MessageId,
    PartialDate,
    Show,
    ShowId,
    Source,
    Story,
    StoryId,
)
from bot.storage.articles import add_articles
from bot.storage.changes import list_later, list_told_by, record_correction, record_followed_up
from bot.storage.database import Database, Transaction
from bot.storage.feeds import list_feeds, sync_feeds
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild, record_channel
from bot.storage.outbox import add_announcements, lease_due, record_sent
from bot.storage.shows import add_shows
from bot.storage.stories import add_story, get_stories
from tests.fakes import Listing

NOW = datetime(2025, 5, 14, 12, tzinfo=UTC)
PAGE = "https://tvline.test/1"
FALL = Story(
    StoryId(0),
    ShowId(1),
    Kind.PREMIERE_DATE,
    3,
    PartialDate.parse("2025-fall"),
    "In fall",
    "",
    (Source("TVLine", PAGE, NOW),),
)


@pytest.fixture(autouse=True)
async def two_followers(database: Database) -> None:
    """Two servers follow the show, and one feed is read."""
    async with database.transaction() as tx:
        await add_shows(tx, [Listing(Show(ShowId(1), "The Diplomat"))])
        await sync_feeds(tx, [FeedSettings(name="TVLine", url="https://tvline.test/feed")], NOW)
        for number in (1, 2):
            await add_guild(tx, GuildId(number), NOW)
            await record_channel(tx, GuildId(number), ChannelId(number * 10))
            await add_follow(tx, Follow(GuildId(number), ShowId(1)), NOW)


async def add_chain(tx: Transaction) -> tuple[StoryId, StoryId, StoryId]:
    """Store a date and two changes of it."""
    first = await add_story(tx, FALL)
    return (
        first,
        await add_story(tx, replace(FALL, premiere=PartialDate(2025, 10, 16), earlier_id=first)),
        await add_story(tx, replace(FALL, premiere=PartialDate(2025, 11, 20), earlier_id=first)),
    )


async def test_each_story_of_a_chain_knows_the_latest_change(database: Database) -> None:
    async with database.transaction() as tx:
        first, second, third = await add_chain(tx)
        other = await add_story(tx, replace(FALL, season=4))
        known = await get_stories(tx, {first, second, third, other})
        later = await list_later(tx, known.values())
        assert {one: change.id for one, change in later.items()} == {first: third, second: third}
        assert await list_later(tx, ()) == {}


async def test_a_follow_up_changes_all_before_it_and_nothing_else(database: Database) -> None:
    async with database.transaction() as tx:
        first, second, third = await add_chain(tx)
        other = await add_story(tx, replace(FALL, season=4))
        newest = (await get_stories(tx, {third}))[third]
        assert set(await record_followed_up(tx, newest)) == {first, second}
        known = await get_stories(tx, {first, second, third, other})
        assert [known[one].revision for one in (first, second, third, other)] == [2, 2, 1, 1]
        assert await record_followed_up(tx, known[other]) == ()


async def test_a_follow_up_replies_to_the_message_of_its_own_channel(database: Database) -> None:
    async with database.transaction() as tx:
        first = await add_story(tx, FALL)
        await add_announcements(tx, first, NOW)
        for one in await lease_due(tx, NOW, NOW, 9):
            assert (one.earlier, one.later, one.reply_to) == (None, None, None)
            if one.channel_id == 10:
                await record_sent(tx, one.id, MessageId(501), 1, NOW)
        later = replace(FALL, premiere=PartialDate(2025, 10, 16), earlier_id=first)
        second = await add_story(tx, later)
        await add_announcements(tx, second, NOW + timedelta(seconds=1))
        due = await lease_due(tx, NOW + timedelta(minutes=5), NOW, 9)
    told = {(one.channel_id, one.story.id): one for one in due}
    assert told.keys() == {(10, second), (20, first)}  # the other channel's first message is still to come
    reply = told[ChannelId(10), second]
    assert reply.reply_to == 501
    assert reply.earlier is not None
    assert reply.earlier.id == first
    late = told[ChannelId(20), first].later
    assert late is not None
    assert late.id == second


async def add_page(tx: Transaction) -> ArticleId:
    """Store the article that tells of the fall."""
    (feed,) = await list_feeds(tx)
    page = Article("guid:1", PAGE, "In fall", "", "TVLine", content_hash="x")
    return (await add_articles(tx, feed.id, [page], NOW))["guid:1"]


async def test_an_article_is_known_by_the_stories_that_it_told(database: Database) -> None:
    async with database.transaction() as tx:
        article_id = await add_page(tx)
        told = {await add_story(tx, FALL, article_id), await add_story(tx, FALL, article_id)}
        assert await list_told_by(tx, [article_id, ArticleId(99)]) == {article_id: told}


async def test_a_page_corrects_itself_once_and_may_take_it_back(database: Database) -> None:
    async with database.transaction() as tx:
        article_id = await add_page(tx)
        story_id = await add_story(tx, FALL, article_id)
        assert not await record_correction(tx, story_id, article_id, None)
        assert await record_correction(tx, story_id, article_id, "Correction: not in fall")
        assert not await record_correction(tx, story_id, article_id, "Correction: not in fall")
        assert not await record_correction(tx, story_id, ArticleId(99), "Another page")
        story = (await get_stories(tx, {story_id}))[story_id]
        assert (story.sources[0].correction, story.revision) == ("Correction: not in fall", 2)
        assert await record_correction(tx, story_id, article_id, None)
        story = (await get_stories(tx, {story_id}))[story_id]
        assert (story.sources[0].correction, story.revision) == (None, 3)
