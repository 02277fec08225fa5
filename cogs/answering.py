"""How an answer reaches the person: for their eyes only, in time; and the buttons and menus below it."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.errors import AmbiguousShowError, UnknownShowError
from bot.model import Show
from cogs.options import MAX_LABEL, Interaction, short_label

Select = discord.ui.Select[discord.ui.View]
Button = discord.ui.Button[discord.ui.View]


async def think(interaction: Interaction) -> None:
    """Tell Discord within its 3 s that an answer is coming."""
    if interaction.type is discord.InteractionType.component:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def answer(
    interaction: Interaction,
    content: str | None = None,
    *,
    embed: discord.Embed | None = None,
    view: discord.ui.View | None = None,
) -> None:
    """Put the answer where `think` promised it, in place of the question where a button was pressed."""
    await interaction.edit_original_response(content=content, embed=embed, view=view)


class Pressed:
    """What our buttons and selects share: they work after a restart, and errors become replies."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Call `pressed`; discord.py would only log what it raises."""
        try:
            await self.pressed(interaction)
        except Exception as error:
            await interaction.client.answer_error(interaction, error)


def buttons(*presses: discord.ui.Item[Any]) -> discord.ui.View:
    """Put items under an answer."""
    view = discord.ui.View(timeout=None)
    for press in presses:
        view.add_item(press)
    return view


def select_of(custom_id: str, shows: Sequence[Show] = ()) -> Select:
    """Build a select menu of `shows`; its values are their ids."""
    options = [
        discord.SelectOption(label=short_label(show), value=str(show.id), description=_status_of(show))
        for show in shows[:25]
    ]
    return discord.ui.Select(custom_id=custom_id, placeholder="Choose a show", options=options)


async def ask_which(
    interaction: Interaction, error: AmbiguousShowError | UnknownShowError, select: type[Any], *about: object
) -> None:
    """Show a select of the shows that `error` offers; it is `select` that takes the choice."""
    shows = error.choices if isinstance(error, AmbiguousShowError) else error.near
    view = buttons(select(*about, shows=shows)) if shows else None
    await answer(interaction, error.reply, view=view)


def _status_of(show: Show) -> str | None:
    return show.status[:MAX_LABEL] if show.status else None
