"""Articles and what they were read to say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, ArticleId, Claim, Evidence, FeedId, Kind, PartialDate, Show, ShowId, Span
from bot.storage.articles import (
    Seen,
    add_articles,
    forget_seen_before,
    list_seen,
    record_changed,
    record_seen,
    record_tellers,
)
from bot.storage.claims import Judged, list_judged, replace_claims
from bot.storage.database import Database
from bot.storage.feeds import list_feeds, sync_feeds
from bot.storage.shows import add_shows
from bot.storage.stories import add_story
from bot.stories.judge import new_story
from tests.fakes import Listing
from tests.storage.test_feeds import TVLINE

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ONE = Article("guid:1", "https://t.test/1", "One", "Text", "TVLine", NOW, "hash", "Ann", None, ("TV", "News"))
TWO = replace(ONE, identity="guid:2", url="https://t.test/2", published_at=None)
CLAIM = Claim(
    ShowId(1),
    Kind.PREMIERE_DATE,
    2,
    PartialDate(2024, 10, 31),
    confidence=0.75,
    evidence=(
        Evidence("in quotes", 1.5, (Span(0, 4, "title"), Span(6, 9, "summary"))),
        Evidence("slug", 0.5),
    ),
)


@pytest.fixture
async def feed_id(database: Database) -> FeedId:
    """A feed that has articles one and two."""
    async with database.transaction() as tx:
        await sync_feeds(tx, [TVLINE], NOW)
        (feed,) = await list_feeds(tx)
        ids = await add_articles(tx, feed.id, [ONE, TWO], NOW)
        assert ids == {"guid:1": 1, "guid:2": 2}
    return feed.id


async def test_an_article_is_stored_once(database: Database, feed_id: FeedId) -> None:
    three = replace(ONE, identity="guid:3")
    async with database.transaction() as tx:
        assert list(await add_articles(tx, feed_id, [ONE, three], NOW)) == ["guid:3"]
        assert await add_articles(tx, feed_id, [], NOW) == {}


async def test_an_article_is_known_again_by_identity_or_address(database: Database, feed_id: FeedId) -> None:
    window = [ONE, replace(TWO, identity="guid:new"), replace(ONE, identity="guid:9", url="https://t.test/9")]
    async with database.reading() as tx:
        assert await list_seen(tx, feed_id, window) == (
            Seen(ArticleId(1), "guid:1", ONE.url, "hash", "One", NOW),
            Seen(ArticleId(2), "guid:2", TWO.url, "hash", "One"),
        )
        assert await list_seen(tx, FeedId(99), window) == ()


async def test_an_article_that_is_only_its_title_is_known_by_that(
    database: Database, feed_id: FeedId
) -> None:
    bumped = replace(ONE, identity="title:2023-05-03 One", url="https://t.test/")
    async with database.reading() as tx:
        assert [one.id for one in await list_seen(tx, feed_id, [bumped])] == [1, 2]


async def test_an_edited_article_keeps_its_identity(database: Database, feed_id: FeedId) -> None:
    edited = replace(ONE, identity="guid:new", title="Other", content_hash="other")
    async with database.transaction() as tx:
        await record_changed(tx, {ArticleId(1): edited})
        (seen,) = await list_seen(tx, feed_id, [ONE])
    assert (seen.identity, seen.content_hash) == ("guid:1", "other")


async def test_old_articles_are_forgotten_but_not_what_the_feed_still_holds(
    database: Database, feed_id: FeedId
) -> None:
    async with database.transaction() as tx:
        assert await forget_seen_before(tx, NOW + 400 * DAY) == 0
        await record_seen(tx, [ArticleId(2)], NOW + DAY)
        assert await forget_seen_before(tx, NOW) == 0
        assert await forget_seen_before(tx, NOW + 400 * DAY) == 1
        assert [seen.identity for seen in await list_seen(tx, feed_id, [ONE, TWO])] == ["guid:2"]


async def test_that_an_article_told_its_news_is_kept_for_good(database: Database, feed_id: FeedId) -> None:
    async with database.transaction() as tx:
        await record_tellers(tx, [ArticleId(1)], NOW)
        await record_tellers(tx, [ArticleId(1)], NOW + DAY)
        assert [one.told_at for one in await list_seen(tx, feed_id, [ONE, TWO])] == [NOW, None]


async def test_what_an_article_says_is_kept_with_its_evidence(database: Database, feed_id: FeedId) -> None:
    async with database.transaction() as tx:
        await add_shows(tx, [Listing(Show(ShowId(1), "The Diplomat"))])
        story_id = await add_story(tx, new_story(CLAIM, ONE, NOW), ArticleId(1))
        told = (Judged("a new story", CLAIM, story_id), Judged("a review"))
        await replace_claims(tx, {ArticleId(1): told, ArticleId(2): [Judged("doubted", CLAIM)]})
        assert await list_judged(tx, ArticleId(1)) == told
        await replace_claims(tx, {ArticleId(1): ()})
        assert await list_judged(tx, ArticleId(1)) == ()
        assert await list_judged(tx, ArticleId(2)) == (Judged("doubted", CLAIM),)
