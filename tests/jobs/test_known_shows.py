"""The catalogue in memory."""

import pytest

from bot.errors import StorageError
from bot.jobs.known_shows import KnownShows
from bot.model import Show, ShowId
from bot.storage.database import Database
from bot.storage.shows import add_shows
from tests.fakes import Listing


@pytest.fixture(autouse=True)
def no_word_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the lists of ordinary words unread: it takes long, and no name matters here."""
    monkeypatch.setattr("bot.catalogue.names.load_frequencies", dict[str, float])


async def add(database: Database, show_id: int, name: str) -> None:
    """Store a show."""
    async with database.transaction() as tx:
        await add_shows(tx, [Listing(Show(ShowId(show_id), name))])


async def test_an_unread_catalogue_knows_nothing(sqlite_database: Database) -> None:
    assert KnownShows().search.rank("ghosts") == ()


async def test_the_catalogue_is_replaced_as_a_whole(sqlite_database: Database) -> None:
    await add(sqlite_database, 1, "Ghosts")
    known = KnownShows()
    before = known.names
    assert await known.reload_if_stale(sqlite_database)
    assert known.names is not before
    assert [show.name for show in known.search.rank("gho")] == ["Ghosts"]


async def test_the_catalogue_is_reloaded_only_where_it_changed_and_not_in_a_row(
    sqlite_database: Database,
) -> None:
    await add(sqlite_database, 1, "Ghosts")
    times = iter([0.0, 0.0, 2.0, 41.9, 42.0, 42.0, 44.0])
    known = KnownShows(clock=lambda: next(times))
    assert await known.reload_if_stale(sqlite_database)
    assert not await known.reload_if_stale(sqlite_database)
    known.mark_stale()
    assert not await known.reload_if_stale(sqlite_database)
    assert await known.reload_if_stale(sqlite_database)


async def test_a_reload_that_fails_is_still_wanted(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownShows()
    monkeypatch.setattr("bot.jobs.known_shows.list_shows", refuse)
    with pytest.raises(StorageError):
        await known.reload_if_stale(sqlite_database)
    monkeypatch.undo()
    assert await known.reload_if_stale(sqlite_database)


async def refuse(_: object) -> None:
    """Stand for a database that is gone."""
    raise StorageError("gone")


async def test_the_first_shows_are_taken_in_at_once(sqlite_database: Database) -> None:
    known = KnownShows()
    await known.reload(sqlite_database)
    await add(sqlite_database, 1, "Ghosts")
    known.mark_stale()
    assert await known.reload_if_stale(sqlite_database)
