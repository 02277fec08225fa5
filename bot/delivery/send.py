"""The only sender of announcements."""

import asyncio
from functools import partial

import discord

from bot.delivery.embed import announcement_embed, status_button_id
from bot.delivery.forum import NoTagError, posted
from bot.delivery.look import find_sent
from bot.delivery.outcome import NO_TAG, THREAD_ARCHIVED, TROUBLES, Closed, Outcome, Sent, judge
from bot.delivery.plain import web_url
from bot.delivery.publish import published
from bot.delivery.summary import summary_embed, summary_select
from bot.model import Announcement, ChannelId, MessageId, Publishing

MAX_SEND_S = 15.0
"""A call that empties a channel's bucket comes back when the bucket is full again, 5 s later."""
_MAY_NOT_REPLY = 160002
"""A reply takes Read Message History; without it the message stands alone."""


class Sender:
    """Sends announcements as `client`, or edits the messages that they became."""

    def __init__(self, client: discord.Client, max_send_s: float = MAX_SEND_S) -> None:
        self._client = client
        self._max_send_s = max_send_s
        self._fetched: dict[ChannelId, object] = {}

    async def send(self, announcement: Announcement) -> Outcome:
        """Send `announcement`, or bring its message up to date; say what became of it.

        No answer in time means that we do not know: the nonce makes a repeat harmless for a while; after
        that we look into the channel first. Where we may not, we send: rather twice than never.
        """
        try:
            async with asyncio.timeout(self._max_send_s):
                message_id = await self._written(announcement)
        except NoTagError:
            return Closed(NO_TAG)
        except TROUBLES as error:
            is_edit = announcement.message_id is not None
            return judge(error, max(announcement.attempts - 1, 0), is_edit=is_edit)
        if announcement.publishing is Publishing.NO or announcement.message_id is not None:
            return Sent(message_id)
        return await published(self._client, announcement, message_id)

    async def _written(self, announcement: Announcement) -> MessageId:
        forum = await self._forum(announcement.channel_id)
        if announcement.message_id is not None:
            return await self._edited(announcement, announcement.message_id, forum)
        embed, view = written(announcement)
        if forum is not None:
            return await posted(forum, announcement, embed, view, self._our_id)
        channel = self._client.get_partial_messageable(announcement.channel_id)
        if (since := announcement.doubtful_since) is not None:
            there = await find_sent(channel, announcement, since, self._our_id)
            if there is not None:
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

    @property
    def _our_id(self) -> int:
        return self._client.user.id if self._client.user is not None else 0

    async def _forum(self, channel_id: ChannelId) -> discord.ForumChannel | None:
        """Give the channel if it is a forum; asked of Discord while the gateway has not told us yet."""
        place: object = self._client.get_channel(channel_id) or self._fetched.get(channel_id)
        if place is None and not self._client.is_ready():
            place = self._fetched[channel_id] = await self._client.fetch_channel(channel_id)
        return place if isinstance(place, discord.ForumChannel) else None

    async def _edited(
        self, announcement: Announcement, message_id: MessageId, forum: discord.ForumChannel | None
    ) -> MessageId:
        """Bring the message up to date; a forum's post has a thread of its id, opened where archived."""
        embed, view = written(announcement)
        thread_id = announcement.channel_id if forum is None else message_id
        message = self._client.get_partial_messageable(thread_id).get_partial_message(message_id)
        try:
            await message.edit(embed=embed, view=view)
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED:
                raise
            await self._client.http.edit_channel(thread_id, archived=False)
            await message.edit(embed=embed, view=view)
        return message_id


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
