"""The picture that goes with a feed entry."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.feeds.links import host_of, web_link
from bot.feeds.plain import pictures

_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_NO_PICTURES = ("gravatar.com", "feedburner.com", "doubleclick.net", "stats.wordpress.com", "pixel.wp.com")


def picture_of(entry: Mapping[str, Any], base: str) -> str | None:
    """Give the address of an entry's picture: of its media, else its enclosures, else its HTML."""
    for written in _candidates(entry):
        link = web_link(written, base)
        if link is not None and not host_of(link).endswith(_NO_PICTURES):
            return link
    return None


def _candidates(entry: Mapping[str, Any]) -> Iterator[str]:
    media = [one for one in entry.get("media_content", ()) if _is_picture(one)]
    yield from (_address(one) for one in sorted(media, key=_width, reverse=True))
    yield from (_address(one) for one in sorted(entry.get("media_thumbnail", ()), key=_width, reverse=True))
    enclosures = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
    yield from (_address(one) for one in enclosures if _is_picture(one))
    for content in entry.get("content", ()):
        yield from pictures(str(content.get("value") or ""))
    yield from pictures(str(entry.get("summary") or ""))


def _is_picture(one: Mapping[str, Any]) -> bool:
    sort = str(one.get("medium") or one.get("type") or "").lower()
    if sort:
        return sort.startswith("image")
    path = _address(one).partition("?")[0].lower()
    return path.endswith(_ENDINGS)


def _address(one: Mapping[str, Any]) -> str:
    return str(one.get("url") or one.get("href") or "")


def _width(one: Mapping[str, Any]) -> int:
    width = str(one.get("width") or "")
    return int(width[:6]) if width.isascii() and width.isdigit() else 0
