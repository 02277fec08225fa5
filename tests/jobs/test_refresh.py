"""Copying TVmaze's catalogue: in steps, resumable, and quiet while TVmaze is down."""

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.catalogue.tvmaze import Tvmaze
from bot.jobs.known_shows import KnownShows
from bot.jobs.refresh import PATIENCE, Refresher
from bot.model import Follow, GuildId, ShowId
from bot.storage.database import Database
from bot.storage.follows import add_follow
from bot.storage.guilds import add_guild
from bot.storage.shows import get_show, list_shows
from tests.fakes import FakeWeb, FrozenClock

DETAIL = "?" + "&".join(
    f"embed%5B%5D={part}" for part in ("seasons", "nextepisode", "previousepisode", "akas", "cast")
)


def told(show_id: int, name: str, weight: int = 10, updated: int = 100) -> dict[str, object]:
    """Tell a show as TVmaze does."""
    return {"id": show_id, "name": name, "weight": weight, "updated": updated}


def detailed(show_id: int, name: str, star: str, updated: int = 100) -> dict[str, object]:
    """Tell a show with its cast."""
    cast = [{"person": {"name": star}}]
    return told(show_id, name, updated=updated) | {"_embedded": {"cast": cast, "akas": [], "seasons": []}}


class Catalogue:
    """TVmaze as this test wants it."""

    def __init__(self, web: FakeWeb) -> None:
        self.web = web

    def page(self, number: int, *shows: dict[str, object]) -> None:
        """Put shows on a page of the index."""
        self.web.put(f"/shows?page={number}", json.dumps(shows))

    def detail(self, show_id: int, name: str, star: str, updated: int = 100) -> None:
        """Tell the details of a show."""
        self.web.put(f"/shows/{show_id}", json.dumps(detailed(show_id, name, star, updated)))

    def updates(self, stamps: dict[str, int]) -> None:
        """Tell what changed."""
        self.web.put("/updates/shows", json.dumps(stamps))


@pytest.fixture(autouse=True)
def no_word_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the lists of ordinary words unread: it takes long, and no name matters here."""
    monkeypatch.setattr("bot.catalogue.names.load_frequencies", dict[str, float])


@pytest.fixture
async def catalogue() -> AsyncIterator[Catalogue]:
    """Two pages of an index."""
    async with FakeWeb() as web:
        made = Catalogue(web)
        made.page(0, told(1, "Ghosts"), told(2, "Obscure"))
        made.page(1, told(300, "The Diplomat"), told(301, "The Diplomat"))
        made.detail(300, "The Diplomat", "Keri Russell")
        made.detail(301, "The Diplomat", "Sophie Rundle")
        yield made


@pytest.fixture
async def tvmaze(catalogue: Catalogue) -> AsyncIterator[Tvmaze]:
    """The client, which waits for nothing."""

    async def no_wait(_: float) -> None:
        return None

    async with aiohttp.ClientSession() as session:
        ticks = iter(range(0, 10**9, 3600))  # each look at the clock is an hour later: no limit, no cache
        yield Tvmaze(session, catalogue.web.url(""), clock=lambda: float(next(ticks)), sleep=no_wait)


@pytest.fixture
def clock() -> FrozenClock:
    """A day in May."""
    return FrozenClock()


async def names(database: Database) -> list[str]:
    """Name the shows that are stored."""
    async with database.reading() as tx:
        return [show.name for show in await list_shows(tx)]


async def follow(database: Database, show_id: int, clock: FrozenClock) -> None:
    """Let a server follow a show."""
    async with database.transaction() as tx:
        await add_guild(tx, GuildId(1), clock())
        await add_follow(tx, Follow(GuildId(1), ShowId(show_id)), clock())


async def cast_of(database: Database, show_id: int) -> tuple[str, ...]:
    """Name the cast that is stored."""
    async with database.reading() as tx:
        show = await get_show(tx, ShowId(show_id))
    assert show is not None
    return show.cast


async def test_a_small_index_is_copied_in_one_step_and_searched_at_once(
    database: Database, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    replaced: list[bool] = []
    known = KnownShows(lambda: replaced.append(True))
    refresher = Refresher(database, tvmaze, known, now=clock)
    assert not refresher.ready
    await refresher.step()
    assert await names(database) == ["Ghosts", "Obscure", "The Diplomat", "The Diplomat"]
    assert refresher.complete
    assert refresher.ready
    assert [show.name for show in known.search.rank("dipl")] == ["The Diplomat", "The Diplomat"]
    assert replaced == [True]


async def test_a_restarted_bot_reads_articles_before_tvmaze_has_answered(
    sqlite_database: Database, tvmaze: Tvmaze, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Refresher(sqlite_database, tvmaze, KnownShows(), now=clock).step()
    await follow(sqlite_database, 300, clock)
    again = Refresher(sqlite_database, tvmaze, KnownShows(), now=clock)
    were_ready: list[bool] = []

    async def show(_: object) -> None:
        were_ready.append(again.ready)

    monkeypatch.setattr(tvmaze, "show", show)
    clock.go_on(days=30)
    await again.step()
    assert were_ready
    assert all(were_ready)


async def test_a_copy_goes_on_where_it_was_interrupted(
    database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    catalogue.web.put("/shows?page=1", "", status=500)
    refresher = Refresher(database, tvmaze, KnownShows(), now=clock)
    await refresher.step()
    assert await names(database) == ["Ghosts", "Obscure"]
    assert not refresher.complete
    catalogue.page(1, told(300, "The Diplomat"))
    catalogue.web.asked.clear()
    await Refresher(database, tvmaze, KnownShows(), now=clock).step()
    assert catalogue.web.asked == ["/shows?page=1", "/shows?page=2"]


async def test_a_large_index_is_copied_in_several_steps(
    database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    for number in range(20):
        catalogue.page(number, told(number * 250 + 1, f"Show {number}"))
    refresher = Refresher(database, tvmaze, KnownShows(), now=clock)
    await refresher.step()
    assert len(await names(database)) == 12
    assert not refresher.ready
    await refresher.step()
    assert len(await names(database)) == 20
    assert refresher.complete


async def test_articles_do_not_wait_for_a_huge_index_for_ever(
    sqlite_database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    for number in range(60):
        catalogue.page(number, told(number * 250 + 1, f"Show {number}"))
    refresher = Refresher(sqlite_database, tvmaze, KnownShows(), now=clock)
    await refresher.step()
    assert not refresher.ready
    clock.go_on(seconds=PATIENCE.total_seconds())
    await refresher.step()
    assert refresher.ready
    assert not refresher.complete


async def test_followed_shows_and_their_namesakes_are_detailed(
    database: Database, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    refresher = Refresher(database, tvmaze, KnownShows(), now=clock)
    await refresher.step()
    await follow(database, 300, clock)
    await refresher.step()
    assert await cast_of(database, 300) == ("Keri Russell",)
    assert await cast_of(database, 301) == ("Sophie Rundle",)
    assert await cast_of(database, 1) == ()


async def test_what_changed_is_read_hourly_and_new_shows_are_added(
    database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    refresher = Refresher(database, tvmaze, KnownShows(), now=clock)
    await follow_after_first_step(refresher, database, clock)
    catalogue.detail(300, "The Diplomat", "Allison Janney", updated=200)
    catalogue.updates({"300": 200, "302": 200})
    catalogue.page(1, told(300, "The Diplomat", updated=200), told(302, "Brand New"))
    await refresher.step()
    assert await cast_of(database, 300) == ("Keri Russell",)
    clock.go_on(hours=1)
    await refresher.step()
    assert await cast_of(database, 300) == ("Allison Janney",)
    assert "Brand New" in await names(database)


async def follow_after_first_step(refresher: Refresher, database: Database, clock: FrozenClock) -> None:
    """Copy the index, follow The Diplomat, and read its details."""
    await refresher.step()
    await follow(database, 300, clock)
    await refresher.step()


@pytest.mark.parametrize(("days", "asked"), [(1, "week"), (10, "month")])
async def test_after_days_away_more_is_asked_for(
    sqlite_database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock, days: int, asked: str
) -> None:
    refresher = Refresher(sqlite_database, tvmaze, KnownShows(), now=clock)
    await refresher.step()
    catalogue.updates({})
    clock.go_on(days=days)
    await refresher.step()
    assert catalogue.web.asked[-1] == f"/updates/shows?since={asked}"


async def test_after_a_month_away_the_index_is_copied_anew(
    sqlite_database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    refresher = Refresher(sqlite_database, tvmaze, KnownShows(), now=clock)
    await refresher.step()
    clock.go_on(days=30)
    catalogue.page(0, told(1, "Ghosts, renamed", updated=200))
    await refresher.step()
    await refresher.step()
    assert "Ghosts, renamed" in await names(sqlite_database)


async def test_a_show_that_tvmaze_lost_is_not_asked_for_again(
    database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    refresher = Refresher(database, tvmaze, KnownShows(), now=clock)
    await refresher.step()
    await follow(database, 2, clock)
    await refresher.step()
    asked = len(catalogue.web.asked)
    await refresher.step()
    assert len(catalogue.web.asked) == asked


async def test_while_tvmaze_is_down_it_is_asked_ever_more_seldom(
    sqlite_database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    catalogue.web.put("/shows?page=0", "", status=503)
    refresher = Refresher(sqlite_database, tvmaze, KnownShows(), now=clock)
    asked = []
    for _ in range(6):
        await refresher.step()
        asked.append(len(catalogue.web.asked))
        clock.go_on(seconds=60)
    assert asked == [1, 2, 2, 3, 3, 3]
    assert refresher.ready
    assert "catalogue not refreshed" in caplog.text


async def test_without_a_mirror_only_followed_shows_are_read(
    sqlite_database: Database, catalogue: Catalogue, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    refresher = Refresher(sqlite_database, tvmaze, KnownShows(), mirror=False, now=clock)
    await refresher.step()
    assert catalogue.web.asked == []
    assert not refresher.complete
    assert refresher.ready


async def test_completeness_is_told_although_nothing_was_loaded_anew(
    sqlite_database: Database, tvmaze: Tvmaze, clock: FrozenClock
) -> None:
    await Refresher(sqlite_database, tvmaze, KnownShows(), now=clock).step()
    replaced: list[bool] = []
    known = KnownShows()
    await known.reload(sqlite_database)
    known.replaced = lambda: replaced.append(True)
    await Refresher(sqlite_database, tvmaze, known, now=clock).step()
    assert replaced == [True]
