"""From feed documents to the outbox: the whole chain, on a real SQLite file."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.material import Catalogue
from bench.rss import document
from bench.stalls import watched_loop
from bench.timing import seconds
from bot import clock
from bot.catalogue.listing import Listing
from bot.config import FeedSettings
from bot.feeds.fetch import Fetched
from bot.feeds.parse import parse
from bot.jobs.known_shows import KnownShows
from bot.jobs.parsing import Parser
from bot.jobs.poll import Polling
from bot.jobs.poller import Poller
from bot.model import Article, ChannelId, Follow, GuildId, ShowId
from bot.news.confidence import ANNOUNCE_AT
from bot.news.reading import Reading
from bot.news.understand import understand
from bot.storage.database import Database
from bot.storage.feeds import list_feeds, sync_feeds
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild, record_channel
from bot.storage.outbox import count_pending
from bot.storage.schema import migrate
from bot.storage.shows import add_shows
from bot.storage.stories import list_latest
from bot.stories.audience import Rules

_INTERVAL_S = 600
_ALL = 100_000


@dataclass(frozen=True, slots=True)
class PollFigures:
    """All feeds polled at once; times in seconds, medians of several runs."""

    feeds: int
    articles: int
    stories: int
    announcements: int
    guilds: int
    total_s: float
    reading_s: float
    """Of it, spent in understanding."""
    parsing_s: float
    """For comparison: the same documents parsed, and nothing else."""
    longest_stall_s: float
    """The worst of all runs."""


@dataclass(frozen=True, slots=True)
class _Run:
    total_s: float
    reading_s: float
    longest_stall_s: float
    stories: int
    announcements: int


class Web:
    """Answers each address with its document, from memory."""

    def __init__(self, documents: dict[str, bytes]) -> None:
        self._documents = documents

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Answer as `feeds.fetch.fetch` does."""
        return Fetched(url, self._documents[url], "application/rss+xml; charset=utf-8")


class _Reader:
    """Understands, and counts the seconds that it takes."""

    def __init__(self, known: KnownShows) -> None:
        self._known = known
        self.taken_s = 0.0

    def understand(self, article: Article) -> Reading:
        began = time.perf_counter()
        reading = understand(article, self._known.names)
        self.taken_s += time.perf_counter() - began
        return reading


async def measure_polling(
    catalogue: Catalogue,
    articles: Sequence[Article],
    *,
    feeds: int = 100,
    entries: int = 30,
    guilds: int = 20,
    runs: int = 3,
) -> PollFigures:
    """Poll `feeds` outlets of `entries` articles each, all due at once; everything counts as new.

    The outlets tell the same `articles` over and over, so that most stories have several sources. Each
    server follows every show with news. As in the bot, the names come from the database, and the
    parser's process has been started before.
    """
    documents = _documents(articles, feeds, entries, clock.now())
    parser = Parser()
    try:
        with TemporaryDirectory() as folder:
            template = Path(folder) / "template.db"
            known = await _prepare(template, catalogue, articles, documents, guilds)
            done = [await _run(template, documents, known, parser) for _ in range(runs)]
    finally:
        parser.close()
    return PollFigures(
        feeds=feeds,
        articles=feeds * entries,
        stories=done[-1].stories,
        announcements=done[-1].announcements,
        guilds=guilds,
        total_s=median(run.total_s for run in done),
        reading_s=median(run.reading_s for run in done),
        parsing_s=seconds(lambda: _parse_all(documents), time.perf_counter),
        longest_stall_s=max(run.longest_stall_s for run in done),
    )


def _documents(articles: Sequence[Article], feeds: int, entries: int, now: datetime) -> dict[str, bytes]:
    """Write one feed for each outlet, at a host of its own."""
    told = cycle(articles)
    outlets = [f"outlet-{number}" for number in range(1, feeds + 1)]
    return {
        f"https://{outlet}.example/feed": document(outlet, islice(told, entries), now) for outlet in outlets
    }


async def _prepare(
    path: Path, catalogue: Catalogue, articles: Sequence[Article], documents: dict[str, bytes], guilds: int
) -> KnownShows:
    """Make a database with catalogue, feeds and follows; give the catalogue as the bot holds it."""
    url, now, known = _url(path), clock.now(), KnownShows()
    await migrate(url)
    database = await Database.open(url)
    try:
        async with database.transaction() as tx:
            await add_shows(tx, (Listing(show) for show in catalogue.shows))
            await sync_feeds(tx, [FeedSettings(name=_outlet(feed), url=feed) for feed in documents], now)
        await known.reload(database)
        followed = _shows_with_news(known, articles)
        async with database.transaction() as tx:
            for guild_id in map(GuildId, range(1, guilds + 1)):
                await add_guild(tx, guild_id, now)
                await record_channel(tx, guild_id, ChannelId(1000 + guild_id))
                for show_id in followed:
                    await add_follow(tx, Follow(guild_id, show_id), now)
    finally:
        await database.close()
    return known


def _shows_with_news(known: KnownShows, articles: Sequence[Article]) -> list[ShowId]:
    readings = [understand(article, known.names) for article in articles]
    return sorted({claim.show_id for reading in readings for claim in reading.announced})


async def _run(template: Path, documents: dict[str, bytes], known: KnownShows, parser: Parser) -> _Run:
    """Poll everything once, on a database of its own."""
    path = template.with_name("run.db")
    shutil.copyfile(template, path)
    database = await Database.open(_url(path))
    web, reader = Web(documents), _Reader(known)
    polling = Polling(
        fetch=web.fetch,
        parse=parser.parse,
        understand=reader.understand,
        rules=Rules(ANNOUNCE_AT, first_poll_max_age=timedelta(days=3)),
        interval_s=_INTERVAL_S,
    )
    try:
        await parser.parse(await web.fetch(next(iter(documents))), source="Outlet", read_at=clock.now())
        async with watched_loop() as stall:
            began = time.perf_counter()
            await Poller(database, polling).poll_due()
            total_s = time.perf_counter() - began
        stories, announcements = await _outcome(database)
    finally:
        await database.close()
    return _Run(total_s, reader.taken_s, stall.longest_s, stories, announcements)


async def _outcome(database: Database) -> tuple[int, int]:
    """Count stories and announcements; no feed may have failed."""
    async with database.reading() as tx:
        failed = [feed.last_error for feed in await list_feeds(tx) if feed.last_error is not None]
        if failed:
            raise RuntimeError(f"a feed failed, and the figures mean nothing: {failed[0]}")
        return len(await list_latest(tx, limit=_ALL)), await count_pending(tx)


def _parse_all(documents: dict[str, bytes]) -> None:
    for url, body in documents.items():
        parse(body, content_type=None, url=url, source=_outlet(url), read_at=clock.now())


def _outlet(url: str) -> str:
    return url.removeprefix("https://").partition(".")[0]


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
