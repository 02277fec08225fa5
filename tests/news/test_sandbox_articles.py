"""Every article that the sandbox's newsroom tells is read as its history says it should be."""

from datetime import UTC, datetime

import pytest

from bot.catalogue.listing import read_detail
from bot.catalogue.names import Names
from bot.model import Article as ReadArticle
from bot.model import ShowId
from bot.news.understand import understand
from sandbox.newsroom import read_history
from sandbox.newsroom.history import Article
from sandbox.tvmaze.shape import Shapes
from sandbox.tvmaze.shows import read_catalogue

EMBEDS = ("seasons", "akas", "cast")
CATALOGUE = read_catalogue(lambda: datetime(2023, 4, 20, tzinfo=UTC).date())
KEYS = {ShowId(show.id): show.key for show in CATALOGUE.shows}
HISTORY = read_history()

DATED = {"premiere_date", "delayed"}

Told = tuple[str, str, int | None, str | None]
"""A show's key, a kind, a season, a premiere."""


@pytest.fixture(scope="module")
def names() -> Names:
    shapes = Shapes(CATALOGUE, "http://127.0.0.1")
    details = (read_detail(shapes.show(show, EMBEDS)) for show in CATALOGUE.shows)
    return Names(detail.show for detail in details if detail is not None)


@pytest.mark.parametrize(
    "article",
    (*HISTORY.archive, *HISTORY.articles),
    ids=lambda article: f"{article.at:%Y-%m-%d}-{article.id}",
)
def test_article_is_read_as_the_history_says(article: Article, names: Names) -> None:
    reading = understand(
        ReadArticle(
            identity=f"link:{article.path}",
            url=f"http://127.0.0.1{article.path}",
            title=article.title,
            summary=article.summary,
            source=article.outlet.name,
            published_at=article.at,
            categories=article.categories,
        ),
        names,
    )
    heard = () if reading.living else reading.announced
    read: set[Told] = {
        (KEYS[claim.show_id], str(claim.kind), claim.season, str(claim.premiere) if claim.premiere else None)
        for claim in heard
    }
    says: set[Told] = {(one.show, one.kind, one.season, one.premiere) for one in article.says}
    assert {without_known_date(one, says) for one in read} == says


def without_known_date(read: Told, says: set[Told]) -> Told:
    """A trailer may tell the date too, but only the one that the article tells for that very season."""
    show, kind, season, premiere = read
    dates = {(one[0], one[2], one[3]) for one in says}
    if kind in DATED or (show, season, premiere) not in dates:
        return read
    return show, kind, season, None
