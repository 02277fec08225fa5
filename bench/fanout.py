"""From one story to the outbox of many servers: our one statement beside an insert for each."""

import time
from dataclasses import dataclass
from statistics import median

from bench.filled import SHOW, add_audience, new_database, renewal
from bot import clock
from bot.model import ChannelId, GuildId, StoryId
from bot.storage.database import Database, Transaction
from bot.storage.outbox import add_announcements
from bot.storage.stories import add_story
from bot.storage.tables import announcements
from bot.storage.upsert import insert


@dataclass(frozen=True, slots=True)
class FanOutFigures:
    """Seconds for one story, medians of several."""

    guilds: int
    whole_s: float
    """The transaction: story, source, announcements, commit."""
    statement_s: float
    """Of it, the statement that fills the outbox."""
    singly_s: float
    """For comparison: the same transaction with an insert for each server."""


async def measure_fan_out(guilds: int = 10_000, *, stories: int = 5) -> FanOutFigures:
    """Tell `stories` to servers that all follow the show, on a real SQLite file."""
    places = [(GuildId(number), ChannelId(1_000_000 + number)) for number in range(1, guilds + 1)]
    async with new_database() as database:
        async with database.transaction() as tx:
            await add_audience(tx, places, [SHOW])
        taken = [await _tell(database, season, guilds) for season in range(2, 2 + stories)]
        singly_s = await _tell_singly(database, 2 + stories, places)
    wholes, statements = zip(*taken, strict=True)
    return FanOutFigures(guilds, median(wholes), median(statements), singly_s)


async def _tell(database: Database, season: int, guilds: int) -> tuple[float, float]:
    began = time.perf_counter()
    async with database.transaction() as tx:
        story_id = await add_story(tx, renewal(season))
        asked = time.perf_counter()
        added = await add_announcements(tx, story_id, clock.now())
        statement_s = time.perf_counter() - asked
    if added != guilds:
        raise RuntimeError(f"{added} announcements for {guilds} servers, and the figures mean nothing")
    return time.perf_counter() - began, statement_s


async def _tell_singly(database: Database, season: int, places: list[tuple[GuildId, ChannelId]]) -> float:
    began = time.perf_counter()
    async with database.transaction() as tx:
        story_id = await add_story(tx, renewal(season))
        for guild_id, channel_id in places:
            await _add_one(tx, story_id, guild_id, channel_id)
    return time.perf_counter() - began


async def _add_one(tx: Transaction, story_id: StoryId, guild_id: GuildId, channel_id: ChannelId) -> None:
    now = clock.now()
    row = {"story_id": story_id, "guild_id": guild_id, "channel_id": channel_id}
    added = insert(tx, announcements).values(due_at=now, created_at=now, **row)
    await tx.execute(added.on_conflict_do_nothing(index_elements=["story_id", "channel_id"]))
