"""Tells a server's admins that a channel takes nothing of ours."""

import asyncio

import discord

from bot.delivery.outcome import TROUBLES
from bot.model import Trouble, UserId

_LONGEST_S = 15.0


class Notifier:
    """Tells as `client`: in the system channel, else in a direct message."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def can_tell(self, trouble: Trouble) -> bool:
        """Say whether the server is there now; in an outage of Discord's it may not be."""
        guild = self._client.get_guild(trouble.guild_id)
        return guild is not None and not guild.unavailable

    async def tell(self, trouble: Trouble, person: UserId | None) -> str | None:
        """Tell of `trouble`; say where that was, None where nobody could be told.

        Where the system channel is missing or closed to us too, `person` is told, else the server's owner.
        """
        guild = self._client.get_guild(trouble.guild_id)
        if guild is None:
            return None
        channel = guild.system_channel
        if channel is not None and channel.id != trouble.channel_id:
            allowed = channel.permissions_for(guild.me)
            if allowed.view_channel and allowed.send_messages and await self._sent(channel, trouble):
                return "the system channel"
        return await self._tell_person(person or guild.owner_id, trouble)

    async def _tell_person(self, user_id: int | None, trouble: Trouble) -> str | None:
        if user_id is None:
            return None
        try:
            person = await self._client.create_dm(discord.Object(user_id))
        except TROUBLES:
            return None
        return "a direct message" if await self._sent(person, trouble) else None

    async def _sent(self, place: discord.abc.Messageable, trouble: Trouble) -> bool:
        try:
            async with asyncio.timeout(_LONGEST_S):
                await place.send(notice_text(trouble), allowed_mentions=discord.AllowedMentions.none())
        except TROUBLES:
            return False
        return True


def notice_text(trouble: Trouble) -> str:
    """Say what is wrong, what we do about it, and what they can do."""
    return (
        f"⚠️ I cannot announce in <#{trouble.channel_id}>: {trouble.why}.\n"
        "I keep the news and try again by myself, so it is enough to mend that. "
        "`/setup channel` chooses another channel, and `/status` tells how it stands."
    )
