"""Servers, as a bot may read them."""

from sandbox.discord.errors import unknown
from sandbox.discord.nouns import Guild, Json
from sandbox.discord.render.people import member_json, role_json
from sandbox.discord.render.places import channel_json, guild_json
from sandbox.discord.rest.routing import Call, Endpoints

endpoints = Endpoints()


def guild_of(call: Call) -> Guild:
    """Give the path's server if the bot is in it; 404/10004 otherwise."""
    guild = call.state.guilds.get(call.id("guild_id"))
    if guild is None or call.application.id not in guild.members:
        raise unknown("Guild")
    return guild


@endpoints.add("GET", "/guilds/{guild_id}")
async def get_guild(call: Call) -> Json:
    """Give a server."""
    guild = guild_of(call)
    written = guild_json(guild)
    if call.query.get("with_counts"):
        count = len(guild.members)
        written |= {"approximate_member_count": count, "approximate_presence_count": count}
    return written


@endpoints.add("GET", "/guilds/{guild_id}/channels")
async def list_channels(call: Call) -> list[Json]:
    """Give a server's channels, threads not included."""
    channels = guild_of(call).channels.values()
    return [channel_json(channel) for channel in channels if not channel.kind.is_thread]


@endpoints.add("GET", "/guilds/{guild_id}/roles")
async def list_roles(call: Call) -> list[Json]:
    """Give a server's roles."""
    return [role_json(role) for role in guild_of(call).roles.values()]


@endpoints.add("GET", "/guilds/{guild_id}/members/{user_id}")
async def get_member(call: Call) -> Json:
    """Give one member."""
    member = guild_of(call).members.get(call.id("user_id"))
    if member is None:
        raise unknown("Member")
    return member_json(member)


@endpoints.add("GET", "/guilds/{guild_id}/threads/active")
async def list_active_threads(call: Call) -> Json:
    """Give a server's threads that are not archived."""
    channels = guild_of(call).channels.values()
    threads = [channel for channel in channels if channel.kind.is_thread and not channel.archived]
    return {"threads": [channel_json(thread) for thread in threads], "members": [], "has_more": False}
