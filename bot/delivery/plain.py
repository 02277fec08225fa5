"""Text from feeds made harmless: shown as it was written, never as markdown, mention or link."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

ELLIPSIS = "…"
MAX_URL = 2048
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\s]+")
_MARKUP = re.compile(r"[\\`*_~|<>#\[\]()@]|:(?=/)")
_LIST = re.compile(r"(?:\d{1,9}(?=[.)])|)[-+.]")
_IN_URL = re.compile(r"[^\s<>\"\\^`{|}\x00-\x20\x7f\ud800-\udfff]+")


def one_line(text: str) -> str:
    """Put `text` on one line, without control characters and what turns the writing direction."""
    return _UNSEEN.sub(" ", text).strip()


def escaped(text: str, limit: int) -> str:
    """Give `text` on one line for a place that knows markdown, in at most `limit` UTF-16 units.

    What is too long is cut at a word. A zero-width space after each `@` leaves no mention whole,
    whatever a client makes of the backslash; a backslash in `https\\://` leaves no link.
    Source: discord.com/developers/docs/reference#message-formatting.
    """
    return _cut(list(_escaped_pieces(one_line(text))), limit)


def plain(text: str, limit: int) -> str:
    """Give `text` on one line for a place without markdown (footer, author), cut at a word."""
    return _cut(list(one_line(text)), limit)


def web_url(url: str | None) -> str | None:
    """Give `url` where Discord takes it: http or https, a host, at most 2048 characters; else None."""
    if url is None or len(url) > MAX_URL or _IN_URL.fullmatch(url) is None:
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 else None
    except ValueError:  # a bracket or a port that is none
        return None


def units(text: str) -> int:
    """Count as Discord's clients do, in UTF-16 units; never less than the number of characters."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _escaped_pieces(text: str) -> Iterator[str]:
    """Give each character as it must be written; what belongs together stays in one piece."""
    start = 0
    if listed := _LIST.match(text):
        start = listed.end()
        yield f"{text[: start - 1]}\\{text[start - 1]}"
    for place in range(start, len(text)):
        letter = text[place]
        if _MARKUP.match(text, place) is None:
            yield letter
        else:
            yield f"\\{letter}\u200b" if letter == "@" else f"\\{letter}"


def _cut(pieces: list[str], limit: int) -> str:
    """Join as many `pieces` as fit; a cut ends at a word where there is one, and with an ellipsis."""
    room = limit
    for count, piece in enumerate(pieces):
        room -= units(piece)
        if room < 0:
            return _cut_at_word(pieces[:count], limit)
    return "".join(pieces)


def _cut_at_word(pieces: list[str], limit: int) -> str:
    kept = list(pieces)
    while kept and units("".join(kept)) > limit - len(ELLIPSIS):
        kept.pop()
    whole = kept if len(kept) < len(pieces) and pieces[len(kept)] == " " else _without_last_word(kept)
    return "".join(whole or kept).rstrip(" ,;:–—-") + ELLIPSIS


def _without_last_word(pieces: list[str]) -> list[str]:
    for end in range(len(pieces) - 1, 0, -1):
        if pieces[end] == " ":
            return pieces[:end]
    return []
