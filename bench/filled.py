"""Databases to measure with: shows, servers that follow them, and news to tell."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import clock
from bot.catalogue.listing import Listing
from bot.model import ChannelId, GuildId, Kind, Show, ShowId, Source, Story, StoryId
from bot.storage.database import Database, Transaction
from bot.storage.schema import migrate
from bot.storage.shows import add_shows
from bot.storage.tables import follows, guilds
from bot.storage.upsert import insert

SHOW = Show(id=ShowId(1), name="Andor", year=2022, network="Disney+", country="US")


@asynccontextmanager
async def new_database() -> AsyncIterator[Database]:
    """Give an empty SQLite database, in a file that is gone afterwards."""
    with TemporaryDirectory() as folder:
        url = database_url(Path(folder))
        await migrate(url)
        database = await Database.open(url)
        try:
            yield database
        finally:
            await database.close()


def database_url(folder: Path) -> str:
    """Name the database in `folder`."""
    return f"sqlite+aiosqlite:///{folder / 'bench.db'}"


async def add_audience(
    tx: Transaction, places: Iterable[tuple[GuildId, ChannelId]], shows: Iterable[Show]
) -> None:
    """Add `shows`, and servers that follow every one of them in their channels."""
    now, shows = clock.now(), tuple(shows)
    await add_shows(tx, (Listing(show) for show in shows))
    theirs = [
        {"id": guild_id, "joined_at": now, "greeted_at": now, "channel_id": channel_id}
        for guild_id, channel_id in places
    ]
    if theirs:
        await tx.execute(insert(tx, guilds), theirs)
    wanted = [
        {"guild_id": guild["id"], "show_id": show.id, "created_at": now} for guild in theirs for show in shows
    ]
    if wanted:
        await tx.execute(insert(tx, follows), wanted)


def renewal(season: int, show: Show = SHOW) -> Story:
    """Give the news that there will be this season."""
    headline = f"‘{show.name}’ Renewed for Season {season} at {show.network}"
    source = Source("Outlet", f"https://outlet.example/{show.id}/{season}", clock.now())
    return Story(StoryId(0), show.id, Kind.RENEWED, season, None, headline, "", (source,))
