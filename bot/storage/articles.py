"""What feeds brought: which articles we saw, and in which form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update

from bot.model import Article, ArticleId, FeedId
from bot.storage.database import Transaction
from bot.storage.tables import articles
from bot.storage.upsert import insert


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that we have: enough to know it again and to see an edit."""

    id: ArticleId
    identity: str
    url: str
    content_hash: str
    title: str
    published_at: datetime | None = None
    told_at: datetime | None = None
    """When it first told a story."""


async def list_seen(tx: Transaction, feed_id: FeedId, window: Collection[Article]) -> tuple[Seen, ...]:
    """Give what we have of a feed's `window`, by identity or address; where that is their title, by title."""
    a = articles.c
    alike = or_(
        a.identity.in_([article.identity for article in window]),
        a.url.in_([article.url for article in window]),
        a.title.in_([article.title for article in window if article.identity.startswith("title:")]),
    )
    found = select(a.id, a.identity, a.url, a.content_hash, a.title, a.published_at, a.told_at).where(
        a.feed_id == feed_id, alike
    )
    rows = await tx.execute(found.order_by(a.id))
    return tuple(
        Seen(
            ArticleId(row.id),
            row.identity,
            row.url,
            row.content_hash,
            row.title,
            row.published_at,
            row.told_at,
        )
        for row in rows
    )


async def add_articles(
    tx: Transaction, feed_id: FeedId, new: Sequence[Article], now: datetime
) -> dict[str, ArticleId]:
    """Store new articles; give their ids by identity, without those that somebody stored meanwhile."""
    if not new:
        return {}
    rows = [
        _content(article) | {"feed_id": feed_id, "identity": article.identity, "seen_at": now}
        for article in new
    ]
    added = insert(tx, articles).values(rows).on_conflict_do_nothing(index_elements=["feed_id", "identity"])
    stored = await tx.execute(added.returning(articles.c.id, articles.c.identity))
    return {row.identity: ArticleId(row.id) for row in stored}


async def record_changed(tx: Transaction, changed: Mapping[ArticleId, Article]) -> None:
    """Put in the new form of edited articles; their identity stays the one that we met first."""
    for article_id, article in changed.items():
        await tx.execute(update(articles).where(articles.c.id == article_id).values(_content(article)))


async def record_seen(tx: Transaction, article_ids: Collection[ArticleId], now: datetime) -> None:
    """Remember that the feed's window still holds these articles."""
    await tx.execute(update(articles).where(articles.c.id.in_(article_ids)).values(seen_at=now))


async def record_tellers(tx: Transaction, article_ids: Collection[ArticleId], now: datetime) -> None:
    """Remember for good that these articles told a story."""
    first = update(articles).where(articles.c.id.in_(article_ids), articles.c.told_at.is_(None))
    await tx.execute(first.values(told_at=now))


async def forget_seen_before(tx: Transaction, moment: datetime) -> int:
    """Delete articles last seen before `moment`, but never a feed's last window; say how many."""
    latest = articles.alias("latest")
    window = select(func.max(latest.c.seen_at)).where(latest.c.feed_id == articles.c.feed_id)
    old = delete(articles).where(articles.c.seen_at < moment, articles.c.seen_at < window.scalar_subquery())
    return (await tx.execute(old)).rowcount


def _content(article: Article) -> dict[str, object]:
    return {
        "content_hash": article.content_hash,
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "source": article.source,
        "author": article.author,
        "image_url": article.image_url,
        "categories": list(article.categories),
        "published_at": article.published_at,
    }
