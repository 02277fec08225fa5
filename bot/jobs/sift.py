"""Which articles of a feed's window are new, which were edited, which we know."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model import Article, ArticleId
from bot.storage.articles import Seen

_MAX_LENGTH = 800
"""Characters of an identity or address; a database index takes no more."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """A feed's window, sorted."""

    new: tuple[Article, ...]
    changed: dict[ArticleId, Article]
    seen_ids: tuple[ArticleId, ...]
    """Of all that we had, edited or not."""

    @property
    def fresh(self) -> tuple[Article, ...]:
        """What is to be read."""
        return (*self.new, *self.changed.values())

    @property
    def is_overrun(self) -> bool:
        """Whether the window holds nothing that we had: entries may have passed between two polls."""
        return bool(self.new) and not self.seen_ids


def sift(window: Sequence[Article], seen: Iterable[Seen]) -> Sifted:
    """Sort a feed's window by what we have `seen` of it.

    An article with a new identity but a known address is the old one, unless the feed gives that
    address to several: publishers renew guids. Of two with one identity the first counts.
    """
    seen = tuple(seen)
    by_identity = {one.identity: one for one in seen}
    by_url = {one.url: one for one in reversed(seen)}
    times = Counter(article.url for article in window)
    new: dict[str, Article] = {}
    changed: dict[ArticleId, Article] = {}
    met: dict[ArticleId, None] = {}
    for article in window:
        if max(len(article.identity), len(article.url)) > _MAX_LENGTH:
            continue
        known = by_identity.get(article.identity)
        if known is None and times[article.url] == 1:
            known = by_url.get(article.url)
        if known is None:
            new.setdefault(article.identity, article)
        elif known.id not in met:
            met[known.id] = None
            if known.content_hash != article.content_hash:
                changed[known.id] = article
    return Sifted(tuple(new.values()), changed, tuple(met))
