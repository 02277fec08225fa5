"""Forgets what is no longer needed: servers that removed the bot, articles of more than a year ago."""

import logging
from datetime import datetime, timedelta

from bot.log import fields
from bot.storage.articles import forget_seen_before
from bot.storage.database import Database
from bot.storage.guilds import forget_left_before

LEFT_KEPT = timedelta(days=30)
ARTICLES_KEPT = timedelta(days=396)
"""Thirteen months; an article that its feed still holds is kept for as long as it does."""

log = logging.getLogger(__name__)


async def tidy(database: Database, now: datetime) -> None:
    """Delete what is past its time."""
    async with database.transaction() as tx:
        guilds = await forget_left_before(tx, now - LEFT_KEPT)
    async with database.transaction() as tx:
        articles = await forget_seen_before(tx, now - ARTICLES_KEPT)
    log.info("tidied", extra=fields(guilds=guilds, articles=articles))
