"""Looks whether an announcement is in its channel already, when its nonce no longer tells."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import discord

from bot.delivery.embed import status_button_id
from bot.delivery.summary import summary_select_id
from bot.model import Announcement, MessageId

MAX_LOOKED_AT = 500
_CLOCKS_DIFFER = timedelta(days=1)
"""How far back before the first try we look: our clock need not be Discord's."""


async def find_sent(
    channel: discord.abc.Messageable, announcement: Announcement, since: datetime, our_id: int
) -> MessageId | None:
    """Give the message that an earlier attempt made, in the channel's latest 500; None where there is none.

    `our_id` is the bot's own. Without the permission to read the history Discord shows none, or answers
    403, which comes to the same.
    """
    try:
        async for message in channel.history(limit=MAX_LOOKED_AT):
            if message.author.id == our_id and is_message_of(message, announcement):
                return MessageId(message.id)
            if message.created_at < since - _CLOCKS_DIFFER:
                return None
    except discord.Forbidden:
        return None
    return None


def is_message_of(message: discord.Message, announcement: Announcement) -> bool:
    """Say whether `message` tells `announcement`: by its nonce where Discord gives it, else by its button."""
    marks = {status_button_id(announcement.show.id, announcement.id), summary_select_id(announcement.id)}
    return message.nonce == announcement.nonce or not marks.isdisjoint(_button_ids(message))


def _button_ids(message: discord.Message) -> Iterator[str | None]:
    for row in message.components:
        for part in getattr(row, "children", ()):
            yield getattr(part, "custom_id", None)
