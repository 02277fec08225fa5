"""/setup and /settings, for those who manage the server."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GreenlitClient
from bot.guilds.settings import choose_channel, choose_publishing, server_settings
from bot.model import UserId
from cogs.answering import answer, think
from cogs.options import AnyPlace, Interaction, guild_of, missing_in, usable
from cogs.replies import channel_chosen_text, publishing_text, settings_embed

_MANAGER = discord.Permissions(manage_guild=True)


class AdminCog(commands.Cog):
    """What those who manage the server may do."""

    setup = app_commands.Group(
        name="setup",
        description="Set up announcements on this server.",
        default_permissions=_MANAGER,
        guild_only=True,
    )

    @setup.command(name="channel", description="Choose the channel for announcements.")
    @app_commands.describe(channel="Where to announce")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def channel(self, interaction: Interaction, channel: AnyPlace) -> None:
        """Choose the announcement channel, if we may write there."""
        await think(interaction)
        chosen_by = UserId(interaction.user.id)
        moved = await choose_channel(
            interaction.client.database, guild_of(interaction), usable(channel), chosen_by
        )
        await answer(interaction, channel_chosen_text(channel.id, moved))

    @setup.command(name="publish", description="Publish what I announce in an announcement channel, or not.")
    @app_commands.describe(publish="Whether servers that follow the channel get it, too")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def publish(self, interaction: Interaction, publish: bool) -> None:
        """Choose whether servers that follow an announcement channel get the news, too."""
        await think(interaction)
        await choose_publishing(interaction.client.database, guild_of(interaction), publish)
        await answer(interaction, publishing_text(publish))

    @app_commands.command(description="Show this server's settings.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def settings(self, interaction: Interaction) -> None:
        """Show the settings, and whether they work."""
        await think(interaction)
        guild = await server_settings(interaction.client.database, guild_of(interaction))
        await answer(interaction, embed=settings_embed(guild, missing_in(interaction, guild.channel_id)))


async def setup(bot: GreenlitClient) -> None:
    """Add the commands to `bot`."""
    await bot.add_cog(AdminCog())
