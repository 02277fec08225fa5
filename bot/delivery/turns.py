"""How the news went on, as a message tells it: another date, a decision reversed, a page corrected."""

from bot.delivery.looks import LOOKS, in_words
from bot.delivery.plain import escaped, web_url
from bot.model import Announcement, Kind, PartialDate, Source, Story

MAX_NAME = 80
MAX_HEADLINE = 256
_DATED = (Kind.PREMIERE_DATE, Kind.DELAYED)
_MOST_CORRECTIONS = 3
_TURNED = {"update": "Updated", "retract": "Retracted"}
"""How a page's headline begins or reads once it changed, and the word for it; else it is corrected."""


def turns(announcement: Announcement) -> list[str]:
    """Give the lines about what this story changes, what changed it, and which of its pages took it back."""
    story, earlier, later = announcement.story, announcement.earlier, announcement.later
    lines = [_corrected(source) for source in story.sources if source.correction is not None]
    lines = lines[-_MOST_CORRECTIONS:]
    if story.confirmed_by is not None:
        lines.insert(0, f"☑️ Confirmed by {_linked(story.confirmed_by)}")
    if later is not None and story.is_report and later.kind is story.kind and not later.is_report:
        lines.insert(0, f"☑️ Confirmed by {_linked(later.sources[0])}")
    elif later is not None:
        told = _dated(later) if later.kind in _DATED else f"Since then: {_decided(later)}"
        lines.insert(0, f"{told} · {_linked(later.sources[0])}")
    elif earlier is not None:
        lines.insert(
            0,
            _dated(story)
            if story.kind in _DATED
            else f"Earlier: {_decided(earlier)} · {_linked(earlier.sources[0])}",
        )
    return lines


def premiere_now(announcement: Announcement) -> PartialDate | None:
    """Give the date that holds by now."""
    later = announcement.later
    return later.premiere if later is not None and later.kind in _DATED else announcement.story.premiere


def _dated(story: Story) -> str:
    if story.premiere is None:
        return "**Now delayed**, without a date"
    word = "delayed to" if story.kind is Kind.DELAYED else "dated"
    return f"**Now {word}: {in_words(story.premiere)}**"


def _decided(story: Story) -> str:
    look = LOOKS[story.kind]
    season = "" if story.season is None else f", season {story.season}"
    return f"{look.icon} {look.word.lower()}{season}"


def _corrected(source: Source) -> str:
    headline = source.correction or ""
    word = next((word for mark, word in _TURNED.items() if mark in headline.casefold()), "Corrected")
    return f"⚠️ {word} by {_linked(source)}: {escaped(headline, MAX_HEADLINE)}"


def _linked(source: Source) -> str:
    name, url = escaped(source.name, MAX_NAME) or "the source", web_url(source.url)
    return f"[{name}]({url.replace('(', '%28').replace(')', '%29')})" if url else name
