"""Announces in a forum: a post for each story, with the tag that is called as its kind."""

import re
from collections.abc import Iterable

import discord

from bot.delivery.look import is_message_of
from bot.delivery.looks import LOOKS
from bot.delivery.plain import plain
from bot.model import Announcement, Kind, MessageId

MAX_NAME = 100
_ESCAPE = re.compile(r"\\(.)")
_FOR_ANY = {"news", "other", "tv", "tv news"}
_MOST_LOOKED_AT = 10


class NoTagError(Exception):
    """The forum wants a tag, and none fits."""


async def posted(
    forum: discord.ForumChannel,
    announcement: Announcement,
    embed: discord.Embed,
    view: discord.ui.View,
    our_id: int,
) -> MessageId:
    """Post `announcement`; the post's thread and its first message have the id that is given back.

    Posts know no nonce, so after any earlier attempt we look for it first. NoTagError without a
    request, where the forum wants a tag and has none that fits.
    """
    if announcement.attempts > 1 and (there := await _find_posted(forum, announcement, our_id)):
        return there
    kinds = [one.story.kind for one in announcement.listed] or [announcement.story.kind]
    tags = fitting_tags(forum.available_tags, kinds[0] if len(set(kinds)) == 1 else None)
    if forum.flags.require_tag and not tags:
        raise NoTagError
    made = await forum.create_thread(
        name=post_name(embed),
        embed=embed,
        view=view,
        applied_tags=tags,
        allowed_mentions=discord.AllowedMentions.none(),
    )
    return MessageId(made.thread.id)


def post_name(embed: discord.Embed) -> str:
    """Name the post as its message, without the signs that keep markdown away: a name knows none."""
    return plain(_ESCAPE.sub(r"\1", embed.title or "").replace("\u200b", ""), MAX_NAME) or "News"


def fitting_tags(tags: Iterable[discord.ForumTag], kind: Kind | None) -> list[discord.ForumTag]:
    """Give the tag that is called as the kind is, else one for any news; those of moderators are not ours."""
    free = {tag.name.casefold().strip(): tag for tag in tags if not tag.moderated}
    names = [LOOKS[kind].word.casefold(), kind.value.replace("_", " ")] if kind is not None else []
    found = [free[name] for name in (*names, *sorted(_FOR_ANY)) if name in free]
    return found[:1]


async def _find_posted(
    forum: discord.ForumChannel, announcement: Announcement, our_id: int
) -> MessageId | None:
    """Give the post that an earlier attempt made, among the forum's open ones; None where there is none."""
    ours = [
        thread
        for thread in await forum.guild.active_threads()
        if thread.parent_id == forum.id and thread.owner_id == our_id
    ]
    for thread in sorted(ours, key=lambda one: -one.id)[:_MOST_LOOKED_AT]:
        try:
            if is_message_of(await thread.fetch_message(thread.id), announcement):
                return MessageId(thread.id)
        except (discord.NotFound, discord.Forbidden):
            continue
    return None
