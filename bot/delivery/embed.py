"""An announcement as Discord shows it: one compact embed, inside all of Discord's limits.

Source of the limits: discord.com/developers/docs/resources/message#embed-object-embed-limits.
"""

from datetime import UTC, date, datetime, time

import discord

from bot.delivery.looks import LOOKS as LOOKS
from bot.delivery.looks import in_words
from bot.delivery.plain import escaped, plain, web_url
from bot.delivery.turns import premiere_now, turns
from bot.model import Announcement, AnnouncementId, PartialDate, Show, ShowId, Source, Story

MAX_TITLE = 256
MAX_SUMMARY = 300
MAX_AUTHOR = 256
MAX_FIELD = 200
MAX_FOOTER = 2048
CREDIT = "Show data: TVmaze, CC BY-SA"
_NAMED_SOURCES = 6


def announcement_embed(announcement: Announcement) -> discord.Embed:
    """Lay out `announcement`: show, linked headline, kind, summary, season, premiere, network, sources.

    What replies to an earlier message is short: neither summary nor picture.
    """
    story, show = announcement.story, announcement.show
    is_short = announcement.reply_to is not None
    embed = discord.Embed(
        title=_title(story, show),
        url=web_url(story.sources[0].url),
        description="\n".join([_description(story, is_short), *turns(announcement)]),
        colour=LOOKS[story.kind].colour,
        timestamp=story.told_at,
    )
    add_show(embed, show)
    if not is_short and (image := web_url(story.image_url)):
        embed.set_image(url=image)
    for name, value in _fields(story, premiere_now(announcement), show):
        embed.add_field(name=name, value=value)
    embed.set_footer(text=plain(f"{told_by(story.sources)} · {CREDIT}", MAX_FOOTER))
    return embed


def add_show(embed: discord.Embed, show: Show) -> None:
    """Head `embed` with the show, linked to its TVmaze page, and its poster."""
    embed.set_author(name=plain(show.label, MAX_AUTHOR) or f"Show {show.id}", url=web_url(show.url))
    if poster := web_url(show.image_url):
        embed.set_thumbnail(url=poster)


def told_by(sources: tuple[Source, ...]) -> str:
    """Name the outlets, each once, the first of them first: `TVLine · also Variety, Deadline`."""
    names = list(dict.fromkeys(plain(source.name, 80) for source in sources))
    first, others = names[0], names[1:_NAMED_SOURCES]
    if hidden := len(names) - 1 - len(others):
        others.append(f"{hidden} more")
    return f"{first} · also {', '.join(others)}" if others else first


def premiere_text(premiere: PartialDate) -> str:
    """Tell a premiere: a day in the reader's own writing and how far off; else as the news told it."""
    if premiere.day is not None:
        stamp = day_stamp(premiere.earliest)
        return f"<t:{stamp}:D> (<t:{stamp}:R>)"
    return in_words(premiere)


def status_button_id(show_id: ShowId, announcement_id: AnnouncementId | None = None) -> str:
    """Name the button that asks what is known of a show; the name is all that survives a restart.

    Under an announcement it also says which one that is, so that we know our message again.
    """
    return f"status:{show_id}" if announcement_id is None else f"status:{show_id}:{announcement_id}"


def day_stamp(day: date) -> int:
    """Give a moment that is on `day` for readers from Hawaii to New Zealand: 10:00 UTC."""
    return int(datetime.combine(day, time(10), UTC).timestamp())


def _title(story: Story, show: Show) -> str:
    return escaped(story.headline, MAX_TITLE) or escaped(f"{show.name}: {LOOKS[story.kind].word}", MAX_TITLE)


def _description(story: Story, is_short: bool) -> str:
    kind = f"{LOOKS[story.kind].icon} **{LOOKS[story.kind].word}**"
    if story.is_report:
        kind += " · reported, not confirmed"
    summary = "" if is_short else _shortened(story.summary)
    return f"{kind}\n{summary}" if summary and summary != _shortened(story.headline) else kind


def _shortened(text: str) -> str:
    """Cut by what people see, then escape: writing a character takes at most three."""
    return escaped(plain(text, MAX_SUMMARY), 3 * MAX_SUMMARY)


def _fields(story: Story, premiere: PartialDate | None, show: Show) -> list[tuple[str, str]]:
    fields = []
    if story.season is not None:
        fields.append(("Season", str(story.season)))
    if premiere is not None:
        fields.append(("Premiere", premiere_text(premiere)))
    if network := escaped(show.network or "", MAX_FIELD):
        fields.append(("Network", network))
    return fields
