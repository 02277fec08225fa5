"""Forgets what is no longer needed: servers that left, old articles, what waited too long to be sent."""

import logging
from datetime import datetime, timedelta

from bot.log import fields
from bot.storage.articles import forget_seen_before
from bot.storage.database import Database
from bot.storage.guilds import forget_left_before
from bot.storage.outbox import forget_waiting_since

LEFT_KEPT = timedelta(days=30)
ARTICLES_KEPT = timedelta(days=396)
"""Thirteen months; an article that its feed still holds is kept for as long as it does."""

WAITING_KEPT = timedelta(days=30)
"""So long an announcement waits for its channel to be mended."""

log = logging.getLogger(__name__)


async def tidy(database: Database, now: datetime) -> None:
    """Delete what is past its time."""
    async with database.transaction() as tx:
        guilds = await forget_left_before(tx, now - LEFT_KEPT)
    async with database.transaction() as tx:
        articles = await forget_seen_before(tx, now - ARTICLES_KEPT)
    async with database.transaction() as tx:
        waiting = await forget_waiting_since(tx, now - WAITING_KEPT)
    log.info("tidied", extra=fields(guilds=guilds, articles=articles, waiting=waiting))
