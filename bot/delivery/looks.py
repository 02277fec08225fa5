"""How each kind of news looks, and how a date is told."""

from dataclasses import dataclass

from bot.model import Kind, PartialDate

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of news is told at a glance: by word, by icon and by colour."""

    word: str
    icon: str
    colour: int


LOOKS = {
    Kind.RENEWED: Look("Renewed", "✅", 0x2ECC71),
    Kind.CANCELLED: Look("Cancelled", "❌", 0xE74C3C),
    Kind.FINAL_SEASON: Look("Final season", "🏁", 0xE67E22),
    Kind.PREMIERE_DATE: Look("Premiere date", "📅", 0x3498DB),
    Kind.DELAYED: Look("Delayed", "⏳", 0xF1C40F),
    Kind.TRAILER: Look("Trailer", "🎬", 0x9B59B6),
    Kind.CASTING: Look("Casting", "🎭", 0x1ABC9C),
    Kind.PRODUCTION: Look("Production", "🎥", 0x607D8B),
    Kind.SERIES_ORDER: Look("Series order", "🆕", 0x57F287),
    Kind.SPINOFF: Look("Spin-off", "🌱", 0xEB459E),
    Kind.OTHER_SEASON_NEWS: Look("Season news", "📰", 0x95A5A6),
}


def in_words(date: PartialDate) -> str:
    """Tell a date as precisely as the news did: `16 October 2025`, `October 2025`, `fall 2025`, `2025`."""
    if date.part is not None:
        return f"{date.part} {date.year}"
    if date.month is None:
        return str(date.year)
    month = f"{_MONTHS[date.month - 1]} {date.year}"
    return month if date.day is None else f"{date.day} {month}"
