"""Servers and channels: look at them, add them, change them, remove them."""

from aiohttp import web

from sandbox.discord import events, world
from sandbox.discord.control.asking import find_channel, find_guild, read_body
from sandbox.discord.control.views import channel_view, guild_view
from sandbox.discord.nouns import ChannelKind, Overwrite
from sandbox.discord.permissions import Permission
from sandbox.discord.state import State


async def list_guilds(state: State, request: web.Request) -> web.Response:
    """Give every server."""
    return web.json_response([guild_view(state, guild) for guild in state.guilds.values()])


async def add_guild(state: State, request: web.Request) -> web.Response:
    """Let a server add the bot: a new one, or one that removed it."""
    asked = await read_body(request)
    robin, sam = state.users[world.ROBIN_ID], state.users[world.SAM_ID]
    if "guild_id" in asked:
        guild = find_guild(state, asked["guild_id"])
    else:
        guild = world.found_guild(state, asked.get("name") or "Another server", owner=robin, members=(sam,))
        for name in asked.get("channels") or []:
            world.add_channel(state, guild, name)
    application = state.applications[int(asked.get("bot_id") or world.DEFAULT_BOT_ID)]
    if application.id not in guild.members:
        permissions = asked.get("permissions")
        events.join_guild(state, guild, application, bits(permissions) if permissions is not None else None)
    return web.json_response(guild_view(state, guild))


async def remove_from_guild(state: State, request: web.Request) -> web.Response:
    """Let a server remove its bots."""
    guild = find_guild(state, request.match_info["guild_id"])
    for application in [one for one in state.applications.values() if one.id in guild.members]:
        events.leave_guild(state, guild, application)
    return web.json_response(guild_view(state, guild))


async def add_channel(state: State, request: web.Request) -> web.Response:
    """Add a channel, and tell the bots."""
    asked = await read_body(request)
    guild = find_guild(state, asked["guild_id"])
    kind = ChannelKind[str(asked.get("kind") or "text").upper()]
    channel = world.add_channel(state, guild, asked["name"], kind, tags=tuple(asked.get("tags") or ()))
    events.tell_channel(state, channel, "CHANNEL_CREATE")
    return web.json_response(channel_view(state, channel))


async def change_channel(state: State, request: web.Request) -> web.Response:
    """Change a channel and what somebody may do in it, and tell the bots."""
    asked = await read_body(request)
    channel = find_channel(state, request.match_info["channel_id"])
    channel.name = asked.get("name", channel.name)
    channel.archived = bool(asked.get("archived", channel.archived))
    channel.locked = bool(asked.get("locked", channel.locked))
    channel.requires_tag = bool(asked.get("requires_tag", channel.requires_tag))
    ident = int(asked.get("overwrite_id") or world.DEFAULT_BOT_ID)
    if "allow" in asked or "deny" in asked:
        kind = 1 if ident in state.users else 0
        allow, deny = bits(asked.get("allow", 0)), bits(asked.get("deny", 0))
        channel.overwrites[ident] = Overwrite(ident, kind, allow, deny)
    events.tell_channel(state, channel, "THREAD_UPDATE" if channel.kind.is_thread else "CHANNEL_UPDATE")
    return web.json_response(channel_view(state, channel))


async def delete_channel(state: State, request: web.Request) -> web.Response:
    """Delete a channel."""
    events.delete_channel(state, find_channel(state, request.match_info["channel_id"]))
    return web.json_response({})


def bits(permissions: int | str | list[str]) -> int:
    """Read permissions: a number, or their names in a list (`["view_channel"]`)."""
    if isinstance(permissions, list):
        return sum(Permission[name.upper()] for name in permissions)
    return int(permissions)
