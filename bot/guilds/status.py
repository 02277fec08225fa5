"""What /status tells: of one show, or of the server's set-up and how the bot fares."""

from dataclasses import dataclass

from bot import clock
from bot.guilds.shows import ShowFinder
from bot.guilds.stage import Stage, stage
from bot.model import Feed, Guild, GuildId, Season, Show, Story, Trouble
from bot.storage.database import Database
from bot.storage.feeds import list_feeds
from bot.storage.follows import count_follows
from bot.storage.guilds import get_guild
from bot.storage.outbox import count_pending
from bot.storage.seasons import list_seasons
from bot.storage.shows import count_shows
from bot.storage.stories import list_latest
from bot.storage.troubles import list_troubles

_MAX_STORIES = 5
_MAX_WEIGHED = 500
"""Stories that say how a show stands: the one that dated a season may be many castings ago."""


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """What we know of a show."""

    show: Show
    stage: Stage
    seasons: tuple[Season, ...]
    stories: tuple[Story, ...]
    """The latest first."""


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """How a server is set up, and how the bot fares."""

    guild: Guild
    follows: int
    pending: int
    """Announcements of this server that wait."""
    troubles: tuple[Trouble, ...]
    """Its channels that take nothing of ours."""
    feeds: tuple[Feed, ...]
    shows: int
    """In the catalogue."""
    complete: bool
    """Whether the catalogue is TVmaze's whole index."""


async def show_status(database: Database, finder: ShowFinder, show: Show) -> ShowStatus:
    """Gather what we know of `show`, fresh from TVmaze where that answers."""
    show = await finder.detailed(show)
    async with database.reading() as tx:
        seasons = await list_seasons(tx, show.id)
        stories = await list_latest(tx, show_id=show.id, limit=_MAX_WEIGHED)
    stands = stage(show, seasons, stories, clock.now().date())
    return ShowStatus(show, stands, seasons, stories[:_MAX_STORIES])


async def server_status(database: Database, finder: ShowFinder, guild_id: GuildId) -> ServerStatus:
    """Gather how the server is set up."""
    async with database.reading() as tx:
        return ServerStatus(
            guild=await get_guild(tx, guild_id) or Guild(guild_id),
            follows=await count_follows(tx, guild_id),
            pending=await count_pending(tx, guild_id),
            troubles=await list_troubles(tx, guild_id),
            feeds=await list_feeds(tx),
            shows=await count_shows(tx),
            complete=finder.complete,
        )
