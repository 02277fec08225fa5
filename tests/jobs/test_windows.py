"""Feed windows in every disorder: what is announced is the set of distinct stories, each once."""

import asyncio
import atexit
import re
import shutil
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from bot.config import FeedSettings
from bot.feeds.fetch import Fetched
from bot.feeds.parse import Parsed, parse
from bot.jobs.poll import Polling, poll
from bot.model import Article, ChannelId, Claim, Follow, GuildId, Kind, PartialDate, Show, ShowId
from bot.news.reading import Reading
from bot.storage.database import Database
from bot.storage.feeds import list_feeds, sync_feeds
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild, record_channel
from bot.storage.schema import migrate
from bot.storage.shows import add_shows
from bot.storage.tables import announcements, stories
from bot.stories.audience import Rules
from tests.fakes import FrozenClock, Listing

SHOW = Show(ShowId(1), "The Diplomat", 2023)
OUTLETS = ("tvline", "variety", "deadline")
KINDS = (Kind.RENEWED, Kind.FINAL_SEASON, Kind.PREMIERE_DATE, Kind.TRAILER, Kind.PRODUCTION)
SAYS = re.compile(r"The Diplomat: (\w+) (\d)")
NEWS = st.none() | st.tuples(st.sampled_from(KINDS), st.integers(1, 3))
Told = tuple[Kind, int]
Result = TypeVar("Result")


@dataclass
class Entry:
    """An entry of a feed as its publisher has it by now; `number` is its own, whatever its marks say."""

    number: int
    news: Told | None
    published_at: datetime
    guid: int = 0
    wording: int = 0

    @property
    def title(self) -> str:
        """Tell the news in words that a machine reads."""
        said = f"The Diplomat: {self.news[0]} {self.news[1]}" if self.news else "It rains"
        return f"{said}, told by entry {self.number} in wording {self.wording}"

    def written(self, *, same_guid: bool) -> str:
        """Write it as RSS."""
        guid = "the same" if same_guid else f"{self.number}-{self.guid}"
        date = self.published_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
        return (
            f"<item><guid isPermaLink='false'>{guid}</guid><link>https://outlet.test/{self.number}</link>"
            f"<title>{self.title}</title><pubDate>{date}</pubDate></item>"
        )


def understand(article: Article) -> Reading:
    """Read what a machine wrote."""
    found = SAYS.match(article.title)
    if found is None:
        return Reading(article)
    kind, season = Kind(found[1]), int(found[2])
    day = PartialDate(2030 + season, 10, 16) if kind is Kind.PREMIERE_DATE else None
    return Reading(article, (SHOW,), (Claim(SHOW.id, kind, season, day),))


async def parse_here(document: Fetched, *, source: str, read_at: datetime) -> Parsed:
    """Parse in this process."""
    kind, url = document.content_type, document.url
    return parse(document.body, content_type=kind, url=url, source=source, read_at=read_at)


@cache
def template() -> Path:
    """Migrate one database, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="greenlit-windows-"))
    atexit.register(shutil.rmtree, folder)
    path = folder / "greenlit.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


class Newsstand(RuleBasedStateMachine):
    """Three outlets edit their feeds as they like; the bot polls one of them now and then."""

    entry_of = st.tuples(st.sampled_from(OUTLETS), st.integers(0, 99))

    def __init__(self) -> None:
        super().__init__()
        self.clock = FrozenClock(datetime(2023, 5, 1, 12, tzinfo=UTC))
        self.windows: dict[str, list[Entry]] = {outlet: [] for outlet in OUTLETS}
        self.removed: dict[str, list[Entry]] = {outlet: [] for outlet in OUTLETS}
        self.same_guid: set[str] = set()
        self.entries = 0
        self.read: dict[int, str] = {}
        self.tellers: set[int] = set()
        self.known: set[Told] = set()
        self.expected: set[Told] = set()
        self.folder = tempfile.TemporaryDirectory(prefix="greenlit-windows-")
        path = shutil.copy(template(), Path(self.folder.name) / "greenlit.db")
        self.loop = asyncio.new_event_loop()
        self.database = self.wait(Database.open(f"sqlite+aiosqlite:///{path}"))
        self.polling = Polling(
            fetch=self.fetch,
            parse=parse_here,
            understand=understand,
            rules=Rules(announce_at=0.5),
            interval_s=600,
            now=self.clock,
            jitter=lambda: 0.0,
        )

    def wait(self, what: Awaitable[Result]) -> Result:
        """Run to its end."""
        return self.loop.run_until_complete(what)

    def teardown(self) -> None:
        """Close all."""
        self.wait(self.database.close())
        self.loop.close()
        self.folder.cleanup()

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Give an outlet's window."""
        outlet = url.rpartition("/")[2]
        items = "".join(one.written(same_guid=outlet in self.same_guid) for one in self.windows[outlet])
        body = f"<rss version='2.0'><channel><title>{outlet}</title>{items}</channel></rss>".encode()
        return Fetched(url, body, "application/rss+xml", None, None, None, None)

    @initialize(first=st.lists(st.tuples(st.sampled_from(OUTLETS), NEWS), max_size=4))
    def begin(self, first: list[tuple[str, Told | None]]) -> None:
        """Follow the show; what the feeds hold already is read in silence."""
        self.wait(self._begin())
        for outlet, news in first:
            self.publish(outlet, news)
        for outlet in OUTLETS:
            self.poll(outlet)
        self.expected.clear()

    async def _begin(self) -> None:
        now = self.clock()
        feeds = [FeedSettings(name=outlet, url=f"https://feeds.test/{outlet}") for outlet in OUTLETS]
        async with self.database.transaction() as tx:
            await sync_feeds(tx, feeds, now)
            await add_shows(tx, [Listing(SHOW)])
            await add_guild(tx, GuildId(7), now)
            await record_channel(tx, GuildId(7), ChannelId(70))
            await add_follow(tx, Follow(GuildId(7), SHOW.id), now)

    def chosen(self, which: tuple[str, int]) -> Entry | None:
        """Pick an entry."""
        window = self.windows[which[0]]
        return window[which[1] % len(window)] if window else None

    @rule(outlet=st.sampled_from(OUTLETS), news=NEWS)
    def publish(self, outlet: str, news: Told | None) -> None:
        """Put a new entry on top."""
        self.entries += 1
        self.windows[outlet].insert(0, Entry(self.entries, news, self.clock()))

    @rule(which=entry_of, news=NEWS)
    def retell(self, which: tuple[str, int], news: Told | None) -> None:
        """Let an entry tell something else."""
        if entry := self.chosen(which):
            entry.news = news

    @rule(which=entry_of)
    def retitle(self, which: tuple[str, int]) -> None:
        """Tell the same in other words."""
        if entry := self.chosen(which):
            entry.wording += 1

    @rule(which=entry_of, hours=st.integers(-20, 0))
    def redate(self, which: tuple[str, int], hours: int) -> None:
        """Put another date on an entry."""
        if entry := self.chosen(which):
            entry.published_at = self.clock() + timedelta(hours=hours)

    @rule(which=entry_of)
    def renew_guid(self, which: tuple[str, int]) -> None:
        """Give an entry a new guid."""
        if entry := self.chosen(which):
            entry.guid += 1

    @rule(outlet=st.sampled_from(OUTLETS))
    def break_guids(self, outlet: str) -> None:
        """Give all entries of a feed one guid, or each its own again."""
        self.same_guid ^= {outlet}

    @rule(which=entry_of)
    def remove(self, which: tuple[str, int]) -> None:
        """Take an entry out of the window."""
        if entry := self.chosen(which):
            self.windows[which[0]].remove(entry)
            self.removed[which[0]].append(entry)

    @rule(outlet=st.sampled_from(OUTLETS))
    @precondition(lambda self: any(self.removed.values()))
    def bring_back(self, outlet: str) -> None:
        """Let what was removed come back at the bottom."""
        self.windows[outlet] += self.removed[outlet]
        self.removed[outlet] = []

    @rule(minutes=st.integers(1, 30))
    def go_on(self, minutes: int) -> None:
        """Let time pass, less in all than separates one trailer from the next."""
        self.clock.go_on(minutes=minutes)

    @rule(outlet=st.sampled_from(OUTLETS))
    def poll(self, outlet: str) -> None:
        """Read a feed."""
        self.wait(self._poll(outlet))
        for entry in self.windows[outlet]:
            if self.read.get(entry.number) == entry.title:
                continue
            self.read[entry.number] = entry.title
            if entry.news is not None:
                self._tell(entry.number, entry.news)

    def _tell(self, number: int, news: Told) -> None:
        """Say what is right: an entry tells one story in its life, and a story is told once."""
        if number not in self.tellers and news not in self.known:
            self.known.add(news)
            self.expected.add(news)
        self.tellers.add(number)

    async def _poll(self, outlet: str) -> None:
        async with self.database.reading() as tx:
            feed = next(one for one in await list_feeds(tx) if one.name == outlet)
        await poll(self.database, feed, self.polling)

    @invariant()
    def what_is_announced_is_each_story_once(self) -> None:
        """Compare the outbox with what is right."""
        assert self.wait(self._announced()) == sorted(self.expected)

    async def _announced(self) -> list[Told]:
        told = select(stories.c.kind, stories.c.season).join(
            announcements, announcements.c.story_id == stories.c.id
        )
        async with self.database.reading() as tx:
            return sorted((Kind(row.kind), row.season) for row in await tx.execute(told))


Newsstand.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestNewsstand = Newsstand.TestCase
