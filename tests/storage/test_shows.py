"""The catalogue: index pages, details, changes, and whose details are wanted."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.model import Follow, GuildId, Season, Show, ShowId
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild
from bot.storage.seasons import list_seasons
from bot.storage.shows import (
    add_shows,
    count_shows,
    due_details,
    get_show,
    get_shows,
    list_followed,
    list_shows,
    record_detail,
    record_missing,
    record_updates,
)
from tests.fakes import Listing

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
DIPLOMAT = Show(
    ShowId(10),
    "The Diplomat",
    2023,
    None,
    "Netflix",
    "US",
    "Running",
    95,
    "https://tvmaze.test/10",
    "https://i.test",
)
NAMESAKE = Show(ShowId(11), "the diplomat", 2023, network="Alibi")
GHOSTS = Show(ShowId(12), "Ghosts", weight=80)
OBSCURE = Show(ShowId(13), "Obscure", weight=3)
DETAILED = replace(DIPLOMAT, other_names=("Die Diplomatin",), cast=("Keri Russell",))
SEASONS = (Season(1, 8, date(2023, 4, 20), date(2023, 4, 20)), Season(2))


async def fill(database: Database) -> None:
    """Store four shows; one server follows The Diplomat."""
    async with database.transaction() as tx:
        assert (
            await add_shows(tx, [Listing(show, 100) for show in (OBSCURE, GHOSTS, NAMESAKE, DIPLOMAT)]) == 4
        )
        await add_guild(tx, GuildId(1), NOW)
        await add_follow(tx, Follow(GuildId(1), DIPLOMAT.id), NOW)


async def test_listed_shows_come_back_as_they_were(database: Database) -> None:
    await fill(database)
    async with database.reading() as tx:
        assert await list_shows(tx) == (DIPLOMAT, NAMESAKE, GHOSTS, OBSCURE)
        assert await get_show(tx, GHOSTS.id) == GHOSTS
        assert await get_show(tx, ShowId(99)) is None
        assert await get_shows(tx, [GHOSTS.id, ShowId(99)]) == {GHOSTS.id: GHOSTS}
        assert await count_shows(tx) == 4
        assert await list_followed(tx) == (DIPLOMAT,)


async def test_a_page_that_lists_nothing_adds_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        assert await add_shows(tx, []) == 0


async def test_an_index_page_leaves_details_as_they_are(database: Database) -> None:
    await fill(database)
    async with database.transaction() as tx:
        await record_detail(tx, Listing(DETAILED, 100, SEASONS), NOW)
        await add_shows(tx, [Listing(replace(DIPLOMAT, status="Ended"), 200)])
        assert await get_show(tx, DIPLOMAT.id) == replace(DETAILED, status="Ended")
        assert await list_seasons(tx, DIPLOMAT.id) == SEASONS


async def test_details_replace_what_was_known(database: Database) -> None:
    async with database.transaction() as tx:
        await record_detail(tx, Listing(DETAILED, 100, (*SEASONS, Season(2, 6))), NOW)
        assert await list_seasons(tx, DIPLOMAT.id) == SEASONS
        await record_detail(tx, Listing(replace(DETAILED, cast=()), 200), NOW)
        assert await get_show(tx, DIPLOMAT.id) == replace(DETAILED, cast=())
        assert await list_seasons(tx, DIPLOMAT.id) == ()


async def test_followed_shows_are_detailed_first_then_namesakes_then_well_known_ones(
    database: Database,
) -> None:
    await fill(database)
    async with database.transaction() as tx:
        assert await due_details(tx, 10) == (DIPLOMAT.id, NAMESAKE.id, GHOSTS.id)
        assert await due_details(tx, 10, urgent_only=True) == (DIPLOMAT.id, NAMESAKE.id)
        assert await due_details(tx, 1) == (DIPLOMAT.id,)
        await record_detail(tx, Listing(DETAILED, 100), NOW)
        await record_missing(tx, NAMESAKE.id)
        assert await due_details(tx, 10) == (GHOSTS.id,)


async def test_what_tvmaze_changed_is_read_again(database: Database) -> None:
    await fill(database)
    async with database.transaction() as tx:
        await record_detail(tx, Listing(DETAILED, 100), NOW)
        stamps = {DIPLOMAT.id: 100, OBSCURE.id: 101, ShowId(99): 5}
        assert await record_updates(tx, stamps) == {99}
        assert await due_details(tx, 10) == (NAMESAKE.id, OBSCURE.id, GHOSTS.id)
        await record_updates(tx, {DIPLOMAT.id: 101})
        assert (await due_details(tx, 10))[0] == DIPLOMAT.id
        assert await record_updates(tx, {}) == frozenset()
