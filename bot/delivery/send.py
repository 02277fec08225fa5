"""The only sender of announcements."""

import asyncio
from functools import partial

import discord

from bot.delivery.embed import announcement_embed, status_button_id
from bot.delivery.look import find_sent
from bot.delivery.outcome import TROUBLES, Outcome, Sent, judge
from bot.delivery.plain import web_url
from bot.delivery.publish import published
from bot.delivery.summary import summary_embed, summary_select
from bot.model import Announcement, MessageId, Publishing

MAX_SEND_S = 15.0
"""A call that empties a channel's bucket comes back when the bucket is full again, 5 s later."""
_MAY_NOT_REPLY = 160002
"""A reply takes Read Message History; without it the message stands alone."""


class Sender:
    """Sends announcements as `client`, or edits the messages that they became."""

    def __init__(self, client: discord.Client, max_send_s: float = MAX_SEND_S) -> None:
        self._client = client
        self._max_send_s = max_send_s

    async def send(self, announcement: Announcement) -> Outcome:
        """Send `announcement`, or bring its message up to date; say what became of it.

        No answer in time means that we do not know: the nonce makes a repeat harmless for a while; after
        that we look into the channel first. Where we may not, we send: rather twice than never.
        """
        try:
            async with asyncio.timeout(self._max_send_s):
                message_id = await self._written(announcement)
        except TROUBLES as error:
            return judge(error, max(announcement.attempts - 1, 0))
        if announcement.publishing is Publishing.NO or announcement.message_id is not None:
            return Sent(message_id)
        return await published(self._client, announcement, message_id)

    async def _written(self, announcement: Announcement) -> MessageId:
        channel = self._client.get_partial_messageable(announcement.channel_id)
        embed, view = written(announcement)
        if announcement.message_id is not None:
            await channel.get_partial_message(announcement.message_id).edit(embed=embed, view=view)
            return announcement.message_id
        if announcement.doubtful_since is not None and self._client.user is not None:
            our_id = self._client.user.id
            if there := await find_sent(channel, announcement, announcement.doubtful_since, our_id):
                return there
        send = partial(
            channel.send,
            embed=embed,
            view=view,
            nonce=announcement.nonce,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        if reference := _reference(announcement):
            try:
                return MessageId((await send(reference=reference)).id)
            except discord.HTTPException as error:
                if error.code != _MAY_NOT_REPLY:
                    raise
        return MessageId((await send()).id)


def written(announcement: Announcement) -> tuple[discord.Embed, discord.ui.View]:
    """Give what people see of an announcement: as itself, or as the summary that it is."""
    if not announcement.listed:
        return announcement_embed(announcement), announcement_buttons(announcement)
    view = discord.ui.View(timeout=None)
    view.add_item(summary_select(announcement))
    view.stop()
    return summary_embed(announcement), view


def _reference(announcement: Announcement) -> discord.MessageReference | None:
    """Make a reply of what changes an earlier message; where that was deleted, it stands alone."""
    if announcement.reply_to is None or announcement.listed:
        return None
    return discord.MessageReference(
        message_id=announcement.reply_to, channel_id=announcement.channel_id, fail_if_not_exists=False
    )


def announcement_buttons(announcement: Announcement) -> discord.ui.View:
    """Give the buttons under an announcement: read the article, ask what is known of the show."""
    view = discord.ui.View(timeout=None)
    if url := web_url(announcement.story.sources[0].url):
        view.add_item(discord.ui.Button(label="Read", url=url))
    asks = status_button_id(announcement.show.id, announcement.id)
    view.add_item(discord.ui.Button(label="What we know", custom_id=asks))
    view.stop()  # else discord.py remembers it for each message, as long as the process lives
    return view
