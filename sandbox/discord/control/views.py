"""Servers, channels and commands as the page needs them."""

from sandbox.discord.nouns import Channel, Guild, Json
from sandbox.discord.permissions import Permission
from sandbox.discord.render.people import role_json, user_json
from sandbox.discord.render.places import channel_json
from sandbox.discord.state import State


def guild_view(state: State, guild: Guild) -> Json:
    """Write a server as the page needs it: with its channels, and the people whom one can act as."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "has_bot": any(member.user.bot for member in guild.members.values()),
        "channels": [channel_view(state, channel) for channel in guild.channels.values()],
        "people": [user_json(one.user) for one in guild.members.values() if not one.user.bot],
        "roles": [role_json(role) for role in guild.roles.values()],
    }


def channel_view(state: State, channel: Channel) -> Json:
    """Write a channel with its kind as a word and what the bot may do in it."""
    bots = state.bots_in(channel)
    granted = state.may(bots[0].id, channel) if bots else 0
    may = [str(one.name).lower() for one in Permission if granted & one]
    return {**channel_json(channel), "kind": channel.kind.name.lower(), "bot_may": may}


def registered_commands(state: State, guild_id: int | None) -> list[Json]:
    """Give what can be typed in a server: its own commands and those for everywhere, by name."""
    scopes = [
        commands
        for application in state.applications.values()
        for scope, commands in application.commands.items()
        if scope is None or scope == guild_id
    ]
    return sorted((one for scope in scopes for one in scope.values()), key=lambda one: str(one["name"]))
