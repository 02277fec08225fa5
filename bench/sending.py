"""The bot's sending half, logged in to a Discord: client, deliverer, pacer, and a watch on what was sent."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.beside import Beside
from bot.catalogue.search import SearchIndex
from bot.catalogue.tvmaze import Tvmaze
from bot.client import GreenlitClient
from bot.config import DiscordSettings
from bot.delivery.budget import InvalidRequests, watched
from bot.delivery.outcome import Outcome, Sent
from bot.delivery.pacer import Pacer
from bot.delivery.send import Sender
from bot.guilds.shows import ShowFinder
from bot.jobs.deliver import Deliverer
from bot.model import Announcement
from bot.storage.database import Database
from sandbox.discord import DEFAULT_TOKEN

PER_SECOND = DiscordSettings().requests_per_second
_LOGIN_S = 60.0


class WatchedSender:
    """Sends, and remembers when each headline came to its channel."""

    def __init__(self, sender: Sender) -> None:
        self.sent_at: dict[tuple[str, int], float] = {}
        """By headline and channel, on the event loop's clock."""
        self.failures = Counter[str]()
        self._sender = sender
        self._news = asyncio.Condition()

    async def send(self, announcement: Announcement) -> Outcome:
        """Send as the bot does."""
        outcome = await self._sender.send(announcement)
        if not isinstance(outcome, Sent):
            self.failures[str(outcome)] += 1
            return outcome
        key = announcement.story.headline, announcement.channel_id
        self.sent_at.setdefault(key, asyncio.get_running_loop().time())
        async with self._news:
            self._news.notify_all()
        return outcome

    async def until_sent(self, count: int) -> None:
        """Wait until so many came."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.sent_at) >= count)


@asynccontextmanager
async def delivering(database: Database, beside: Beside) -> AsyncIterator[tuple[Deliverer, WatchedSender]]:
    """Log in and wait for READY; the deliverer stands still until it is run, and is stopped at the end."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with aiohttp.ClientSession() as session:
        finder = ShowFinder(database, SearchIndex(()), Tvmaze(session, f"{beside.base}/tvmaze"))
        client = GreenlitClient(database, finder, api_base=f"{beside.base}/api/v10")
        invalid = InvalidRequests()
        client.http.http_trace = watched(invalid)
        task = asyncio.create_task(client.run_until_closed(DEFAULT_TOKEN))
        try:
            async with asyncio.timeout(_LOGIN_S):
                await client.logged_in.wait()
                await client.wait_until_ready()
            sender = WatchedSender(Sender(client))
            deliverer = Deliverer(database, sender, Pacer(PER_SECOND, invalid))
            yield deliverer, sender
            await deliverer.stop()
        finally:
            await client.close()
            await task
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
