import asyncio

import pytest

from bot.catalogue.search import SearchIndex
from bot.catalogue.tvmaze import Detail, Listing
from bot.errors import AmbiguousShowError, CatalogueError, UnknownShowError
from bot.guilds.shows import ShowFinder, picked_value
from bot.model import Season, Show, ShowId
from bot.storage.database import Database
from bot.storage.seasons import list_seasons
from bot.storage.shows import add_shows, get_show

DIPLOMAT = Show(ShowId(55), "The Diplomat", 2023, network="Netflix", country="US")
ALIBIS = Show(ShowId(56), "The Diplomat", 2023, network="Alibi", country="GB")
LOST = Show(ShowId(123), "Lost", 2004, network="ABC", country="US")


class FakeTvmaze:
    """A TVmaze that knows `shows`, or raises `error`, or never answers."""

    def __init__(self, *shows: Show, error: Exception | None = None, hangs: bool = False) -> None:
        self.shows = shows
        self.error = error
        self.hangs = hangs
        self.asked: list[str] = []

    async def search(self, text: str) -> tuple[Listing, ...]:
        """Find shows by a piece of their name."""
        await self._ask(text)
        return tuple(Listing(show, 1) for show in self.shows if text.casefold() in show.name.casefold())

    async def show(self, show_id: ShowId) -> Detail | None:
        """Give a show with one season."""
        await self._ask(str(show_id))
        found = [show for show in self.shows if show.id == show_id]
        return Detail(found[0], updated=2, seasons=(Season(1, 8),)) if found else None

    async def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.hangs:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error


async def make_finder(
    database: Database, tvmaze: FakeTvmaze, *known: Show, complete: bool = False
) -> ShowFinder:
    async with database.transaction() as tx:
        await add_shows(tx, [Listing(show, 1) for show in known])
    return ShowFinder(database, SearchIndex(known), tvmaze, complete=complete)  # type: ignore[arg-type]  # as much of one as is asked


async def test_full_copy_asks_nobody(sqlite_database: Database) -> None:
    tvmaze = FakeTvmaze(LOST)
    finder = await make_finder(sqlite_database, tvmaze, DIPLOMAT, complete=True)
    assert await finder.find("the diplomat") == DIPLOMAT
    assert await finder.suggest("lost") == ()
    assert tvmaze.asked == []


async def test_copy_with_gaps_learns_from_tvmaze(sqlite_database: Database) -> None:
    learned: list[bool] = []
    finder = await make_finder(sqlite_database, FakeTvmaze(LOST), DIPLOMAT)
    finder._learned = lambda: learned.append(True)
    assert await finder.suggest("lost") == (LOST,)
    assert await finder.find("Lost") == LOST
    assert await finder.find(picked_value(LOST.id)) == LOST
    assert learned == [True]
    async with sqlite_database.reading() as tx:
        assert await get_show(tx, LOST.id) == LOST


async def test_namesake_that_only_tvmaze_knows_makes_a_tie(sqlite_database: Database) -> None:
    finder = await make_finder(sqlite_database, FakeTvmaze(DIPLOMAT, ALIBIS), DIPLOMAT)
    with pytest.raises(AmbiguousShowError) as caught:
        await finder.find("The Diplomat")
    assert [show.id for show in caught.value.choices] == [DIPLOMAT.id, ALIBIS.id]
    assert await finder.find(ALIBIS.label) == ALIBIS


@pytest.mark.parametrize("tvmaze", [FakeTvmaze(error=CatalogueError("down")), FakeTvmaze(hangs=True)])
async def test_tvmaze_in_trouble_leaves_what_we_have(
    sqlite_database: Database, tvmaze: FakeTvmaze, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.guilds.shows._SUGGEST_S", 0.01)
    monkeypatch.setattr("bot.guilds.shows._ASK_S", 0.01)
    finder = await make_finder(sqlite_database, tvmaze, DIPLOMAT)
    assert await finder.suggest("diplo") == (DIPLOMAT,)
    assert await finder.find("The Diplomat") == DIPLOMAT
    assert await finder.detailed(DIPLOMAT) == DIPLOMAT


async def test_first_letter_asks_nobody(sqlite_database: Database) -> None:
    tvmaze = FakeTvmaze(LOST)
    await (await make_finder(sqlite_database, tvmaze)).suggest("l")
    assert tvmaze.asked == []


@pytest.mark.parametrize("typed", ["", "   ", "🎬", "…"])
async def test_nothing_typed_is_asked_for_kindly(sqlite_database: Database, typed: str) -> None:
    finder = await make_finder(sqlite_database, FakeTvmaze(), DIPLOMAT, complete=True)
    with pytest.raises(UnknownShowError, match="Which show"):
        await finder.find(typed)


async def test_misspelt_name_is_never_guessed_but_offered(sqlite_database: Database) -> None:
    finder = await make_finder(sqlite_database, FakeTvmaze(), DIPLOMAT, LOST, complete=True)
    with pytest.raises(UnknownShowError, match="Did you mean") as caught:
        await finder.find("The Diplomatt")
    assert caught.value.near[0] == DIPLOMAT


async def test_unknown_id_is_an_unknown_show(sqlite_database: Database) -> None:
    finder = await make_finder(sqlite_database, FakeTvmaze(), complete=True)
    with pytest.raises(UnknownShowError, match="no longer"):
        await finder.find("tvmaze:999999999999")


async def test_details_are_kept_and_a_show_that_is_gone_stays_as_it_was(sqlite_database: Database) -> None:
    finder = await make_finder(sqlite_database, FakeTvmaze(DIPLOMAT), DIPLOMAT, LOST)
    assert await finder.detailed(LOST) == LOST
    assert await finder.detailed(DIPLOMAT) == DIPLOMAT
    async with sqlite_database.reading() as tx:
        assert await list_seasons(tx, DIPLOMAT.id) == (Season(1, 8),)


async def test_new_index_takes_the_place_of_the_old(sqlite_database: Database) -> None:
    finder = await make_finder(sqlite_database, FakeTvmaze(LOST), DIPLOMAT)
    await finder.suggest("lost")
    finder.use(SearchIndex([DIPLOMAT]), complete=True)
    assert await finder.suggest("lost") == ()
    finder.use(SearchIndex([DIPLOMAT, LOST]), complete=False)
    assert await finder.suggest("lost") == (LOST,)
