"""Channels that take nothing of ours: since when, why, when to try again, and who is told."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select, update

from bot.model import ChannelId, GuildId, Trouble, UserId
from bot.storage.database import Transaction
from bot.storage.tables import channel_troubles, follows, guilds
from bot.storage.upsert import insert


async def get_trouble(tx: Transaction, channel_id: ChannelId) -> Trouble | None:
    """Give a channel's trouble; None where it is open."""
    found = select(channel_troubles).where(channel_troubles.c.channel_id == channel_id)
    row = (await tx.execute(found)).one_or_none()
    return None if row is None else _read(row)


async def record_trouble(tx: Transaction, trouble: Trouble) -> None:
    """Close a channel, or leave it closed until its next probe; since when stays as it was."""
    added = insert(tx, channel_troubles).values(
        channel_id=trouble.channel_id,
        guild_id=trouble.guild_id,
        why=trouble.why,
        since=trouble.since,
        probes=trouble.probes,
        probe_at=trouble.probe_at,
    )
    changed = {name: added.excluded[name] for name in ("why", "probes", "probe_at")}
    await tx.execute(added.on_conflict_do_update(index_elements=["channel_id"], set_=changed))


async def forget_trouble(tx: Transaction, channel_id: ChannelId) -> bool:
    """Open a channel again; False where it was open."""
    opened = delete(channel_troubles).where(channel_troubles.c.channel_id == channel_id)
    return (await tx.execute(opened)).rowcount > 0


async def list_troubles(tx: Transaction, guild_id: GuildId) -> tuple[Trouble, ...]:
    """Give the closed channels in which a server still wants announcements, the longest closed first."""
    troubles = channel_troubles.c
    wanted = or_(
        select(guilds.c.id).where(guilds.c.channel_id == troubles.channel_id).exists(),
        select(follows.c.show_id)
        .where(follows.c.guild_id == troubles.guild_id, follows.c.channel_id == troubles.channel_id)
        .exists(),
    )
    found = select(channel_troubles).where(troubles.guild_id == guild_id, wanted)
    rows = await tx.execute(found.order_by(troubles.since, troubles.channel_id))
    return tuple(_read(row) for row in rows)


async def list_untold(tx: Transaction, limit: int) -> tuple[Trouble, ...]:
    """Give up to `limit` troubles of which nobody was told."""
    found = select(channel_troubles).where(channel_troubles.c.told_at.is_(None))
    rows = await tx.execute(found.order_by(channel_troubles.c.since).limit(limit))
    return tuple(_read(row) for row in rows)


async def record_told_of(tx: Transaction, channel_id: ChannelId, now: datetime) -> bool:
    """Remember that the admins are told now; False where they were before, or nothing is to be told."""
    told = update(channel_troubles).where(
        channel_troubles.c.channel_id == channel_id, channel_troubles.c.told_at.is_(None)
    )
    return (await tx.execute(told.values(told_at=now))).rowcount > 0


async def probe_soon(tx: Transaction, guild_id: GuildId, now: datetime) -> int:
    """Try a server's closed channels at once; say how many there are."""
    theirs = update(channel_troubles).where(channel_troubles.c.guild_id == guild_id)
    return (await tx.execute(theirs.values(probe_at=now, probes=0))).rowcount


async def person_behind(tx: Transaction, trouble: Trouble) -> UserId | None:
    """Name who chose the channel: for the whole server, else for a show; None where nobody is known."""
    chosen = select(guilds.c.set_up_by).where(
        guilds.c.id == trouble.guild_id, guilds.c.channel_id == trouble.channel_id
    )
    followed = select(func.min(follows.c.created_by)).where(
        follows.c.guild_id == trouble.guild_id, follows.c.channel_id == trouble.channel_id
    )
    found = await tx.scalar(chosen) or await tx.scalar(followed)
    return None if found is None else UserId(found)


def _read(row: Row[Any]) -> Trouble:
    return Trouble(
        channel_id=ChannelId(row.channel_id),
        guild_id=GuildId(row.guild_id),
        why=row.why,
        since=row.since,
        probe_at=row.probe_at,
        probes=row.probes,
    )
