"""Builds everything in order, runs it until told to stop, closes it in reverse."""

import asyncio
import logging
import signal
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import aiohttp
from pydantic import SecretStr

from bot import clock, metrics
from bot.catalogue.tvmaze import Tvmaze
from bot.client import GreenlitClient
from bot.config import Settings
from bot.delivery.budget import InvalidRequests, watched
from bot.delivery.flood import Limits
from bot.delivery.notice import Notifier
from bot.delivery.pacer import Pacer
from bot.delivery.send import Sender
from bot.errors import StorageError
from bot.feeds.fetch import fetch, open_session
from bot.guilds.shows import ShowFinder
from bot.health import serve_health
from bot.jobs.deliver import Deliverer
from bot.jobs.known_shows import KnownShows
from bot.jobs.parsing import Parser
from bot.jobs.poll import Polling
from bot.jobs.poller import Poller
from bot.jobs.refresh import TICK_S, Refresher
from bot.jobs.tidy import tidy
from bot.jobs.warn import TICK_S as WARN_TICK_S
from bot.jobs.warn import warn
from bot.log import fields
from bot.model import Article
from bot.news.confidence import ANNOUNCE_AT
from bot.news.reading import Reading
from bot.news.understand import understand
from bot.storage.backlog import oldest_unsent
from bot.storage.database import Database
from bot.storage.feeds import sync_feeds
from bot.storage.outbox import count_pending
from bot.storage.schema import migrate
from bot.storage.shows import count_shows
from bot.stories.audience import Rules
from bot.timetable import Timetable

_GRACE_S = 7.0
"""What is in flight has so long to finish; with closing the rest, the bot is gone within 10 s."""
_ASK_S = 2.0
"""The database has so long to answer the operator's pages."""
_POLL_TICK_S = 1.0
_RELOAD_TICK_S = 1.0
_TIDY_EVERY_S = 24 * 3600.0

log = logging.getLogger(__name__)


class App:
    """All parts of the running bot; built by `run`, which also closes what they hold open."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        web: aiohttp.ClientSession,
        tvmaze: Tvmaze,
        parser: Parser,
    ) -> None:
        self.database = database
        self.known = KnownShows()
        self.finder = ShowFinder(database, self.known.search, tvmaze, learned=self.known.mark_stale)
        self.refresher = Refresher(database, tvmaze, self.known, mirror=settings.tvmaze.mirror)
        self.known.replaced = self._use_known_shows
        self.client = GreenlitClient(database, self.finder, api_base=settings.discord.api_base)
        invalid = InvalidRequests()
        self.client.http.http_trace = watched(invalid)
        self.pacer = Pacer(settings.discord.requests_per_second, invalid)
        self.deliverer = Deliverer(database, Sender(self.client), self.pacer, _limits(settings))
        self.notifier = Notifier(self.client)
        polling = Polling(
            fetch=partial(fetch, web),
            parse=parser.parse,
            understand=self._understand,
            rules=_rules(settings),
            interval_s=settings.polling.interval_s,
            wake=self.deliverer.wake,
        )
        self.poller = Poller(database, polling)
        self.timetable = Timetable()

    async def run(self, token: SecretStr, stop: asyncio.Event) -> None:
        """Work until `stop` is set or a part ends, which raises what ended it; then finish in order."""
        await self.known.reload(self.database)
        self._fill_timetable()
        self.timetable.start()
        parts = [
            asyncio.create_task(stop.wait(), name="stop"),
            asyncio.create_task(self.client.run_until_closed(token.get_secret_value()), name="client"),
            asyncio.create_task(self._deliver(), name="deliverer"),
            asyncio.create_task(metrics.watch_event_loop(), name="event loop's lag"),
        ]
        try:
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            log.info("stopping")
            await asyncio.gather(self.timetable.stop(_GRACE_S), self.deliverer.stop(_GRACE_S))
            await self.client.close()
        for part in parts:
            if not part.done():
                part.cancel()
        for ended in await asyncio.gather(*parts, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended

    async def troubles(self) -> tuple[str, ...]:
        """Say what keeps the bot from its work."""
        found = [] if self.client.is_ready() else ["Discord is not connected."]
        try:
            async with asyncio.timeout(_ASK_S), self.database.transaction() as tx:
                if not await count_shows(tx):
                    found.append("The catalogue is empty.")
        except (StorageError, TimeoutError):
            found.append("The database cannot be written.")
        return tuple(found)

    async def measure(self) -> bytes:
        """Write /metrics; what the database cannot tell just now is not a number there."""
        troubles = await self.troubles()
        sample = metrics.Sample(is_ready=not troubles, guilds=len(self.client.guilds))
        with suppress(StorageError, TimeoutError):
            async with asyncio.timeout(_ASK_S), self.database.reading() as tx:
                sample = replace(
                    sample,
                    shows=await count_shows(tx),
                    pending=await count_pending(tx),
                    oldest_at=await oldest_unsent(tx),
                )
        return metrics.write_metrics(sample, clock.now())

    def _fill_timetable(self) -> None:
        self.timetable.every("poll due feeds", _POLL_TICK_S, self._begin_polls)
        self.timetable.every("refresh the catalogue", TICK_S, self.refresher.step, cut_on_stop=True)
        self.timetable.every(
            "take in the catalogue", _RELOAD_TICK_S, lambda: self.known.reload_if_stale(self.database)
        )
        self.timetable.every(
            "tell admins", WARN_TICK_S, lambda: warn(self.database, self.notifier, self.pacer)
        )
        self.timetable.every("tidy", _TIDY_EVERY_S, lambda: tidy(self.database, clock.now()))

    async def _begin_polls(self) -> None:
        """Start a job for each feed that is due, once there is a catalogue to read with."""
        if not self.refresher.ready:
            return
        for feed in await self.poller.due():
            self.timetable.soon(f"poll feed {feed.id}", partial(self.poller.poll, feed))

    async def _deliver(self) -> None:
        await self.client.logged_in.wait()
        await self.deliverer.run()

    def _understand(self, article: Article) -> Reading:
        return understand(article, self.known.names)

    def _use_known_shows(self) -> None:
        self.finder.use(self.known.search, complete=self.refresher.complete)


async def run(settings: Settings, token: SecretStr) -> None:
    """Run the bot until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await migrate(settings.database.url)
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database.url)
        stack.push_async_callback(database.close)
        async with database.transaction() as tx:
            await sync_feeds(tx, settings.feeds, clock.now())
        web = await stack.enter_async_context(open_session(settings.polling.allow_private_addresses))
        tvmaze_session = await stack.enter_async_context(aiohttp.ClientSession())
        parser = Parser()
        stack.callback(parser.close)
        app = App(settings, database, web, Tvmaze(tvmaze_session, settings.tvmaze.base_url), parser)
        await stack.enter_async_context(serve_health(settings.http.bind, app.troubles, app.measure))
        log.info("started", extra=fields(feeds=len(settings.feeds)))
        await app.run(token, stop)
    log.info("stopped")


def _limits(settings: Settings) -> Limits:
    return Limits(settings.announce.channel_hourly_cap, timedelta(hours=settings.announce.max_age_h))


def _rules(settings: Settings) -> Rules:
    return Rules(
        announce_at=ANNOUNCE_AT,
        max_age=timedelta(hours=settings.announce.max_age_h),
        first_poll_max_age=timedelta(hours=settings.announce.first_poll_max_age_h),
    )
