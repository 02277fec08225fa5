"""Polling, from the web to the outbox: what is stored, what is not, and how failures stay alone."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.config import FeedSettings
from bot.errors import StorageError
from bot.feeds.fetch import Fetched, fetch, open_session
from bot.feeds.parse import Parsed, parse
from bot.jobs import poll as poll_module
from bot.jobs.poll import Polling
from bot.jobs.poller import Poller
from bot.model import (
    Article,
    ChannelId,
    Claim,
    Feed,
    Follow,
    GuildId,
    Kind,
    MessageId,
    PartialDate,
    Show,
    ShowId,
)
from bot.news.reading import Reading, Silence
from bot.storage.articles import list_seen
from bot.storage.claims import list_judged
from bot.storage.database import Database
from bot.storage.feeds import list_feeds, sync_feeds
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild, record_channel
from bot.storage.outbox import count_pending, lease_due, record_sent
from bot.storage.shows import add_shows
from bot.storage.stories import list_latest
from bot.stories.audience import Rules
from tests.fakes import FakeWeb, FrozenClock, Listing, rss

DIPLOMAT = Show(ShowId(1), "The Diplomat", 2023, network="Netflix")
RENEWED = ("/renewed", "‘The Diplomat’ renewed for season 2")
WEATHER = ("/weather", "It rains")


def understand(article: Article) -> Reading:
    """Read the few words that these tests write about The Diplomat, and nothing else."""
    if "poison" in article.title:
        raise RuntimeError("a bug")
    claims = []
    if found := re.search(r"renewed for season (\d)", article.title):
        claims.append(Claim(DIPLOMAT.id, Kind.RENEWED, int(found[1]), confidence=0.9))
    if found := re.search(r"cancelled after season (\d)", article.title):
        claims.append(Claim(DIPLOMAT.id, Kind.CANCELLED, int(found[1]), confidence=0.9))
    if found := re.search(r"dated (\S+)", article.title):
        claims.append(Claim(DIPLOMAT.id, Kind.PREMIERE_DATE, 3, PartialDate.parse(found[1]), confidence=0.9))
    if claims:
        return Reading(article, (DIPLOMAT,), tuple(claims))
    return Reading(article, silences=(Silence("no show is named"),))


async def parse_here(document: Fetched, *, source: str, read_at: object) -> Parsed:
    """Parse in this process."""
    kept = {"content_type": document.content_type, "url": document.url, "source": source}
    return parse(document.body, read_at=read_at, **kept)  # type: ignore[arg-type] # the clock's own time


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    """A web of our own."""
    async with FakeWeb() as served:
        yield served


@pytest.fixture
def clock() -> FrozenClock:
    """Noon of the day on which season 2 was ordered."""
    return FrozenClock()


@pytest.fixture
async def polling(clock: FrozenClock) -> AsyncIterator[Polling]:
    """Polling of the loopback, every ten minutes, without jitter."""
    async with open_session(["127.0.0.0/8"]) as session:
        yield Polling(
            fetch=partial(fetch, session),
            parse=parse_here,
            understand=understand,
            rules=Rules(announce_at=0.5),
            interval_s=600,
            host_gap_s=0,
            now=clock,
            jitter=lambda: 0.0,
        )


async def subscribe(database: Database, clock: FrozenClock, *urls: str) -> None:
    """Poll these addresses; one server follows The Diplomat."""
    named = [FeedSettings(name=f"Outlet {number}", url=url) for number, url in enumerate(urls, 1)]
    async with database.transaction() as tx:
        await sync_feeds(tx, named, clock())
        await add_shows(tx, [Listing(DIPLOMAT)])
        await add_guild(tx, GuildId(7), clock())
        await record_channel(tx, GuildId(7), ChannelId(70))
        await add_follow(tx, Follow(GuildId(7), DIPLOMAT.id), clock())


async def feeds(database: Database) -> tuple[Feed, ...]:
    """Give the feeds as they are stored."""
    async with database.reading() as tx:
        return await list_feeds(tx)


async def pending(database: Database) -> int:
    """Count what waits in the outbox."""
    async with database.reading() as tx:
        return await count_pending(tx)


async def poll_later(poller: Poller, clock: FrozenClock) -> int:
    """Poll ten minutes later."""
    clock.go_on(minutes=11)
    return await poller.poll_due()


async def test_a_feeds_first_reading_is_stored_and_silent(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(RENEWED), ETag='"1"'))
    assert await Poller(database, polling).poll_due() == 1
    (feed,) = await feeds(database)
    assert (feed.etag, feed.first_polled_at, feed.failures) == ('"1"', clock(), 0)
    assert feed.next_poll_at == clock() + timedelta(minutes=10)
    async with database.reading() as tx:
        (story,) = await list_latest(tx)
    assert (story.kind, story.season, story.sources[0].name) == (Kind.RENEWED, 2, "Outlet 1")
    assert await pending(database) == 0


async def test_later_news_goes_into_the_outbox_and_wakes_the_deliverer(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    woken: list[bool] = []
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, replace(polling, wake=lambda: woken.append(True)))
    await poller.poll_due()
    web.put("/feed", rss(WEATHER, RENEWED))
    assert await poller.poll_due() == 0
    assert await poll_later(poller, clock) == 1
    assert await pending(database) == 1
    assert woken == [True]


async def test_what_did_not_change_is_asked_for_and_left(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER), ETag='"1"', Cache_Control="max-age=3600"))
    poller = Poller(database, polling)
    await poller.poll_due()
    clock.go_on(hours=2)
    await poller.poll_due()
    (feed,) = await feeds(database)
    assert (feed.etag, feed.last_polled_at, feed.last_error) == ('"1"', clock(), None)
    assert len(web.asked) == 2


async def test_a_second_outlet_edits_the_message_and_sends_none(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    first, second = web.put("/1", rss(WEATHER)), web.put("/2", rss(WEATHER))
    await subscribe(database, clock, first, second)
    poller = Poller(database, polling)
    await poller.poll_due()
    web.put("/1", rss(WEATHER, RENEWED))
    await poll_later(poller, clock)
    web.put("/2", rss(WEATHER, ("/other", "The Diplomat is renewed for season 2, too")))
    await poll_later(poller, clock)
    async with database.reading() as tx:
        (story,) = await list_latest(tx)
    assert [source.name for source in story.sources] == ["Outlet 1", "Outlet 2"]
    assert story.revision == 2
    assert await pending(database) == 1


async def test_an_article_of_two_facts_makes_two_messages_and_a_day_for_one_a_third(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    web.put("/feed", rss(WEATHER, ("/4", "renewed for season 4, season 3 dated 2025-fall")))
    await poll_later(poller, clock)
    assert await pending(database) == 2
    web.put("/feed", rss(WEATHER, ("/3", "season 3 dated 2025-10-16")))
    await poll_later(poller, clock)
    async with database.reading() as tx:
        told = {(story.kind, str(story.premiere)) for story in await list_latest(tx)}
    fall, day = (Kind.PREMIERE_DATE, "2025-fall"), (Kind.PREMIERE_DATE, "2025-10-16")
    assert told == {(Kind.RENEWED, "None"), fall, day}
    assert await pending(database) == 3


async def test_an_edited_article_is_read_again_but_makes_no_second_message(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    web.put("/feed", rss(WEATHER, RENEWED))
    await poll_later(poller, clock)
    web.put("/feed", rss(WEATHER, (RENEWED[0], "The Diplomat is renewed for season 2; season 3 dated 2025")))
    await poll_later(poller, clock)
    async with database.reading() as tx:
        stories = await list_latest(tx)
        (article,) = (one for one in await list_seen(tx, (await list_feeds(tx))[0].id, window("/renewed")))
        verdicts = [one.verdict for one in await list_judged(tx, article.id)]
    assert {story.kind for story in stories} == {Kind.RENEWED}
    assert await pending(database) == 1
    assert verdicts == [
        "nothing new: this page told it already",
        "an edit of an article that told its news before",
    ]


async def test_an_article_that_becomes_news_by_an_edit_is_announced(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    web.put("/feed", rss(WEATHER, (RENEWED[0], "News to come")))
    await poll_later(poller, clock)
    web.put("/feed", rss(WEATHER, RENEWED))
    await poll_later(poller, clock)
    assert await pending(database) == 1


async def test_a_show_that_is_saved_is_told_anew_and_changes_the_message_of_its_end(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    ended = ("/ended", "The Diplomat is cancelled after season 2")
    web.put("/feed", rss(WEATHER, ended))
    await poll_later(poller, clock)
    async with database.transaction() as tx:
        (end,) = await lease_due(tx, clock(), clock(), 9)
        await record_sent(tx, end.id, MessageId(500), end.story.revision, clock())
    web.put("/feed", rss(WEATHER, ended, ("/saved", "The Diplomat is renewed for season 3 elsewhere")))
    await poll_later(poller, clock)
    clock.go_on(minutes=1)
    async with database.transaction() as tx:
        edit, saved = await lease_due(tx, clock(), clock(), 9)
    assert (edit.id, edit.later) == (end.id, saved.story)
    assert saved.earlier == edit.story
    assert (saved.story.kind, saved.reply_to) == (Kind.RENEWED, 500)


async def test_a_date_that_was_read_in_silence_is_heard_once_it_says_more(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    vague = ("/vague", "season 3 dated 2025")
    await subscribe(database, clock, web.put("/1", rss(vague)), web.put("/2", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    web.put("/2", rss(WEATHER, ("/fall", "season 3 dated 2025-fall")))
    await poll_later(poller, clock)
    async with database.reading() as tx:
        (story,) = await list_latest(tx)
    assert str(story.premiere) == "2025-fall"
    assert await pending(database) == 1


async def corrections(database: Database) -> list[str | None]:
    """Give what each source of the only story says of itself by now."""
    async with database.reading() as tx:
        (story,) = await list_latest(tx)
    return [source.correction for source in story.sources]


async def test_a_page_that_takes_its_news_back_is_named_in_the_message_until_it_stands_by_it_again(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    web.put("/feed", rss(WEATHER, RENEWED))
    await poll_later(poller, clock)
    assert await corrections(database) == [None]
    for title, told in (
        ("Correction: no season 2 yet", "Correction: no season 2 yet"),
        ("poison", "Correction: no season 2 yet"),
        ("The Diplomat is renewed for season 2 after all", None),
        ("The Diplomat: nothing is known", "The Diplomat: nothing is known"),
    ):
        web.put("/feed", rss(WEATHER, (RENEWED[0], title)))
        await poll_later(poller, clock)
        assert await corrections(database) == [told]
    assert await pending(database) == 1


async def test_an_edit_below_the_headline_corrects_nothing(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    web.put("/feed", rss(WEATHER, RENEWED))
    await poll_later(poller, clock)
    web.put(
        "/feed",
        rss(WEATHER, RENEWED).replace("</item></channel>", "<category>TV</category></item></channel>"),
    )
    await poll_later(poller, clock)
    assert await corrections(database) == [None]


async def test_silence_is_stored_with_its_reason(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    await Poller(database, polling).poll_due()
    async with database.reading() as tx:
        (article,) = await list_seen(tx, (await list_feeds(tx))[0].id, window("/weather"))
        assert [one.verdict for one in await list_judged(tx, article.id)] == ["no show is named"]


async def test_one_feeds_failure_stops_no_other(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    gone = web.put("/gone", "", status=503, Retry_After="7200")
    page = web.put("/page", "<html><body>Hello</body></html>")
    await subscribe(database, clock, gone, page, web.put("/feed", rss(WEATHER)))
    await Poller(database, polling).poll_due()
    missing, html, good = await feeds(database)
    assert (missing.failures, missing.next_poll_at) == (1, clock() + timedelta(hours=2))
    assert missing.last_error == "127.0.0.1 answered 503."
    assert (html.failures, html.first_polled_at) == (1, None)
    assert good.last_error is None


async def test_a_fault_in_reading_one_article_costs_that_article_only(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(("/bad", "poison"), RENEWED)))
    await Poller(database, polling).poll_due()
    assert "article not understood" in caplog.text
    async with database.reading() as tx:
        assert len(await list_latest(tx)) == 1


async def test_a_fault_of_ours_puts_the_feed_off(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> Parsed:
        raise RuntimeError("a bug")

    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    await Poller(database, replace(polling, parse=broken)).poll_due()
    (feed,) = await feeds(database)
    assert (feed.failures, feed.last_error) == (1, "a fault of ours; the log tells more")
    assert feed.next_poll_at == clock() + timedelta(minutes=20)
    assert "feed failed" in caplog.text


async def test_a_window_that_shares_no_entry_with_the_last_is_warned_of(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    poller = Poller(database, polling)
    await poller.poll_due()
    assert "feed window overrun" not in caplog.text
    web.put("/feed", rss(("/next", "Sunshine")))
    await poll_later(poller, clock)
    assert "feed window overrun" in caplog.text


async def test_a_poll_is_one_line_of_the_log(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.jobs.poller")
    await subscribe(database, clock, web.put("/feed", rss(RENEWED)))
    await Poller(database, polling).poll_due()
    (line,) = [record for record in caplog.records if record.message == "feed polled"]
    told = vars(line)["greenlit_fields"]
    assert (told["status"], told["new"], told["stories"], told["announcements"]) == (200, 1, 1, 0)


async def test_no_feed_is_polled_twice_at_once(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling
) -> None:
    await subscribe(database, clock, web.put("/feed", rss(WEATHER)))
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow(document: Fetched, **named: object) -> Parsed:
        entered.set()
        await leave.wait()
        return await parse_here(document, **named)  # type: ignore[arg-type] # passed on as they came

    poller = Poller(database, replace(polling, parse=slow))
    first = asyncio.create_task(poller.poll_due())
    await entered.wait()
    assert await poller.poll_due() == 0
    leave.set()
    assert await first == 1


STEPS = (
    "add_articles",
    "record_changed",
    "record_seen",
    "list_told_by",
    "tell",
    "record_read",
)


@pytest.fixture(params=STEPS)
def broken_step(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let a poll's transaction fail right after one of its steps."""
    step: str = request.param
    real = getattr(poll_module, step)

    async def fails_afterwards(*values: object, **named: object) -> None:
        await real(*values, **named)
        raise StorageError("the database is locked.")

    monkeypatch.setattr(poll_module, step, fails_afterwards)
    yield step
    monkeypatch.undo()


async def test_a_poll_is_stored_wholly_or_not_at_all(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling, broken_step: str
) -> None:
    polling = replace(polling, rules=Rules(announce_at=0.5, first_poll_max_age=timedelta(hours=6)))
    await subscribe(database, clock, web.put("/feed", rss(RENEWED), ETag='"1"'))
    (before,) = await feeds(database)
    await Poller(database, polling).poll_due()
    assert await feeds(database) == (before,)
    async with database.reading() as tx:
        assert await list_latest(tx) == ()
        assert await list_seen(tx, before.id, window("/renewed")) == ()
        assert await count_pending(tx) == 0


async def test_after_a_crash_the_next_poll_brings_it_all(
    database: Database, web: FakeWeb, clock: FrozenClock, polling: Polling, broken_step: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    polling = replace(polling, rules=Rules(announce_at=0.5, first_poll_max_age=timedelta(hours=6)))
    await subscribe(database, clock, web.put("/feed", rss(RENEWED), ETag='"1"'))
    await Poller(database, polling).poll_due()
    monkeypatch.undo()
    await Poller(database, polling).poll_due()
    assert await pending(database) == 1


def window(path: str) -> list[Article]:
    """Make a window that holds the article at `path`."""
    return [Article("", f"https://outlet.test{path}", "", "", "")]
