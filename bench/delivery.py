"""How fast a full outbox is emptied into a Discord that keeps its limits."""

import asyncio
import time
from dataclasses import dataclass

from bench.beside import Servers, world_beside
from bench.filled import SHOW, add_audience, new_database, renewal
from bench.sending import PER_SECOND, delivering
from bot import clock
from bot.storage.outbox import add_announcements
from bot.storage.stories import add_story


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """An outbox emptied by the bot's own client."""

    announcements: int
    channels: int
    taken_s: float
    """From the first look into the outbox to Discord's last answer."""
    allowed_per_second: float
    refusals: int
    """429s, by Discord's own count."""
    failures: int
    """Other attempts that did not become a message at once."""
    cpu_s: float
    """Of the bot's process; Discord runs in another."""

    @property
    def share(self) -> float:
        """Say how much of the allowed rate was achieved."""
        return self.announcements / self.taken_s / self.allowed_per_second


async def measure_delivery(channels: int = 500, *, stories: int = 4) -> DeliveryFigures:
    """Deliver `stories` to `channels`, each in a server of its own."""
    with world_beside(Servers(channels)) as beside:
        async with new_database() as database:
            async with database.transaction() as tx:
                await add_audience(tx, beside.channels, [SHOW])
            async with delivering(database, beside) as (deliverer, sender):
                async with database.transaction() as tx:
                    for season in range(2, 2 + stories):
                        await add_announcements(tx, await add_story(tx, renewal(season)), clock.now())
                began, cpu_began = time.perf_counter(), time.process_time()
                work = asyncio.create_task(deliverer.run())
                await sender.until_sent(channels * stories)
                taken_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu_began
                await deliverer.stop()
                await work
        refusals = await beside.refusals()
    failures = sender.failures.total()
    return DeliveryFigures(
        channels * stories, channels, taken_s, PER_SECOND, refusals, failures=failures, cpu_s=cpu_s
    )
