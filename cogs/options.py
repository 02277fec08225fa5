"""The `show` and `channel` options: suggestions while typing, permissions on what was chosen."""

from functools import reduce
from operator import or_
from typing import Any

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
NEEDED_IN_THREADS = {
    "view_channel": "View Channel",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
}

Place = discord.TextChannel | discord.ForumChannel | discord.Thread
"""Where we can announce; an announcement channel is a text channel, too."""


class PlaceTransformer(app_commands.Transformer):
    """Offers the channels of the sorts in which we announce; discord.py's own sorts hold one too many."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Say that it is a channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Name the sorts."""
        return [
            discord.ChannelType.text,
            discord.ChannelType.news,
            discord.ChannelType.forum,
            discord.ChannelType.news_thread,
            discord.ChannelType.public_thread,
            discord.ChannelType.private_thread,
        ]

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> Place:
        """Give the channel itself, if we see it."""
        found = value.resolve()
        if not isinstance(found, Place):
            raise app_commands.TransformerError(value, self.type, self)
        return found


AnyPlace = app_commands.Transform[Place, PlaceTransformer]


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


def missing_permissions(place: Place) -> tuple[str, ...]:
    """Name the permissions that we need to announce in `place` and do not have; a thread has its parent's."""
    needed = NEEDED_IN_THREADS if isinstance(place, discord.Thread) else NEEDED
    channel = place.parent if isinstance(place, discord.Thread) else place
    allowed = _granted(channel) if channel is not None else discord.Permissions.none()
    return tuple(shown for name, shown in needed.items() if not getattr(allowed, name))


def _granted(channel: discord.TextChannel | discord.ForumChannel) -> discord.Permissions:
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


def _pair(
    channel: discord.TextChannel | discord.ForumChannel, whom: discord.Role | discord.Member
) -> tuple[int, int]:
    """Give what an overwrite allows and denies, in bits."""
    allow, deny = channel.overwrites_for(whom).pair()
    return allow.value, deny.value


def missing_in(interaction: Interaction, channel_id: ChannelId | None) -> tuple[str, ...]:
    """Name the permissions that we lack in the announcement channel; none where there is no channel yet."""
    if channel_id is None or interaction.guild is None:
        return ()
    channel = interaction.guild.get_channel_or_thread(channel_id)
    if not isinstance(channel, Place):
        return (NEEDED["view_channel"],)
    return missing_permissions(channel)


def usable(channel: Place) -> ChannelId:
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
