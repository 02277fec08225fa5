"""/follow, /unfollow and /following."""

import re
from collections.abc import Sequence
from typing import Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GreenlitClient
from bot.errors import AmbiguousShowError, NoChannelError, NotFollowedError, UnknownShowError
from bot.guilds.follows import Wish, follow_show, following, restore_follow, unfollow_show
from bot.guilds.shows import picked_value
from bot.guilds.status import show_status
from bot.model import ChannelId, Follow, Show, ShowId, UserId
from cogs.answering import Button, Pressed, Select, answer, ask_which, buttons, select_of, think
from cogs.options import (
    AnyPlace,
    Interaction,
    Place,
    guild_of,
    missing_permissions,
    suggest_followed_shows,
    suggest_shows,
    usable,
)
from cogs.replies import PAGE, followed_embed, following_embed, restored_text, unfollowed_text
from cogs.status import StatusButton


class FollowCog(commands.Cog):
    """What everybody on a server may do."""

    @app_commands.command(description="Be told when a show is renewed, cancelled, dated, delayed or cast.")
    @app_commands.describe(show="Type its name", channel="Where to announce it, if not in the usual channel")
    @app_commands.autocomplete(show=suggest_shows)
    @app_commands.guild_only()
    async def follow(self, interaction: Interaction, show: str, channel: AnyPlace | None = None) -> None:
        """Follow a show."""
        await think(interaction)
        named = _allowed(interaction, channel) if channel is not None else None
        try:
            found = await interaction.client.finder.find(show)
        except (AmbiguousShowError, UnknownShowError) as error:
            await ask_which(interaction, error, FollowSelect, named)
        else:
            await _follow(interaction, found, named)

    @app_commands.command(description="Stop following a show.")
    @app_commands.describe(show="Type its name")
    @app_commands.autocomplete(show=suggest_followed_shows)
    @app_commands.guild_only()
    async def unfollow(self, interaction: Interaction, show: str) -> None:
        """Stop following a show."""
        await think(interaction)
        try:
            await _unfollow(interaction, show)
        except (AmbiguousShowError, UnknownShowError) as error:
            await ask_which(interaction, error, UnfollowSelect)

    @app_commands.command(description="List the shows that this server follows.")
    @app_commands.guild_only()
    async def following(self, interaction: Interaction) -> None:
        """List what the server follows."""
        await think(interaction)
        await _list(interaction, 0)


class FollowSelect(Pressed, discord.ui.DynamicItem[Select], template=r"follow:(\d+)"):
    """Takes which show is to be followed; its name carries the channel that was named, or 0."""

    def __init__(self, channel_id: ChannelId | None, *, shows: Sequence[Show] = ()) -> None:
        super().__init__(select_of(f"follow:{channel_id or 0}", shows))
        self.channel_id = channel_id

    @classmethod
    async def from_custom_id(cls, _: object, __: object, found: re.Match[str], /) -> Self:
        """Build it from its name."""
        return cls(ChannelId(int(found[1])) if int(found[1]) else None)

    async def pressed(self, interaction: Interaction) -> None:
        """Follow the show that was chosen."""
        await think(interaction)
        show = await interaction.client.finder.by_id(ShowId(int(self.item.values[0])))
        await _follow(interaction, show, self.channel_id)


class UnfollowSelect(Pressed, discord.ui.DynamicItem[Select], template="unfollow"):
    """Takes which show is no longer to be followed."""

    def __init__(self, *, shows: Sequence[Show] = ()) -> None:
        super().__init__(select_of("unfollow", shows))

    @classmethod
    async def from_custom_id(cls, _: object, __: object, ___: re.Match[str], /) -> Self:
        """Build it anew."""
        return cls()

    async def pressed(self, interaction: Interaction) -> None:
        """Unfollow the show that was chosen."""
        await think(interaction)
        await _unfollow(interaction, picked_value(ShowId(int(self.item.values[0]))))


class StopButton(Pressed, discord.ui.DynamicItem[Button], template=r"unfollow:(\d+)"):
    """Ends the follow that was just made."""

    def __init__(self, show_id: ShowId) -> None:
        super().__init__(discord.ui.Button(label="Stop following", custom_id=f"unfollow:{show_id}"))
        self.show_id = show_id

    @classmethod
    async def from_custom_id(cls, _: object, __: object, found: re.Match[str], /) -> Self:
        """Build it from its name."""
        return cls(ShowId(int(found[1])))

    async def pressed(self, interaction: Interaction) -> None:
        """Unfollow."""
        await think(interaction)
        await _unfollow(interaction, picked_value(self.show_id))


class UndoButton(Pressed, discord.ui.DynamicItem[Button], template=r"undo:(\d+):(\d+)"):
    """Brings back the follow that was just ended: of that show, in that channel (0: the server's)."""

    def __init__(self, show_id: ShowId, channel_id: ChannelId | None) -> None:
        super().__init__(discord.ui.Button(label="Undo", custom_id=f"undo:{show_id}:{channel_id or 0}"))
        self.show_id = show_id
        self.channel_id = channel_id

    @classmethod
    async def from_custom_id(cls, _: object, __: object, found: re.Match[str], /) -> Self:
        """Build it from its name."""
        return cls(ShowId(int(found[1])), ChannelId(int(found[2])) if int(found[2]) else None)

    async def pressed(self, interaction: Interaction) -> None:
        """Follow it again, as it was."""
        await think(interaction)
        show = await interaction.client.finder.by_id(self.show_id)
        user_id = UserId(interaction.user.id)
        await restore_follow(
            interaction.client.database, Follow(guild_of(interaction), show.id, self.channel_id, user_id)
        )
        await answer(interaction, restored_text(show), view=buttons(StopButton(show.id)))


class PageButton(Pressed, discord.ui.DynamicItem[Button], template=r"following:(\d+)"):
    """Turns to a page of what the server follows."""

    def __init__(self, page: int, label: str = "Page") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"following:{page}"))
        self.page = page

    @classmethod
    async def from_custom_id(cls, _: object, __: object, found: re.Match[str], /) -> Self:
        """Build it from its name."""
        return cls(int(found[1]))

    async def pressed(self, interaction: Interaction) -> None:
        """Show the page."""
        await think(interaction)
        await _list(interaction, self.page)


async def _follow(interaction: Interaction, show: Show, channel_id: ChannelId | None) -> None:
    """Follow `show` and tell how it stands."""
    client = interaction.client
    wish = Wish(
        guild_of(interaction),
        UserId(interaction.user.id),
        channel_id,
        here=_here(interaction),
        is_admin=interaction.permissions.manage_guild,
    )
    followed = await follow_show(client.database, wish, show)
    status = await show_status(client.database, client.finder, show)
    view = buttons(StopButton(show.id), StatusButton(show.id))
    await answer(interaction, embed=followed_embed(followed, status), view=view)


async def _unfollow(interaction: Interaction, typed: str) -> None:
    follow, show = await unfollow_show(interaction.client.database, guild_of(interaction), typed)
    undo = UndoButton(show.id, follow.channel_id)
    await answer(interaction, unfollowed_text(show), view=buttons(undo))


async def _list(interaction: Interaction, page: int) -> None:
    followed = await following(interaction.client.database, guild_of(interaction))
    if not followed:
        raise NotFollowedError("This server follows no show yet. /follow begins.")
    last = (len(followed) - 1) // PAGE
    page = min(page, last)
    turns = [PageButton(page - 1, "◀")] if page > 0 else []
    turns += [PageButton(page + 1, "▶")] if page < last else []
    view = buttons(*turns) if turns else None
    await answer(interaction, embed=following_embed(followed, page), view=view)


def _here(interaction: Interaction) -> ChannelId | None:
    """Say where the person is, if we may announce there."""
    channel = interaction.channel
    if isinstance(channel, discord.TextChannel | discord.Thread) and not missing_permissions(channel):
        return ChannelId(channel.id)
    return None


def _allowed(interaction: Interaction, channel: Place) -> ChannelId:
    """Give the channel's id, if they and we may write there: nobody speaks through us where they are mute."""
    user = interaction.user
    if isinstance(user, discord.Member) and not channel.permissions_for(user).send_messages:
        raise NoChannelError(f"You may not write in #{channel.name}, so I will not announce there for you.")
    return usable(channel)


async def setup(bot: GreenlitClient) -> None:
    """Add the commands to `bot`."""
    bot.add_dynamic_items(FollowSelect, UnfollowSelect, StopButton, UndoButton, PageButton)
    await bot.add_cog(FollowCog())
