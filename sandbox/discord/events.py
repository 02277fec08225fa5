"""Changes to servers and channels, each told to the bots that it concerns."""

from sandbox.discord.gateway.sessions import Intent
from sandbox.discord.nouns import Application, Channel, Guild, Json
from sandbox.discord.render.people import role_json
from sandbox.discord.render.places import channel_json, guild_create_json, guild_json
from sandbox.discord.state import State
from sandbox.discord.world import add_bot


def join_guild(state: State, guild: Guild, application: Application, permissions: int | None = None) -> None:
    """Add the bot to a server: GUILD_CREATE."""
    if permissions is None:
        add_bot(state, guild, application)
    else:
        add_bot(state, guild, application, permissions)
    told = guild_create_json(guild, application.user, joined=True)
    state.hub.tell_bots([application], "GUILD_CREATE", told, guild.id, Intent.GUILDS)


def leave_guild(state: State, guild: Guild, application: Application) -> None:
    """Remove the bot from a server: GUILD_DELETE without `unavailable`."""
    state.hub.tell_bots([application], "GUILD_DELETE", {"id": str(guild.id)}, guild.id, Intent.GUILDS)
    del guild.members[application.id]
    guild.roles = {key: role for key, role in guild.roles.items() if role.managed_by != application.id}
    application.commands.pop(guild.id, None)


def set_unavailable(state: State, guild: Guild, *, unavailable: bool) -> None:
    """Let a server fall out or come back, as when a part of Discord is down."""
    guild.unavailable = unavailable
    for application in _bots(state, guild):
        if unavailable:
            told: Json = {"id": str(guild.id), "unavailable": True}
            state.hub.tell_bots([application], "GUILD_DELETE", told, guild.id, Intent.GUILDS)
        else:
            told = guild_create_json(guild, application.user)
            state.hub.tell_bots([application], "GUILD_CREATE", told, guild.id, Intent.GUILDS)


def tell_channel(state: State, channel: Channel, event: str) -> None:
    """Tell of a channel or thread: `event` is CHANNEL_CREATE, CHANNEL_UPDATE, THREAD_CREATE, and so on."""
    told = channel_json(channel)
    if event == "THREAD_CREATE":
        told["newly_created"] = True
    state.hub.tell_bots(state.bots_in(channel), event, told, channel.guild_id, Intent.GUILDS)


def delete_channel(state: State, channel: Channel) -> None:
    """Delete a channel with all that is in it and below it."""
    guild = state.guild_of(channel)
    if guild is not None:
        for thread in [one for one in guild.channels.values() if one.parent_id == channel.id]:
            delete_channel(state, thread)
    tell_channel(state, channel, "THREAD_DELETE" if channel.kind.is_thread else "CHANNEL_DELETE")
    state.channels.pop(channel.id, None)
    if guild is not None:
        guild.channels.pop(channel.id, None)
        if guild.system_channel_id == channel.id:
            guild.system_channel_id = None
            state.hub.tell_bots(
                _bots(state, guild), "GUILD_UPDATE", guild_json(guild), guild.id, Intent.GUILDS
            )


def set_role_permissions(state: State, guild: Guild, role_id: int, permissions: int) -> None:
    """Change what a role may: GUILD_ROLE_UPDATE."""
    role = guild.roles[role_id]
    role.permissions = permissions
    told: Json = {"guild_id": str(guild.id), "role": role_json(role)}
    state.hub.tell_bots(_bots(state, guild), "GUILD_ROLE_UPDATE", told, guild.id, Intent.GUILDS)


def _bots(state: State, guild: Guild) -> list[Application]:
    return [one for one in state.applications.values() if one.id in guild.members]
