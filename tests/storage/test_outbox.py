"""The outbox: fan-out, order within a channel, leases, edits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import (
    Announcement,
    ChannelId,
    Follow,
    GuildId,
    Kind,
    MessageId,
    Show,
    ShowId,
    Source,
    Story,
    StoryId,
    Trouble,
)
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild, record_channel, record_left
from bot.storage.outbox import (
    EDIT_GAP,
    GATHER,
    NONCE_LIFE,
    add_announcements,
    count_pending,
    forget_waiting_since,
    lease_due,
    mark_changed,
    move_unsent,
    recall,
    record_given_up,
    record_later,
    record_sent,
)
from bot.storage.stories import add_story, get_stories, record_told
from bot.storage.troubles import record_trouble
from tests.fakes import Listing

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
LEASE = NOW + timedelta(minutes=5)
DIPLOMAT = Show(id=ShowId(1), name="The Diplomat", year=2023, network="Netflix", country="US")


async def tell(database: Database, url: str = "https://tvline.test/1", season: int = 2) -> StoryId:
    """Store a story and put it into the outbox."""
    story = Story(
        id=StoryId(0),
        show_id=DIPLOMAT.id,
        kind=Kind.RENEWED,
        season=season,
        premiere=None,
        headline="Renewed",
        summary="",
        sources=(Source("TVLine", url, NOW),),
    )
    async with database.transaction() as tx:
        story_id = await add_story(tx, story)
        await add_announcements(tx, story_id, NOW)
    return story_id


async def lease(database: Database, now: datetime = NOW, limit: int = 10) -> tuple[Announcement, ...]:
    """Lease what is due."""
    async with database.transaction() as tx:
        return await lease_due(tx, now, now + timedelta(minutes=5), limit)


@pytest.fixture(autouse=True)
async def followers(database: Database) -> None:
    """Two servers with a channel and one without follow the show; one has its own channel for it."""
    from bot.storage.shows import add_shows

    async with database.transaction() as tx:
        await add_shows(tx, [Listing(DIPLOMAT, 1)])
        for guild, channel in ((1, 11), (2, 22), (3, None), (4, 44)):
            await add_guild(tx, GuildId(guild), NOW)
            await record_channel(tx, GuildId(guild), None if channel is None else ChannelId(channel))
            own = ChannelId(222) if guild == 2 else None
            await add_follow(tx, Follow(GuildId(guild), DIPLOMAT.id, own), NOW)
        await record_left(tx, GuildId(4), NOW)


async def test_every_follower_with_a_channel_hears_a_story(database: Database) -> None:
    await tell(database)
    assert [(one.guild_id, one.channel_id) for one in await lease(database)] == [(1, 11), (2, 222)]


async def test_an_announcement_carries_its_story_and_show(database: Database) -> None:
    story_id = await tell(database)
    first, _ = await lease(database)
    assert first.show == DIPLOMAT
    assert (first.story.id, first.story.season, first.attempts) == (story_id, 2, 1)
    assert first.story.sources == (Source("TVLine", "https://tvline.test/1", NOW),)
    assert first.message_id is None


async def test_a_story_reaches_a_channel_once(database: Database) -> None:
    story_id = await tell(database)
    async with database.transaction() as tx:
        assert await add_announcements(tx, story_id, NOW) == 0
        assert await count_pending(tx) == 2
        assert await count_pending(tx, GuildId(1)) == 1


async def test_what_is_leased_is_not_given_out_again_until_the_lease_ends(database: Database) -> None:
    await tell(database)
    assert len(await lease(database)) == 2
    assert await lease(database) == ()
    again = await lease(database, LEASE)
    assert [one.attempts for one in again] == [2, 2]


async def test_a_channel_gets_its_messages_in_order(database: Database) -> None:
    first, second = await tell(database), await tell(database, "https://tvline.test/2", season=3)
    taken = await lease(database)
    assert {one.story.id for one in taken} == {first}
    async with database.transaction() as tx:
        await record_sent(tx, taken[0].id, MessageId(5), 1, NOW)
        await record_later(tx, taken[1].id, NOW + timedelta(hours=1), "HTTP 500")
    assert [(one.story.id, one.channel_id) for one in await lease(database)] == [(second, 11)]


async def test_a_lease_has_its_limit(database: Database) -> None:
    await tell(database)
    assert len(await lease(database, limit=1)) == 1


async def test_a_first_try_that_its_nonce_no_longer_covers_is_told(database: Database) -> None:
    await tell(database)
    first = (await lease(database))[0]
    async with database.transaction() as tx:
        await record_later(tx, first.id, NOW, "Discord did not answer in time")
    (soon,) = (one for one in await lease(database, NOW + NONCE_LIFE) if one.id == first.id)
    async with database.transaction() as tx:
        await record_later(tx, first.id, NOW, "Discord did not answer in time")
    late = NOW + NONCE_LIFE + timedelta(seconds=1)
    (again,) = (one for one in await lease(database, late) if one.id == first.id)
    assert (first.doubtful_since, soon.doubtful_since, again.doubtful_since) == (None, None, NOW)


async def test_a_changed_story_asks_for_an_edit_but_not_twice_a_minute(database: Database) -> None:
    story_id = await tell(database)
    (taken, other) = await lease(database)
    async with database.transaction() as tx:
        await record_sent(tx, taken.id, MessageId(5), 1, NOW)
        await record_given_up(tx, other.id, "the channel is gone")
    await further_source(database, story_id)
    async with database.transaction() as tx:
        assert await mark_changed(tx, story_id, NOW) == 1
    assert await lease(database) == ()
    edited_at = NOW + GATHER
    (edit,) = await lease(database, edited_at)
    assert (edit.message_id, edit.story.revision, edit.attempts) == (5, 2, 1)
    async with database.transaction() as tx:
        await record_sent(tx, edit.id, MessageId(5), 2, edited_at)
        assert await count_pending(tx) == 0
        await mark_changed(tx, story_id, edited_at)
    assert await lease(database, edited_at + EDIT_GAP / 2) == ()
    assert len(await lease(database, edited_at + EDIT_GAP)) == 1


async def test_a_story_that_grows_while_it_is_sent_is_edited_afterwards(database: Database) -> None:
    story_id = await tell(database)
    taken, _ = await lease(database)
    await further_source(database, story_id)
    async with database.transaction() as tx:
        assert await mark_changed(tx, story_id, NOW) == 0
        await record_sent(tx, taken.id, MessageId(5), taken.story.revision, NOW)
    edits = [one for one in await lease(database, NOW + GATHER) if one.message_id]
    assert [one.id for one in edits] == [taken.id]


async def test_nothing_more_is_sent_to_a_server_that_removed_the_bot(database: Database) -> None:
    await tell(database)
    async with database.transaction() as tx:
        await record_left(tx, GuildId(1), NOW)
    assert [one.guild_id for one in await lease(database)] == [2]


async def further_source(database: Database, story_id: StoryId) -> None:
    """Let a second outlet tell the story."""
    async with database.transaction() as tx:
        story = (await get_stories(tx, {story_id}))[story_id]
        source = Source("Variety", "https://variety.test/1", NOW)
        await record_told(tx, story, source, season=story.season, premiere=None)


def closed(channel_id: int, guild_id: int) -> Trouble:
    """Close a channel for an hour."""
    return Trouble(ChannelId(channel_id), GuildId(guild_id), "no", NOW, NOW + timedelta(hours=1))


async def test_closed_channel_gets_nothing_until_its_probe_and_then_the_oldest_alone(
    database: Database,
) -> None:
    first = await tell(database)
    taken = await lease(database)
    async with database.transaction() as tx:
        for one in taken:
            await record_sent(tx, one.id, MessageId(one.id), 1, NOW)
    await further_source(database, first)
    await tell(database, "https://tvline.test/2", season=3)
    async with database.transaction() as tx:
        await mark_changed(tx, first, NOW)
        for one in taken:
            await record_trouble(tx, closed(one.channel_id, one.guild_id))
    assert await lease(database, NOW + GATHER) == ()
    probes = await lease(database, NOW + timedelta(hours=1))
    assert [one.message_id for one in probes] == [one.id for one in taken]
    assert await lease(database, NOW + timedelta(hours=1)) == ()


async def test_clock_that_was_put_back_leaves_nothing_waiting_for_the_old_time(database: Database) -> None:
    await tell(database)
    future = NOW + timedelta(days=1)
    taken = await lease(database, future)
    async with database.transaction() as tx:
        await record_later(tx, taken[0].id, future, "Discord answered 503")
        await record_trouble(tx, replace(closed(taken[1].channel_id, 2), probe_at=future))
    assert await lease(database) == ()
    async with database.transaction() as tx:
        assert await recall(tx, NOW, NOW + timedelta(hours=1)) == 1
    assert [one.id for one in await lease(database)] == [one.id for one in taken]


async def test_what_waited_too_long_is_given_up(database: Database) -> None:
    await tell(database)
    sent, _ = await lease(database)
    async with database.transaction() as tx:
        await record_sent(tx, sent.id, MessageId(5), 1, NOW)
        assert await forget_waiting_since(tx, NOW) == 0
        assert await forget_waiting_since(tx, NOW + timedelta(seconds=1)) == 1
        assert await count_pending(tx) == 0


async def test_what_could_not_be_sent_moves_to_another_channel(database: Database) -> None:
    await tell(database)
    await tell(database, "https://tvline.test/2", season=3)
    taken = await lease(database)
    async with database.transaction() as tx:
        for one in taken:
            await record_later(tx, one.id, NOW, "closed")
        old = taken[0]
        assert await move_unsent(tx, old.guild_id, old.channel_id, ChannelId(99)) == 2
        assert await move_unsent(tx, old.guild_id, old.channel_id, ChannelId(99)) == 0
    assert {one.channel_id for one in await lease(database)} == {99, taken[1].channel_id}
