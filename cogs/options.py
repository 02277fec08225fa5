"""The `show` and `channel` options: suggestions while typing, permissions on what was chosen."""

from functools import reduce
from operator import or_

import discord
from discord import app_commands

from bot.client import GreenlitClient
from bot.errors import NoChannelError, StorageError, UsageError
from bot.guilds.follows import suggest_followed
from bot.guilds.shows import picked_value
from bot.model import ChannelId, GuildId, Show

Interaction = discord.Interaction[GreenlitClient]

MAX_LABEL = 100
NEEDED = {"view_channel": "View Channel", "send_messages": "Send Messages", "embed_links": "Embed Links"}


async def suggest_shows(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Suggest shows of the catalogue."""
    return _choices(await interaction.client.finder.suggest(typed))


async def suggest_followed_shows(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Suggest shows that this server follows."""
    try:
        return _choices(await suggest_followed(interaction.client.database, guild_of(interaction), typed))
    except StorageError:
        return []


def guild_of(interaction: Interaction) -> GuildId:
    """Say on which server this is; nothing else says whose settings and follows count."""
    if interaction.guild_id is None:
        raise UsageError("My commands work on a server, not in private messages.")
    return GuildId(interaction.guild_id)


def missing_permissions(channel: discord.TextChannel) -> tuple[str, ...]:
    """Name the permissions that we need to announce in `channel` and do not have."""
    allowed = _granted(channel)
    return tuple(shown for name, shown in NEEDED.items() if not getattr(allowed, name))


def _granted(channel: discord.TextChannel) -> discord.Permissions:
    """Give what we are granted in `channel`, each for itself.

    discord.py's own answer takes all else away where View Channel or Send Messages is missing, and so
    would name permissions that nobody has to mend.
    Source: discord.com/developers/docs/topics/permissions#permission-overwrites.
    """
    me = channel.guild.me
    granted = discord.Permissions(me.guild_permissions.value)
    if granted.administrator:
        return granted
    granted.handle_overwrite(*_pair(channel, channel.guild.default_role))
    roles = [_pair(channel, role) for role in me.roles[1:]]
    granted.handle_overwrite(
        allow=reduce(or_, (allow for allow, _ in roles), 0), deny=reduce(or_, (deny for _, deny in roles), 0)
    )
    granted.handle_overwrite(*_pair(channel, me))
    return granted


def _pair(channel: discord.TextChannel, whom: discord.Role | discord.Member) -> tuple[int, int]:
    """Give what an overwrite allows and denies, in bits."""
    allow, deny = channel.overwrites_for(whom).pair()
    return allow.value, deny.value


def missing_in(interaction: Interaction, channel_id: ChannelId | None) -> tuple[str, ...]:
    """Name the permissions that we lack in the announcement channel; none where there is no channel yet."""
    if channel_id is None or interaction.guild is None:
        return ()
    channel = interaction.guild.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel):
        return (NEEDED["view_channel"],)
    return missing_permissions(channel)


def usable(channel: discord.TextChannel) -> ChannelId:
    """Give the channel's id; NoChannelError names the permissions that we lack there."""
    if missing := missing_permissions(channel):
        raise NoChannelError(
            f"I cannot announce in #{channel.name}: I lack {' and '.join(missing)} there. "
            "Give me that in the channel's settings under Permissions, then try again."
        )
    return ChannelId(channel.id)


def short_label(show: Show) -> str:
    """Give the show's label as short as Discord's lists take it."""
    return show.label if len(show.label) <= MAX_LABEL else f"{show.label[: MAX_LABEL - 1]}…"


def _choices(shows: tuple[Show, ...]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=short_label(show), value=picked_value(show.id)) for show in shows]
