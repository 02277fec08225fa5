"""One entry of a feed → an article and what tells it from its neighbours, or the reason why not."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.feeds.identity import Marks, content_hash
from bot.feeds.links import canonical_link, web_link
from bot.feeds.pictures import picture_of
from bot.feeds.plain import excerpt, plain
from bot.model import Article

MAX_TITLE = 500
MAX_SUMMARY = 2_000
MAX_CATEGORIES = 50
_MAX_LABEL = 100

Entry = Mapping[str, Any]
"""A plain copy of feedparser's entry."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that has no identity yet, since that takes the whole feed to know."""

    article: Article
    marks: Marks


def draft(entry: Entry, *, home: str, source: str, read_at: datetime) -> Draft | str:
    """Make an article of an entry, or say in a few words why it is none.

    `home` resolves relative links, and is where an entry without any link leads.
    """
    written = _written_link(entry)
    link = web_link(written or home, home)
    if link is None:
        return f"links to {written[:60]!r}, which is not on the web"
    guid = str(entry.get("id") or "").strip()
    summary = excerpt(_markup(entry), MAX_SUMMARY)
    title = excerpt(str(entry.get("title") or ""), MAX_TITLE) or excerpt(summary, _MAX_LABEL)
    if not (title or written or guid):
        return "has neither title nor link"
    url = canonical_link(link)
    categories = _categories(entry)
    told_at = _told_at(entry)
    article = Article(
        identity="",
        url=url,
        title=title or url,
        summary=summary,
        source=source,
        published_at=min(told_at, read_at) if told_at else None,
        content_hash=content_hash(title, summary, url, categories),
        author=_author(entry),
        image_url=picture_of(entry, link),
        categories=categories,
    )
    return Draft(article, Marks(guid or None, url if written else None, article.title, told_at))


def _written_link(entry: Entry) -> str:
    """Give the entry's link as it is written: where a redirecting service leads to before the service."""
    guid = str(entry.get("id") or "")
    candidates = (
        entry.get("feedburner_origlink"),
        entry.get("link"),
        *(link.get("href") for link in entry.get("links", ()) if link.get("rel") == "alternate"),
        guid if web_link(guid, "") else None,
    )
    return next((str(link).strip() for link in candidates if link and str(link).strip()), "")


def _markup(entry: Entry) -> str:
    """Give the summary, else the content."""
    contents = (str(content.get("value") or "") for content in entry.get("content", ()))
    return next(filter(str.strip, (str(entry.get("summary") or ""), *contents)), "")


def _categories(entry: Entry) -> tuple[str, ...]:
    labels = (plain(str(tag.get("term") or tag.get("label") or "")) for tag in entry.get("tags", ()))
    return tuple(dict.fromkeys(label[:_MAX_LABEL] for label in labels if label))[:MAX_CATEGORIES]


def _author(entry: Entry) -> str | None:
    detail = entry.get("author_detail") or {}
    return plain(str(detail.get("name") or entry.get("author") or ""))[:_MAX_LABEL] or None


def _told_at(entry: Entry) -> datetime | None:
    """Read the entry's date, in UTC: when it was published, else updated, else made."""
    parsed = (entry.get(key) for key in ("published_parsed", "updated_parsed", "created_parsed"))
    told = next(filter(None, parsed), None)
    try:
        return datetime.fromtimestamp(calendar.timegm(told), UTC) if told else None
    except (ValueError, OverflowError, OSError):
        return None
