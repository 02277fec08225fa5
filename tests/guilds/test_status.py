"""What `/status` gathers."""

from datetime import timedelta

from bot import clock
from bot.catalogue.search import SearchIndex
from bot.catalogue.tvmaze import Tvmaze
from bot.errors import CatalogueError
from bot.guilds.shows import ShowFinder
from bot.guilds.status import show_status
from bot.model import Kind, PartialDate, Show, ShowId, Source, Story, StoryId
from bot.storage.database import Database
from bot.storage.shows import add_shows
from bot.storage.stories import add_story
from tests.fakes import Listing

SHOW = Show(ShowId(55), "The Diplomat", 2023, network="Netflix")


class SilentTvmaze(Tvmaze):
    """A TVmaze that is down."""

    def __init__(self) -> None: ...

    async def show(self, show_id: ShowId) -> None:
        """Fail as a dead service does."""
        raise CatalogueError(f"TVmaze does not tell of {show_id}.")


async def test_date_told_many_castings_ago_still_stands(sqlite_database: Database) -> None:
    premiere = PartialDate.of_day((clock.now() + timedelta(days=90)).date())
    kinds = [Kind.PREMIERE_DATE] + [Kind.CASTING] * 8
    async with sqlite_database.transaction() as tx:
        await add_shows(tx, [Listing(SHOW)])
        for number, kind in enumerate(kinds):
            told_at = clock.now() - timedelta(days=60 - number)
            source = Source("TVLine", f"https://tvline.test/{number}", told_at)
            date = premiere if kind is Kind.PREMIERE_DATE else None
            await add_story(tx, Story(StoryId(0), SHOW.id, kind, 2, date, f"News {number}", "", (source,)))
    finder = ShowFinder(sqlite_database, SearchIndex([SHOW]), SilentTvmaze())
    status = await show_status(sqlite_database, finder, SHOW)
    assert status.stage.premiere == premiere
    assert len(status.stories) == 5
