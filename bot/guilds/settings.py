"""What a server has set: the channel for its announcements."""

from bot import clock
from bot.model import ChannelId, Guild, GuildId
from bot.storage.database import Database
from bot.storage.guilds import add_guild, get_guild, record_channel


async def choose_channel(database: Database, guild_id: GuildId, channel_id: ChannelId) -> None:
    """Announce in `channel_id` from now on, but for the follows that name their own channel."""
    async with database.transaction() as tx:
        await add_guild(tx, guild_id, clock.now())
        await record_channel(tx, guild_id, channel_id)


async def server_settings(database: Database, guild_id: GuildId) -> Guild:
    """Give what the server has set; the defaults for a server that never set anything."""
    async with database.reading() as tx:
        return await get_guild(tx, guild_id) or Guild(guild_id)
