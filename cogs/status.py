"""/status, and the button that asks the same of one show."""

import re
from collections.abc import Sequence
from typing import Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GreenlitClient
from bot.delivery.embed import status_button_id
from bot.delivery.summary import summary_select_id
from bot.errors import AmbiguousShowError, UnknownShowError
from bot.guilds.status import server_status, show_status
from bot.model import AnnouncementId, Show, ShowId
from cogs.answering import Button, Pressed, Select, answer, ask_which, select_of, think
from cogs.options import Interaction, guild_of, missing_in, suggest_shows
from cogs.replies import server_embed, show_embed


class StatusCog(commands.Cog):
    """What is known, and how the bot fares."""

    @app_commands.command(description="What is known of a show; without one, how this server is set up.")
    @app_commands.describe(show="Type its name, or nothing")
    @app_commands.autocomplete(show=suggest_shows)
    @app_commands.guild_only()
    async def status(self, interaction: Interaction, show: str | None = None) -> None:
        """Tell what is known of a show, or how the server is set up."""
        await think(interaction)
        if show is None:
            await _tell_server(interaction)
            return
        try:
            found = await interaction.client.finder.find(show)
        except (AmbiguousShowError, UnknownShowError) as error:
            await ask_which(interaction, error, StatusSelect)
        else:
            await _tell_show(interaction, found)


class StatusSelect(Pressed, discord.ui.DynamicItem[Select], template="status"):
    """Takes which show is meant."""

    def __init__(self, *, shows: Sequence[Show] = ()) -> None:
        super().__init__(select_of("status", shows))

    @classmethod
    async def from_custom_id(cls, _: object, __: object, ___: re.Match[str], /) -> Self:
        """Build it anew."""
        return cls()

    async def pressed(self, interaction: Interaction) -> None:
        """Tell what is known of the show that was chosen."""
        await think(interaction)
        await _tell_show(interaction, await interaction.client.finder.by_id(ShowId(int(self.item.values[0]))))


class StatusButton(Pressed, discord.ui.DynamicItem[Button], template=r"status:(\d+)(?::\d+)?"):
    """Asks what is known of a show; under every announcement."""

    def __init__(self, show_id: ShowId) -> None:
        super().__init__(discord.ui.Button(label="What we know", custom_id=status_button_id(show_id)))
        self.show_id = show_id

    @classmethod
    async def from_custom_id(cls, _: object, __: object, found: re.Match[str], /) -> Self:
        """Build it from its name."""
        return cls(ShowId(int(found[1])))

    async def pressed(self, interaction: Interaction) -> None:
        """Tell the one who pressed it; the announcement stays as it is."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await _tell_show(interaction, await interaction.client.finder.by_id(self.show_id))


class SummarySelect(Pressed, discord.ui.DynamicItem[Select], template=r"status:summary:(\d+)"):
    """Asks what is known of one of a summary's shows; under every summary."""

    def __init__(self, announcement_id: AnnouncementId) -> None:
        super().__init__(select_of(summary_select_id(announcement_id)))

    @classmethod
    async def from_custom_id(cls, _: object, __: object, found: re.Match[str], /) -> Self:
        """Build it from its name."""
        return cls(AnnouncementId(int(found[1])))

    async def pressed(self, interaction: Interaction) -> None:
        """Tell the one who chose; the summary stays as it is."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await _tell_show(interaction, await interaction.client.finder.by_id(ShowId(int(self.item.values[0]))))


async def _tell_show(interaction: Interaction, show: Show) -> None:
    client = interaction.client
    await answer(interaction, embed=show_embed(await show_status(client.database, client.finder, show)))


async def _tell_server(interaction: Interaction) -> None:
    client = interaction.client
    status = await server_status(client.database, client.finder, guild_of(interaction))
    await answer(interaction, embed=server_embed(status, missing_in(interaction, status.guild.channel_id)))


async def setup(bot: GreenlitClient) -> None:
    """Add the command to `bot`."""
    bot.add_dynamic_items(StatusSelect, StatusButton, SummarySelect)
    await bot.add_cog(StatusCog())
