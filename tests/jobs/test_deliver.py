import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

import discord
import pytest
from sqlalchemy import case, text, update

from bot import clock
from bot.delivery.flood import Limits
from bot.delivery.outcome import Outcome
from bot.delivery.pacer import Pacer
from bot.delivery.send import Sender
from bot.errors import StorageError, TokenError
from bot.jobs import deliver
from bot.jobs.deliver import Deliverer
from bot.model import Announcement, ChannelId, Follow, GuildId, Kind, Show, ShowId, Source, Story, StoryId
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild, record_left
from bot.storage.outbox import add_announcements, count_pending, mark_changed
from bot.storage.shows import add_shows
from bot.storage.stories import add_story, get_stories, record_told
from bot.storage.tables import announcements
from bot.storage.troubles import get_trouble, probe_soon
from tests.fakes import FakeDiscord, Listing, discord_error

DIPLOMAT = Show(ShowId(55), "The Diplomat", 2023, network="Netflix")


def make_deliverer(database: Database, fake: FakeDiscord, limits: Limits = Limits()) -> Deliverer:  # noqa: B008 - frozen
    return Deliverer(database, Sender(cast(discord.Client, fake)), Pacer(10_000), limits)


@asynccontextmanager
async def running(deliverer: Deliverer) -> AsyncIterator[None]:
    task = asyncio.create_task(deliverer.run())
    yield
    await deliverer.stop()
    await task


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what is waited for knows nothing of tests
            await asyncio.sleep(0.005)


async def tell(database: Database, *headlines: str, channels: int = 1) -> list[StoryId]:
    """Put a story for each headline into the outbox, for `channels` servers with a channel each."""
    told = []
    now = clock.now()
    async with database.transaction() as tx:
        await add_shows(tx, [Listing(DIPLOMAT)])
        for number in range(channels):
            await add_guild(tx, GuildId(number), now)
            await add_follow(tx, Follow(GuildId(number), DIPLOMAT.id, ChannelId(100 + number)), now)
        for season, headline in enumerate(headlines, 2):
            source = Source("TVLine", f"https://tvline.com/{season}", now)
            story = Story(StoryId(0), DIPLOMAT.id, Kind.RENEWED, season, None, headline, "", (source,))
            told.append(await add_story(tx, story))
            await add_announcements(tx, told[-1], now)
    return told


async def pending(database: Database) -> int:
    async with database.reading() as tx:
        return await count_pending(tx)


async def column(database: Database, name: str) -> list[Any]:
    async with database.reading() as tx:
        rows = await tx.execute(text(f"SELECT {name} FROM announcements ORDER BY id"))  # noqa: S608 - our own names
        return [row[0] for row in rows]


async def test_each_announcement_is_sent_once_and_in_order(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fake = FakeDiscord()
    headlines = ["Renewed for two", "Renewed for three", "Renewed for four"]
    await tell(sqlite_database, *headlines, channels=4)
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 12)
    assert [fake.texts(100 + number) for number in range(4)] == [headlines] * 4
    assert await pending(sqlite_database) == 0
    sent = [record for record in caplog.records if record.message == "announcement sent"]
    assert len(sent) == 12
    assert {"announcement", "channel", "message", "kind"} <= sent[0].greenlit_fields.keys()  # type: ignore[attr-defined]  # see bot/log.py


async def test_news_that_comes_while_running_is_sent_at_once_when_woken(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    deliverer = make_deliverer(sqlite_database, fake)
    async with running(deliverer):
        await tell(sqlite_database, "Renewed")
        deliverer.wake()
        await until(lambda: len(fake.messages) == 1)


async def test_further_source_edits_the_message(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    [story_id] = await tell(sqlite_database, "Renewed")
    deliverer = make_deliverer(sqlite_database, fake)
    async with running(deliverer):
        await until(lambda: len(fake.messages) == 1)
    later = clock.now() + timedelta(minutes=2)
    async with sqlite_database.transaction() as tx:
        story = (await get_stories(tx, [story_id]))[story_id]
        variety = Source("Variety", "https://variety.com/a", clock.now())
        await record_told(tx, story, variety, season=story.season, premiere=None)
        await mark_changed(tx, story_id, later)
        await tx.execute(text("UPDATE announcements SET due_at = created_at"))
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: fake.messages[0].edits == 1)
    assert len(fake.messages) == 1
    assert "also Variety" in (fake.messages[0].embed.footer.text or "")


async def test_failed_send_holds_back_the_rest_of_its_channel(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(503)]
    await tell(sqlite_database, "Renewed for two", "Renewed for three")
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: not fake.failures)
        await asyncio.sleep(0.05)
    assert fake.messages == []
    assert await column(sqlite_database, "outcome") == ["Discord answered 503", None]
    assert await pending(sqlite_database) == 2


async def test_closed_channel_waits_while_others_get_theirs_and_is_opened_by_a_probe(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fake = FakeDiscord()
    fake.failures = [discord_error(403, 50013)]
    await tell(sqlite_database, "Renewed for two", "Renewed for three", channels=2)
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 2)
        await asyncio.sleep(0.05)
    closed, opened = sorted((100, 101), key=lambda channel: len(fake.texts(channel)))
    assert (fake.texts(closed), len(fake.texts(opened))) == ([], 2)
    async with sqlite_database.transaction() as tx:
        trouble = await get_trouble(tx, ChannelId(closed))
        assert trouble is not None
        assert await probe_soon(tx, trouble.guild_id, clock.now()) == 1
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 4)
    assert fake.texts(closed) == ["Renewed for two", "Renewed for three"]
    assert "channel open again" in caplog.text
    async with sqlite_database.reading() as tx:
        assert await get_trouble(tx, ChannelId(closed)) is None


async def test_probe_that_fails_makes_the_next_one_later(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(404, 10003), discord_error(404, 10003)]
    await tell(sqlite_database, "Renewed for two", "Renewed for three")
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.failures) == 1)
    async with sqlite_database.transaction() as tx:
        await tx.execute(text("UPDATE channel_troubles SET probe_at = since"))
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: not fake.failures)
    async with sqlite_database.reading() as tx:
        trouble = await get_trouble(tx, ChannelId(100))
    assert trouble is not None
    assert (trouble.probes, trouble.why) == (1, "the channel was deleted")
    assert trouble.probe_at - clock.now() > timedelta(minutes=19)
    assert fake.messages == []


async def test_what_is_over_the_hours_cap_is_told_in_one_message_that_grows(
    sqlite_database: Database,
) -> None:
    fake = FakeDiscord()
    headlines = [f"Renewed for {number}" for number in range(2, 8)]
    await tell(sqlite_database, *headlines)
    deliverer = make_deliverer(sqlite_database, fake, Limits(hourly_cap=3))
    async with running(deliverer):
        await until(lambda: len(fake.messages) == 4)
        await tell_more(sqlite_database)
        deliverer.wake()
        await until(lambda: fake.messages[3].edits == 1)
        await pending_is(sqlite_database, 0)
    assert fake.texts(100) == [*headlines[:3], "4 more pieces of news"]
    told = fake.messages[3].embed.description or ""
    assert all(f"[{headline}](https://tvline.com/" in told for headline in headlines[3:])
    assert "[Cast](https://variety.com/b)" in told
    assert None not in await column(sqlite_database, "sent_at")


async def test_after_a_long_outage_there_is_one_summary_and_then_the_fresh_news(
    sqlite_database: Database,
) -> None:
    fake = FakeDiscord()
    await tell(sqlite_database, *[f"Renewed for {number}" for number in range(2, 6)])
    await age(sqlite_database, days=4)
    await tell_more(sqlite_database)
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 2)
    assert fake.texts(100) == ["4 more pieces of news", "Cast"]
    assert await pending(sqlite_database) == 0


async def test_single_old_announcement_is_told_as_itself(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed")
    await age(sqlite_database, days=4)
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 1)
    assert fake.texts(100) == ["Renewed"]


async def test_old_announcement_that_may_be_there_already_joins_no_summary(sqlite_database: Database) -> None:
    fake = FakeDiscord(forgets_nonces=True)
    fake.lost_answers = [TimeoutError()]
    await tell(sqlite_database, "Renewed for two", "Renewed for three", "Renewed for four")
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: not fake.lost_answers)
    await age(sqlite_database, days=4)
    await make_due(sqlite_database)
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 2)
    assert fake.texts(100) == ["Renewed for two", "2 more pieces of news"]


async def test_what_a_deleted_summary_had_not_shown_begins_another(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "GATHER", timedelta(0))
    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed for two", "Renewed for three", "Renewed for four")
    deliverer = make_deliverer(sqlite_database, fake, Limits(hourly_cap=1))
    async with running(deliverer):
        await until(lambda: len(fake.messages) == 2)
        await pending_is(sqlite_database, 0)
        fake.failures = [discord_error(404, 10008)]
        await tell_more(sqlite_database)
        deliverer.wake()
        await until(lambda: len(fake.messages) == 3)
    assert fake.texts(100) == ["Renewed for two", "2 more pieces of news", "One more piece of news"]


async def test_summary_that_is_full_is_followed_by_another(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    headlines = [f"{number} {'long ' * 18}" for number in range(60)]
    await tell(sqlite_database, *headlines)
    async with running(make_deliverer(sqlite_database, fake, Limits(hourly_cap=1))):
        await until(lambda: len(fake.messages) == 4)
    told = " ".join(message.embed.description or "" for message in fake.messages[1:])
    assert all(f"[{number} long" in told for number in range(1, 60))
    assert await pending(sqlite_database) == 0


async def pending_is(database: Database, count: int) -> None:
    async with asyncio.timeout(10):
        while await pending(database) != count:  # noqa: ASYNC110 - another task's work, without an event
            await asyncio.sleep(0.005)


async def make_due(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE announcements SET due_at = created_at WHERE due_at IS NOT NULL"))


async def age(database: Database, **length: int) -> None:
    """Let what waits have waited so long."""
    then = clock.now() - timedelta(**length)
    async with database.transaction() as tx:
        await tx.execute(
            update(announcements).values(
                created_at=then, due_at=then, first_tried_at=case((announcements.c.attempts > 0, then))
            )
        )


async def test_two_processes_on_one_database_send_nothing_twice_and_keep_the_order(
    database: Database,
) -> None:
    fake = FakeDiscord(forgets_nonces=True)
    headlines = [f"Renewed for {number}" for number in range(2, 8)]
    await tell(database, *headlines, channels=10)
    async with running(make_deliverer(database, fake)), running(make_deliverer(database, fake)):
        await until(lambda: len(fake.messages) >= 60)
        await pending_is(database, 0)
    assert [fake.texts(100 + number) for number in range(10)] == [headlines] * 10


async def test_clock_put_forward_sends_nothing_twice(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell(sqlite_database, "Renewed")
    hanging = Hanging()
    deliverer = Deliverer(sqlite_database, hanging, Pacer(10_000))
    task = asyncio.create_task(deliverer.run())
    await hanging.begun.wait()
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    for _ in range(3):
        deliverer.wake()
        await asyncio.sleep(0.05)
    assert hanging.sends == 1
    await deliverer.stop(grace_s=0.01)
    await task


async def test_clock_put_back_holds_up_nothing(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(503)]
    await tell(sqlite_database, "Renewed")
    deliverer = make_deliverer(sqlite_database, fake)
    async with running(deliverer):
        await until(lambda: not fake.failures)
        await pending_is(sqlite_database, 1)
        earlier = clock.now() - timedelta(hours=3)
        monkeypatch.setattr(clock, "now", lambda: earlier)
        deliverer.wake()
        await until(lambda: len(fake.messages) == 1)


async def test_database_that_another_program_locks_for_a_while_is_outlived(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    fake = FakeDiscord()
    database = await Database.open(sqlite_url, busy_timeout_s=0.02)
    await tell(database, "Renewed")
    other = sqlite3.connect(sqlite_url.partition("///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    deliverer = make_deliverer(database, fake)
    async with running(deliverer):
        await until(lambda: "outbox unreadable" in caplog.text)
        other.execute("COMMIT")
        deliverer.wake()
        await until(lambda: len(fake.messages) == 1)
    other.close()
    assert await pending(database) == 0
    await database.close()


async def test_server_that_left_and_returned_gets_what_is_new_since(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed for two")
    async with sqlite_database.transaction() as tx:
        await record_left(tx, GuildId(0), clock.now())
        await add_guild(tx, GuildId(0), clock.now())
    await tell_more(sqlite_database)
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 1)
    assert fake.texts(100) == ["Cast"]


async def test_message_that_was_deleted_holds_up_nothing(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(404, 10008)]
    await tell(sqlite_database, "Renewed for two", "Renewed for three")
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 1)
    assert await column(sqlite_database, "outcome") == ["the message was deleted", "sent"]


async def test_lost_answer_is_asked_again_and_doubles_nothing(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    fake.lost_answers = [ConnectionResetError()]
    await tell(sqlite_database, "Renewed")
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: not fake.lost_answers)
    async with sqlite_database.transaction() as tx:
        await tx.execute(text("UPDATE announcements SET due_at = created_at, leased_until = NULL"))
    async with running(make_deliverer(sqlite_database, fake)):
        await pending_is(sqlite_database, 0)
    assert len(fake.messages) == 1
    assert await column(sqlite_database, "message_id") == [fake.messages[0].id]


async def test_refused_token_stops_all_with_a_sentence(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(401)]
    await tell(sqlite_database, "Renewed")
    with pytest.raises(TokenError, match="no longer accepts"):
        await make_deliverer(sqlite_database, fake).run()
    assert await pending(sqlite_database) == 1


async def test_silence_that_discord_asks_for_holds_every_channel(sqlite_database: Database) -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(429, headers={"Retry-After": "600"})]
    await tell(sqlite_database, "Renewed", channels=2)
    deliverer = make_deliverer(sqlite_database, fake)
    task = asyncio.create_task(deliverer.run())
    await until(lambda: not fake.failures)
    await tell_more(sqlite_database)
    deliverer.wake()
    await asyncio.sleep(0.05)
    await deliverer.stop(grace_s=0)
    await task
    assert len(fake.messages) <= 1  # the one whose turn had come already


async def tell_more(database: Database) -> None:
    now = clock.now()
    async with database.transaction() as tx:
        source = Source("Variety", "https://variety.com/b", now)
        story = Story(StoryId(0), DIPLOMAT.id, Kind.CASTING, 2, None, "Cast", "", (source,))
        await add_announcements(tx, await add_story(tx, story), now)


class Broken:
    """A sender with a bug."""

    async def send(self, announcement: Announcement) -> Outcome:
        raise ValueError("bug")


async def test_fault_of_ours_is_logged_and_tried_a_few_times_only(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await tell(sqlite_database, "Renewed")
    for _ in range(5):
        async with sqlite_database.transaction() as tx:
            await tx.execute(text("UPDATE announcements SET due_at = created_at WHERE due_at IS NOT NULL"))
        count = len(caplog.records)
        async with running(Deliverer(sqlite_database, Broken(), Pacer(10_000))):
            await until(lambda seen=count: len(caplog.records) > seen)  # type: ignore[misc]  # bound now
    assert await pending(sqlite_database) == 0
    assert await column(sqlite_database, "outcome") == ["a fault of ours, see the log"]


async def test_announcement_whose_lease_is_nearly_over_is_left_for_the_next_look(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "LEASE", timedelta(seconds=1))
    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed")
    async with running(make_deliverer(sqlite_database, fake)):
        await asyncio.sleep(0.1)
    assert fake.messages == []
    assert await column(sqlite_database, "outcome") == ["its turn came too late"]


async def test_full_house_takes_no_more(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "MAX_UNDER_WAY", 1)
    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed", channels=5)
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: len(fake.messages) == 5)


async def test_fault_of_ours_in_the_outbox_is_logged_and_outlived(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ValueError("bug")

    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed")
    deliverer = make_deliverer(sqlite_database, fake)
    with monkeypatch.context() as patched:
        patched.setattr(deliver, "lease_due", broken)
        patched.setattr(deliver, "record_sent", broken)
        task = asyncio.create_task(deliverer.run())
        await until(lambda: "outbox unreadable" in caplog.text)
        patched.undo()
        patched.setattr(deliver, "record_sent", broken)
        deliverer.wake()
        await until(lambda: "delivery failed" in caplog.text)
    await deliverer.stop()
    await task
    assert len(fake.messages) == 1


async def test_outcome_that_cannot_be_recorded_leaves_the_announcement_leased(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def locked(*_: object, **__: object) -> None:
        raise StorageError("locked")

    monkeypatch.setattr(deliver, "record_sent", locked)
    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed")
    async with running(make_deliverer(sqlite_database, fake)):
        await until(lambda: caplog.text.count("outcome unrecorded") == 3)
    assert await pending(sqlite_database) == 1


class Hanging:
    """A sender that waits until it is let go."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.sends = 0

    async def send(self, announcement: Announcement) -> Outcome:
        self.sends += 1
        self.begun.set()
        await asyncio.Event().wait()
        raise AssertionError


async def test_stop_waits_no_longer_than_its_grace(sqlite_database: Database) -> None:
    await tell(sqlite_database, "Renewed")
    hanging = Hanging()
    deliverer = Deliverer(sqlite_database, hanging, Pacer(10_000))
    task = asyncio.create_task(deliverer.run())
    await hanging.begun.wait()
    await deliverer.stop(grace_s=0.01)
    await task
    assert await pending(sqlite_database) == 1


async def test_database_in_trouble_is_outlived(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fake = FakeDiscord()
    await tell(sqlite_database, "Renewed")
    healthy = deliver.lease_due, deliver.record_sent
    troubles = iter(range(2))

    def failing(function: Callable[..., Any]) -> Callable[..., Any]:
        async def maybe(*args: Any, **named: Any) -> Any:
            if next(troubles, None) is not None:
                raise StorageError("locked")
            return await function(*args, **named)

        return maybe

    monkeypatch.setattr(deliver, "lease_due", failing(healthy[0]))
    monkeypatch.setattr(deliver, "record_sent", failing(healthy[1]))
    deliverer = make_deliverer(sqlite_database, fake)
    async with running(deliverer):
        await until(lambda: "outbox unreadable" in caplog.text)
        deliverer.wake()
        await until(lambda: len(fake.messages) == 1)
    assert await pending(sqlite_database) == 0
