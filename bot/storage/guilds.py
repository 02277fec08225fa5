"""The servers that have the bot."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.model import ChannelId, Guild, GuildId, UserId
from bot.storage.database import Transaction
from bot.storage.tables import announcements, guilds
from bot.storage.upsert import insert


async def add_guild(tx: Transaction, guild_id: GuildId, now: datetime) -> bool:
    """Remember a server; True when it is new. One that returns finds its follows again."""
    added = insert(tx, guilds).values(id=guild_id, joined_at=now)
    if (await tx.execute(added.on_conflict_do_nothing(index_elements=["id"]))).rowcount:
        return True
    await tx.execute(update(guilds).where(guilds.c.id == guild_id).values(left_at=None))
    return False


async def get_guild(tx: Transaction, guild_id: GuildId) -> Guild | None:
    """Give a server; None where we never met it or have forgotten it."""
    row = (await tx.execute(select(guilds).where(guilds.c.id == guild_id))).one_or_none()
    if row is None:
        return None
    return Guild(
        id=guild_id,
        channel_id=None if row.channel_id is None else ChannelId(row.channel_id),
        left_at=row.left_at,
        publish=row.publish,
    )


async def list_guilds(tx: Transaction) -> tuple[GuildId, ...]:
    """Name the servers that have the bot now."""
    rows = await tx.execute(select(guilds.c.id).where(guilds.c.left_at.is_(None)).order_by(guilds.c.id))
    return tuple(GuildId(row.id) for row in rows)


async def record_channel(
    tx: Transaction, guild_id: GuildId, channel_id: ChannelId | None, chosen_by: UserId | None = None
) -> None:
    """Announce in `channel_id` from now on, but for the follows that name their own channel."""
    chosen = update(guilds).where(guilds.c.id == guild_id)
    await tx.execute(chosen.values(channel_id=channel_id, set_up_by=chosen_by))


async def record_publishing(tx: Transaction, guild_id: GuildId, publish: bool) -> None:
    """Publish from now on what comes into an announcement channel, or no longer."""
    await tx.execute(update(guilds).where(guilds.c.id == guild_id).values(publish=publish))


async def record_greeted(tx: Transaction, guild_id: GuildId, now: datetime) -> bool:
    """Remember that the server was greeted; False where it had been before."""
    greeted = update(guilds).where(guilds.c.id == guild_id, guilds.c.greeted_at.is_(None))
    return (await tx.execute(greeted.values(greeted_at=now))).rowcount > 0


async def record_left(tx: Transaction, guild_id: GuildId, now: datetime) -> None:
    """Remember that the server removed the bot; nothing more is sent there."""
    left = update(guilds).where(guilds.c.id == guild_id, guilds.c.left_at.is_(None))
    await tx.execute(left.values(left_at=now))
    waiting = update(announcements).where(
        announcements.c.guild_id == guild_id, announcements.c.due_at.is_not(None)
    )
    await tx.execute(
        waiting.values(due_at=None, leased_until=None, given_up=True, outcome="the server removed the bot")
    )


async def forget_left_before(tx: Transaction, moment: datetime) -> int:
    """Delete all that belongs to servers that left before `moment`; say how many there were."""
    return (await tx.execute(delete(guilds).where(guilds.c.left_at < moment))).rowcount
