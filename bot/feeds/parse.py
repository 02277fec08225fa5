"""A feed's bytes → articles; a bad entry is dropped with its reason, the rest are kept."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import feedparser

from bot.errors import ParseError
from bot.feeds.charset import decode
from bot.feeds.entries import Draft, draft
from bot.feeds.identity import identities
from bot.feeds.links import host_of, web_link, without_secrets
from bot.model import Article

_FIRST_ELEMENT = re.compile(r"<\w")
_HTML = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a feed holds, in its order."""

    articles: tuple[Article, ...]
    dropped: tuple[str, ...] = ()
    """A sentence for each entry that became no article."""
    ttl_s: float | None = None
    """How long the feed says that it stays as it is."""


def parse(document: bytes, *, content_type: str | None, url: str, source: str, read_at: datetime) -> Parsed:
    """Read RSS or Atom; pure, and everything in and out can be sent to another process.

    Takes whatever entries feedparser finds, in broken XML too. Raises ParseError, with a sentence,
    where no feed can be made out.
    """
    found = _feed(document, content_type, url)
    home = web_link(str(found.feed.get("link") or url), url) or url
    drafts = [draft(dict(entry), home=home, source=source, read_at=read_at) for entry in found.entries]
    dropped = [
        f"Entry {number} {because}." for number, because in enumerate(drafts, 1) if isinstance(because, str)
    ]
    articles, repeated = _identified([one for one in drafts if isinstance(one, Draft)])
    return Parsed(articles, (*dropped, *repeated), _ttl_s(found.feed.get("ttl")))


def _identified(drafts: Sequence[Draft]) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Give each draft its identity; of those that share one, the first stays."""
    articles: dict[str, Article] = {}
    repeated = []
    for one, identity in zip(drafts, identities([one.marks for one in drafts]), strict=True):
        if identity in articles:
            repeated.append(f"{one.article.title[:60]!r} is told twice.")
        else:
            articles[identity] = replace(one.article, identity=identity)
    return tuple(articles.values()), tuple(repeated)


def _feed(document: bytes, content_type: str | None, url: str) -> Any:
    """Let feedparser read the document from its first element on.

    What comes before it is of no use, and may be harmful: blank lines before the XML declaration
    make strict parsers refuse the rest, a DOCTYPE may define entities that grow without end, and
    the declaration names a charset that is decoded already.
    """
    text = decode(document, content_type)
    start = _FIRST_ELEMENT.search(text)
    if start is None:
        what = "is not XML" if text.strip() else "is empty"
        raise ParseError(without_secrets(url), f"What {host_of(url)} sent {what}.")
    try:
        found = feedparser.parse(
            io.BytesIO(text[start.start() :].encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser fails in many ways on what is no feed
        raise ParseError(
            without_secrets(url), f"What {host_of(url)} sent cannot be read as a feed."
        ) from error
    if not found.entries and (found.bozo or not found.version):
        what = "is an HTML page, not a feed" if _HTML.match(text) else _what(found.version)
        raise ParseError(without_secrets(url), f"What {host_of(url)} sent {what}.")
    return found


def _what(version: str) -> str:
    return "breaks off before its first entry" if version else "is neither RSS nor Atom"


def _ttl_s(minutes: object) -> float | None:
    written = str(minutes or "").strip()
    return float(written[:9]) * 60 if written.isascii() and written.isdigit() else None
