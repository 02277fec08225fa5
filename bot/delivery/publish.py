"""Publishes a sent announcement to the servers that follow its announcement channel."""

import asyncio

import discord

from bot.delivery.outcome import TROUBLES, Sent
from bot.model import Announcement, MessageId, Publishing

MAX_PUBLISH_S = 5.0
"""The call that uses up the hour's ten comes back when the hour is over, though Discord has it at once."""
_ALREADY_PUBLISHED = 40033


async def published(
    client: discord.Client,
    announcement: Announcement,
    message_id: MessageId,
    max_publish_s: float = MAX_PUBLISH_S,
) -> Sent:
    """Publish the message and say what became of that; sent it is in any case.

    Done twice, as after a crash, Discord says that it was done already. Where the channel is of
    another kind there is nothing to publish.
    """
    channel = client.get_channel(announcement.channel_id)
    if channel is not None and not (isinstance(channel, discord.TextChannel) and channel.is_news()):
        return Sent(message_id)
    if announcement.publishing is Publishing.USED_UP:
        return Sent(message_id, note="sent, not published: Discord's ten an hour are used up")
    place = client.get_partial_messageable(announcement.channel_id)
    try:
        async with asyncio.timeout(max_publish_s):
            await place.get_partial_message(message_id).publish()
    except TimeoutError:
        return Sent(message_id, published=True, note="sent, and published as far as we know")
    except TROUBLES as error:
        if getattr(error, "code", None) != _ALREADY_PUBLISHED:
            return Sent(message_id, note=f"sent, not published: {error}")
    return Sent(message_id, published=True, note="sent and published")
