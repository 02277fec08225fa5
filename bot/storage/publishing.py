"""Which channels' announcements are published, and how many were in the last hour."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.model import ChannelId, Publishing
from bot.storage.database import Transaction
from bot.storage.tables import announcements, guilds

MAX_AN_HOUR = 10
"""Discord's limit for a channel. Source: discord.com/developers/docs/topics/rate-limits."""


async def list_publishing(
    tx: Transaction, channel_ids: Collection[ChannelId], now: datetime
) -> dict[ChannelId, Publishing]:
    """Say of those of some channels whose server wants publishing whether there is room for one more."""
    a = announcements.c
    wanting = (
        select(a.channel_id)
        .distinct()
        .join(guilds, guilds.c.id == a.guild_id)
        .where(a.channel_id.in_(channel_ids), a.due_at.is_not(None), guilds.c.publish)
    )
    wanted = [ChannelId(row.channel_id) for row in await tx.execute(wanting)]
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
