"""Which server follows which show."""

from datetime import datetime

from sqlalchemy import delete, func, select

from bot.model import ChannelId, Follow, GuildId, Show, ShowId, UserId
from bot.storage.database import Transaction
from bot.storage.shows import read_show
from bot.storage.tables import follows, shows
from bot.storage.upsert import insert


async def add_follow(tx: Transaction, follow: Follow, now: datetime) -> bool:
    """Follow a show for a server; False where it did already. Both must be known."""
    added = insert(tx, follows).values(
        guild_id=follow.guild_id,
        show_id=follow.show_id,
        channel_id=follow.channel_id,
        created_by=follow.created_by,
        created_at=now,
    )
    kept = added.on_conflict_do_nothing(index_elements=["guild_id", "show_id"])
    return (await tx.execute(kept)).rowcount > 0


async def forget_follow(tx: Transaction, guild_id: GuildId, show_id: ShowId) -> bool:
    """End a follow; False where there was none."""
    gone = delete(follows).where(follows.c.guild_id == guild_id, follows.c.show_id == show_id)
    return (await tx.execute(gone)).rowcount > 0


async def list_follows(tx: Transaction, guild_id: GuildId) -> tuple[tuple[Follow, Show], ...]:
    """Give what a server follows, by the shows' names."""
    found = (
        select(shows, follows.c.guild_id, follows.c.channel_id, follows.c.created_by)
        .join(follows, follows.c.show_id == shows.c.id)
        .where(follows.c.guild_id == guild_id)
        .order_by(func.lower(shows.c.name), shows.c.id)
    )
    pairs = []
    for row in await tx.execute(found):
        show = read_show(row)
        follow = Follow(
            guild_id=guild_id,
            show_id=show.id,
            channel_id=None if row.channel_id is None else ChannelId(row.channel_id),
            created_by=None if row.created_by is None else UserId(row.created_by),
        )
        pairs.append((follow, show))
    return tuple(pairs)


async def count_follows(tx: Transaction, guild_id: GuildId) -> int:
    """Say how many shows a server follows."""
    counted = select(func.count()).select_from(follows).where(follows.c.guild_id == guild_id)
    return int(await tx.scalar(counted) or 0)
