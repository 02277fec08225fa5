"""Which articles of a feed's window are new, which were edited, which we know."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
    former: Mapping[ArticleId, Seen]
    """What those were that were edited."""

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
    address to several: publishers renew guids. One that only its title and date tell from others is
    known by its title: publishers renew dates. A guid that the feed gives to one article after the
    other tells nothing: with another address, title and date it is another article, known by its
    address. Of two with one identity the first counts.
    """
    known = _Known(window, tuple(seen))
    new: dict[str, Article] = {}
    changed: dict[ArticleId, Article] = {}
    former: dict[ArticleId, Seen] = {}
    met: dict[ArticleId, None] = {}
    for article in window:
        if max(len(article.identity), len(article.url)) > _MAX_LENGTH:
            continue
        old = known.find(article)
        if old is None:
            named = article if article.identity not in known.by_identity else _named_by_address(article)
            new.setdefault(named.identity, named)
        elif old.id not in met:
            met[old.id] = None
            if old.content_hash != article.content_hash:
                changed[old.id], former[old.id] = article, old
    return Sifted(tuple(new.values()), changed, tuple(met), former)


class _Known:
    """What was seen, by all that may tell one article of a window from another."""

    def __init__(self, window: Sequence[Article], seen: Sequence[Seen]) -> None:
        self.by_identity = {one.identity: one for one in seen}
        self._by_url = {one.url: one for one in reversed(seen)}
        self._by_title = {one.title: one for one in reversed(seen) if one.identity.startswith("title:")}
        self._urls = Counter(article.url for article in window)
        self._titles = Counter(article.title for article in window)

    def find(self, article: Article) -> Seen | None:
        """Give what we have of `article`; None where it is new."""
        named = self.by_identity.get(article.identity)
        there = self._by_url.get(article.url) if self._urls[article.url] == 1 else None
        if named is None and article.identity.startswith("title:") and self._titles[article.title] == 1:
            named = self._by_title.get(article.title)
        if named is None or named.url == article.url:
            return named or there
        return there or (None if self._is_another(named, article) else named)

    def _is_another(self, named: Seen, article: Article) -> bool:
        """Whether nothing but the guid is the same."""
        return (
            self._urls[article.url] == 1
            and named.title != article.title
            and None not in (named.published_at, article.published_at)
            and named.published_at != article.published_at
        )


def _named_by_address(article: Article) -> Article:
    return replace(article, identity=f"link:{article.url}")
