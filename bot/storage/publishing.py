"""Which channels' announcements are published, and how many were in the last hour."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.model import ChannelId, GuildId, Publishing
from bot.storage.database import Transaction
from bot.storage.tables import announcements, guilds

MAX_AN_HOUR = 10
"""Discord's limit for a channel. Source: discord.com/developers/docs/topics/rate-limits."""


async def list_publishing(
    tx: Transaction, places: Mapping[ChannelId, GuildId], now: datetime
) -> dict[ChannelId, Publishing]:
    """Say of those channels whose server wants publishing whether there is room for one more."""
    a = announcements.c
    wanting = select(guilds.c.id).where(guilds.c.id.in_(set(places.values())), guilds.c.publish)
    servers = {row.id for row in await tx.execute(wanting)}
    wanted = [channel_id for channel_id, guild_id in places.items() if guild_id in servers]
    if not wanted:
        return {}
    counted = (
        select(a.channel_id, func.count().label("published"))
        .where(a.channel_id.in_(wanted), a.sent_at.is_not(None), a.published_at > now - timedelta(hours=1))
        .group_by(a.channel_id)
    )
    published = {row.channel_id: row.published for row in await tx.execute(counted)}
    return {
        channel_id: Publishing.YES if published.get(channel_id, 0) < MAX_AN_HOUR else Publishing.USED_UP
        for channel_id in wanted
    }
