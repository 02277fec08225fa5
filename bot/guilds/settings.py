"""What a server has set: the channel for its announcements."""

from bot import clock
from bot.model import ChannelId, Guild, GuildId, UserId
from bot.storage.database import Database
from bot.storage.guilds import add_guild, get_guild, record_channel, record_publishing
from bot.storage.outbox import move_unsent
from bot.storage.troubles import forget_trouble, list_troubles, probe_soon


async def choose_channel(
    database: Database, guild_id: GuildId, channel_id: ChannelId, chosen_by: UserId | None = None
) -> int:
    """Announce in `channel_id` from now on, but for the follows that name their own channel.

    What the channel before would not take comes here; say how much that is.
    """
    now = clock.now()
    async with database.transaction() as tx:
        await add_guild(tx, guild_id, now)
        before = await get_guild(tx, guild_id)
        await record_channel(tx, guild_id, channel_id, chosen_by)
        await probe_soon(tx, guild_id, now)
        old = before.channel_id if before is not None else None
        if old is None or old == channel_id or not await forget_trouble(tx, old):
            return 0
        return await move_unsent(tx, guild_id, old, channel_id)


async def choose_publishing(database: Database, guild_id: GuildId, publish: bool) -> Guild:
    """Publish from now on what comes into an announcement channel, or no longer; give the settings."""
    async with database.transaction() as tx:
        await add_guild(tx, guild_id, clock.now())
        await record_publishing(tx, guild_id, publish)
        return await get_guild(tx, guild_id) or Guild(guild_id)


async def look_again(database: Database, guild_id: GuildId) -> None:
    """Try the server's closed channels now: something changed that may have opened them."""
    async with database.reading() as tx:
        if not await list_troubles(tx, guild_id):
            return
    async with database.transaction() as tx:
        await probe_soon(tx, guild_id, clock.now())


async def server_settings(database: Database, guild_id: GuildId) -> Guild:
    """Give what the server has set; the defaults for a server that never set anything."""
    async with database.reading() as tx:
        return await get_guild(tx, guild_id) or Guild(guild_id)
