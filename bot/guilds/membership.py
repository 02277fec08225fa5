"""Which servers have the bot, and whether each was greeted."""

from collections.abc import Collection

from bot import clock
from bot.model import GuildId
from bot.storage.database import Database
from bot.storage.guilds import add_guild, list_guilds, record_greeted, record_left


async def joined(database: Database, guild_id: GuildId) -> bool:
    """Remember that a server has the bot; True where it is to be greeted, which is once in its life."""
    async with database.transaction() as tx:
        await add_guild(tx, guild_id, clock.now())
        return await record_greeted(tx, guild_id, clock.now())


async def left(database: Database, guild_id: GuildId) -> None:
    """Remember that a server removed the bot; its follows are kept a while, should it return."""
    async with database.transaction() as tx:
        await record_left(tx, guild_id, clock.now())


async def reconcile(database: Database, present: Collection[GuildId]) -> tuple[GuildId, ...]:
    """Catch up with who added or removed the bot while it was away; give those that added it."""
    async with database.transaction() as tx:
        known = set(await list_guilds(tx))
        for guild_id in known - set(present):
            await record_left(tx, guild_id, clock.now())
        new = tuple(sorted(set(present) - known))
        for guild_id in new:
            await add_guild(tx, guild_id, clock.now())
    return new
