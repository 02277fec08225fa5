"""Several announcements as one message: a line each, linked, inside all of Discord's limits."""

from collections.abc import Sequence

import discord

from bot.delivery.embed import CREDIT
from bot.delivery.looks import LOOKS
from bot.delivery.plain import escaped, plain, units, web_url
from bot.model import Announcement, AnnouncementId, Listed

MAX_LINES = 4096
MAX_CHOICES = 25
_MAX_SHOW = 60
_MAX_HEADLINE = 100
_GREY = 0x95A5A6


def fitting(listed: Sequence[Listed]) -> int:
    """Say how many of `listed` one summary holds; at least one."""
    room = MAX_LINES
    for count, one in enumerate(listed):
        room -= units(_line(one)) + 1
        if room < 0:
            return max(count, 1)
    return len(listed)


def summary_embed(announcement: Announcement) -> discord.Embed:
    """List what `announcement` sums up."""
    listed = announcement.listed[: fitting(announcement.listed)]
    count = len(listed)
    embed = discord.Embed(
        title=f"{count} more pieces of news" if count > 1 else "One more piece of news",
        description="\n".join(_line(one) for one in listed)[:MAX_LINES],
        colour=_GREY,
        timestamp=max(one.story.told_at for one in listed),
    )
    embed.set_footer(text=f"In one message, so as not to flood the channel · {CREDIT}")
    return embed


def summary_select(announcement: Announcement) -> discord.ui.Select[discord.ui.View]:
    """Give the menu that asks what is known of one of the shows."""
    shows = {one.show.id: one.show for one in announcement.listed}
    options = [
        discord.SelectOption(label=plain(show.label, 100) or f"Show {show.id}", value=str(show.id))
        for show in list(shows.values())[:MAX_CHOICES]
    ]
    asks = summary_select_id(announcement.id)
    return discord.ui.Select(custom_id=asks, placeholder="What we know of …", options=options)


def summary_select_id(announcement_id: AnnouncementId) -> str:
    """Name the menu under a summary; by it we know our message again."""
    return f"status:summary:{announcement_id}"


def _line(one: Listed) -> str:
    look = LOOKS[one.story.kind]
    headline = escaped(one.story.headline, _MAX_HEADLINE) or look.word
    url = web_url(one.story.sources[0].url)
    linked = f"[{headline}]({url.replace('(', '%28').replace(')', '%29')})" if url else headline
    return f"{look.icon} **{escaped(one.show.name, _MAX_SHOW)}** · {linked}"
