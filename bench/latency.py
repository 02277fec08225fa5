"""From an article in a feed to the message in a channel, through all that the bot does in between."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from bench.beside import Servers, world_beside
from bench.filled import add_audience, new_database, renewal
from bench.material import Catalogue
from bench.poll import Web
from bench.rss import document
from bench.sending import PER_SECOND, WatchedSender, delivering
from bench.timing import percentile
from bot import clock
from bot.catalogue.listing import Listing
from bot.catalogue.names import Names
from bot.config import FeedSettings
from bot.jobs.known_shows import KnownShows
from bot.jobs.parsing import Parser
from bot.jobs.poll import Polling
from bot.jobs.poller import Poller
from bot.model import Article, Show
from bot.news.confidence import ANNOUNCE_AT
from bot.news.understand import understand
from bot.storage.database import Database
from bot.storage.feeds import sync_feeds
from bot.storage.shows import add_shows
from bot.stories.audience import Rules

_ALONE, _AT_ONCE = 2, 3
"""The seasons that the two rounds tell of."""
_INTERVAL_S = 600
_ALL = "https://all.example/feed"


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the beginning of a poll to Discord's answer to the message."""

    p50_s: float
    p99_s: float


@dataclass(frozen=True, slots=True)
class LatencyFigures:
    """Stories of one server each; the wait for a feed's turn comes on top."""

    stories: int
    alone: Latency
    """Each in a feed of its own, one after the other."""
    at_once: Latency
    """All in one document."""
    pace_s: float
    """So long the pacer lets the last of them wait, at the least."""


async def measure_latency(catalogue: Catalogue, *, stories: int = 100) -> LatencyFigures:
    """Poll, parse, understand, judge, store, lease, pace and send; only the document comes from memory."""
    shows, parser = tuple(islice(_clear_ones(catalogue), stories)), Parser()
    try:
        with world_beside(Servers(stories)) as beside:
            async with new_database() as database:
                async with database.transaction() as tx:
                    await add_shows(tx, (Listing(show) for show in catalogue.shows))
                    for place, show in zip(beside.channels, shows, strict=True):
                        await add_audience(tx, [place], [show])
                async with delivering(database, beside) as (deliverer, sender):
                    poller = await _poller(database, shows, parser, deliverer.wake)
                    work = asyncio.create_task(deliverer.run())
                    alone, at_once = await _measure(poller, sender, stories)
                    await deliverer.stop()
                    await work
    finally:
        parser.close()
    return LatencyFigures(stories, alone, at_once, (stories - 1) / PER_SECOND)


def _clear_ones(catalogue: Catalogue) -> Iterator[Show]:
    """Give shows of which the headlines here are sure to be understood."""
    names = Names(catalogue.shows)
    for show in catalogue.shows:
        articles = (_article(show, season) for season in (_ALONE, _AT_ONCE))
        told = [understand(article, names).announced for article in articles]
        if all(len(claims) == 1 and claims[0].show_id == show.id for claims in told):
            yield show


def _article(show: Show, season: int) -> Article:
    story = renewal(season, show)
    source = story.sources[0]
    return Article(source.url, source.url, story.headline, "", source.name, source.told_at)


async def _poller(
    database: Database, shows: Sequence[Show], parser: Parser, wake: Callable[[], None]
) -> Poller:
    """Give the poller of one feed for each show and one for all; the parser's process is started."""
    now, known = clock.now(), KnownShows()
    documents = {
        f"https://feed-{show.id}.example/feed": document(f"feed-{show.id}", [_article(show, _ALONE)], now)
        for show in shows
    }
    documents[_ALL] = document("all", (_article(show, _AT_ONCE) for show in shows), now)
    async with database.transaction() as tx:
        await sync_feeds(
            tx, [FeedSettings(name=f"Outlet {n}", url=url) for n, url in enumerate(documents)], now
        )
    await known.reload(database)
    web = Web(documents)
    await parser.parse(await web.fetch(_ALL), source="Outlet", read_at=now)
    rules = Rules(ANNOUNCE_AT, first_poll_max_age=timedelta(days=3))
    return Poller(
        database,
        Polling(
            fetch=web.fetch,
            parse=parser.parse,
            understand=lambda article: understand(article, known.names),
            rules=rules,
            interval_s=_INTERVAL_S,
            wake=wake,
        ),
    )


async def _measure(poller: Poller, sender: WatchedSender, stories: int) -> tuple[Latency, Latency]:
    """Poll one feed after the other, each when the message before has come; then the one with all."""
    alone: list[float] = []
    loop = asyncio.get_running_loop()
    feeds = await poller.due()
    for count, feed in enumerate((one for one in feeds if one.url != _ALL), start=1):
        began = loop.time()
        await poller.poll(feed)
        await sender.until_sent(count)
        alone.append(max(sender.sent_at.values()) - began)
    (everything,) = (one for one in feeds if one.url == _ALL)
    began = loop.time()
    await poller.poll(everything)
    await sender.until_sent(2 * stories)
    whole = [at - began for at in sender.sent_at.values() if at > began]
    return _latency(alone), _latency(whole)


def _latency(taken: Sequence[float]) -> Latency:
    return Latency(percentile(taken, 0.5), percentile(taken, 0.99))
