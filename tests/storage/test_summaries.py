"""Announcements that are told in the message of another."""

from datetime import timedelta

from bot.model import ChannelId, MessageId
from bot.storage.database import Database
from bot.storage.outbox import GATHER, count_pending, mark_grown, record_given_up, record_sent
from bot.storage.summaries import count_sent_since, find_open_summary, list_waiting, tell_in
from tests.storage.test_outbox import NOW, followers, lease, tell

__all__ = ["followers"]
HOUR = timedelta(hours=1)


async def told_thrice(database: Database) -> ChannelId:
    """Let three stories wait for each of two channels; give the one of the first."""
    for number in (1, 2, 3):
        await tell(database, f"https://tvline.test/{number}", season=number)
    return (await lease(database, limit=1))[0].channel_id


async def test_summary_tells_the_others_and_grows_by_edits(database: Database) -> None:
    channel = await told_thrice(database)
    async with database.transaction() as tx:
        first, second, third = (one.id for one in await list_waiting(tx, channel, 10))
        await tell_in(tx, first, [first, second], NOW)
        assert [one.id for one in await list_waiting(tx, channel, 10)] == [third]
        assert await find_open_summary(tx, channel, NOW) is None
    (summary,) = (one for one in await lease(database) if one.channel_id == channel)
    assert [one.id for one in summary.listed] == [first, second]
    async with database.transaction() as tx:
        await record_sent(tx, first, MessageId(5), 1, NOW, [first, second])
        found = await find_open_summary(tx, channel, NOW)
        assert found == (first, summary.listed)
        assert await find_open_summary(tx, channel, NOW + HOUR) is None
        assert await count_sent_since(tx, [channel], NOW) == {}
        await tell_in(tx, first, [third], NOW)
        await mark_grown(tx, first, NOW)
    (edit,) = (one for one in await lease(database, NOW + GATHER) if one.channel_id == channel)
    assert (edit.message_id, [one.id for one in edit.listed]) == (5, [first, second, third])


async def test_summary_that_grew_while_it_was_edited_is_edited_again(database: Database) -> None:
    channel = await told_thrice(database)
    async with database.transaction() as tx:
        first, second, third = (one.id for one in await list_waiting(tx, channel, 10))
        await tell_in(tx, first, [first, second, third], NOW)
        before = await count_pending(tx)
        await record_sent(tx, first, MessageId(5), 1, NOW, [first, second])
        assert await count_pending(tx) == before
        await record_sent(tx, first, MessageId(5), 1, NOW, [first, second, third])
        assert await count_pending(tx) == before - 1


async def test_what_a_lost_summary_had_not_shown_waits_again(database: Database) -> None:
    channel = await told_thrice(database)
    async with database.transaction() as tx:
        first, second, third = (one.id for one in await list_waiting(tx, channel, 10))
        await tell_in(tx, first, [first, second, third], NOW)
        await record_sent(tx, first, MessageId(5), 1, NOW, [first, second])
        await record_given_up(tx, first, "the message was deleted")
        assert [one.id for one in await list_waiting(tx, channel, 10)] == [third]
        assert await find_open_summary(tx, channel, NOW) is None


async def test_messages_of_the_last_hour_are_counted(database: Database) -> None:
    channel = await told_thrice(database)
    async with database.transaction() as tx:
        first, second, _ = (one.id for one in await list_waiting(tx, channel, 10))
        await record_sent(tx, first, MessageId(5), 1, NOW - HOUR)
        await record_sent(tx, second, MessageId(6), 1, NOW)
        assert await count_sent_since(tx, [channel, ChannelId(404)], NOW - HOUR) == {channel: 2}
        assert await count_sent_since(tx, [channel], NOW) == {channel: 1}
