"""Stories with all who told them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Follow, GuildId, Kind, PartialDate, Show, ShowId, Source, Story, StoryId
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild
from bot.storage.shows import add_shows
from bot.storage.stories import (
    add_story,
    get_stories,
    list_latest,
    list_told_since,
    lock_stories,
    record_told,
)
from tests.fakes import Listing

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TVLINE = Source("TVLine", "https://tvline.test/1", NOW)
VARIETY = Source("Variety", "https://variety.test/1", NOW + HOUR)


def story(show: int = 1, at: datetime = NOW) -> Story:
    """Make a story that is told at that time."""
    told = Source("TVLine", f"https://tvline.test/{show}", at)
    return Story(
        StoryId(0), ShowId(show), Kind.RENEWED, None, None, "Renewed", "Text", (told,), "https://i.test"
    )


@pytest.fixture(autouse=True)
async def two_shows(database: Database) -> None:
    """A server follows the first of two shows."""
    async with database.transaction() as tx:
        await add_shows(tx, [Listing(Show(ShowId(1), "One")), Listing(Show(ShowId(2), "Two"))])
        await add_guild(tx, GuildId(1), NOW)
        await add_follow(tx, Follow(GuildId(1), ShowId(1)), NOW)


async def test_a_story_grows_by_sources_and_facts(database: Database) -> None:
    async with database.transaction() as tx:
        await lock_stories(tx)
        story_id = await add_story(tx, story())
        known = (await get_stories(tx, [story_id]))[story_id]
        assert (known.season, known.premiere, known.sources, known.revision) == (None, None, (TVLINE,), 1)
        await record_told(tx, known, VARIETY, season=2, premiere=PartialDate(2024, 10))
        await record_told(tx, known, VARIETY, season=2, premiere=PartialDate(2024, 10, 31))
        grown = (await get_stories(tx, [story_id]))[story_id]
    assert grown.sources == (TVLINE, VARIETY)
    assert (grown.season, grown.premiere, grown.revision) == (2, PartialDate(2024, 10, 31), 3)
    assert (grown.headline, grown.summary, grown.image_url) == ("Renewed", "Text", "https://i.test")


async def test_stories_are_listed_by_show_and_time(database: Database) -> None:
    async with database.transaction() as tx:
        old, new = await add_story(tx, story()), await add_story(tx, story(at=NOW + HOUR))
        other = await add_story(tx, story(show=2, at=NOW + 2 * HOUR))
        assert [one.id for one in await list_told_since(tx, {ShowId(1)}, NOW)] == [new, old]
        assert [one.id for one in await list_told_since(tx, {ShowId(1)}, NOW + HOUR)] == [new]
        assert await list_told_since(tx, set(), NOW) == ()
        assert [one.id for one in await list_latest(tx)] == [other, new, old]
        assert [one.id for one in await list_latest(tx, limit=1)] == [other]
        assert [one.id for one in await list_latest(tx, show_id=ShowId(2))] == [other]
        assert [one.id for one in await list_latest(tx, followed_by=GuildId(1))] == [new, old]
