"""The news that the world has, and who told it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text, update

from bot.model import ArticleId, Kind, PartialDate, ShowId, Source, Story, StoryId
from bot.storage.database import Transaction
from bot.storage.tables import follows, stories, story_sources
from bot.storage.upsert import insert

_STORIES_LOCK = 7_041_926
"""A number of our own among PostgreSQL's advisory locks."""


async def lock_stories(tx: Transaction) -> None:
    """Let one transaction at a time judge what is news; SQLite's transactions do so anyway."""
    if tx.dialect.name == "postgresql":
        await tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _STORIES_LOCK})


async def add_story(tx: Transaction, story: Story, article_id: ArticleId | None = None) -> StoryId:
    """Store a story, told first by `article_id`, under a new id; `story.id` does not count."""
    added = insert(tx, stories).values(
        show_id=story.show_id,
        kind=story.kind.value,
        season=story.season,
        premiere=_written(story.premiere),
        headline=story.headline,
        summary=story.summary,
        image_url=story.image_url,
        told_at=story.told_at,
        revision=story.revision,
        earlier_id=story.earlier_id,
    )
    story_id = StoryId((await tx.execute(added.returning(stories.c.id))).scalar_one())
    for source in story.sources:
        await _add_source(tx, story_id, source, article_id)
    return story_id


async def record_told(
    tx: Transaction,
    story: Story,
    source: Source,
    article_id: ArticleId | None = None,
    *,
    season: int | None,
    premiere: PartialDate | None,
) -> None:
    """Add who else tells the story, unless that page is a source already, and what it says by now.

    The story's revision grows by one.
    """
    await _add_source(tx, story.id, source, article_id)
    grown = update(stories).where(stories.c.id == story.id)
    await tx.execute(
        grown.values(season=season, premiere=_written(premiere), revision=stories.c.revision + 1)
    )


async def get_stories(tx: Transaction, story_ids: Collection[StoryId]) -> dict[StoryId, Story]:
    """Give those of `story_ids` that there are."""
    rows = (await tx.execute(select(stories).where(stories.c.id.in_(story_ids)))).all()
    return {story.id: story for story in await _with_sources(tx, rows)}


async def list_told_since(
    tx: Transaction, show_ids: Collection[ShowId], moment: datetime
) -> tuple[Story, ...]:
    """Give what is known of some shows since `moment`, the latest first."""
    found = select(stories).where(stories.c.show_id.in_(show_ids), stories.c.told_at >= moment)
    rows = (await tx.execute(found.order_by(stories.c.told_at.desc(), stories.c.id.desc()))).all()
    return await _with_sources(tx, rows)


async def list_latest(
    tx: Transaction, *, show_id: ShowId | None = None, followed_by: int | None = None, limit: int = 5
) -> tuple[Story, ...]:
    """Give the latest stories, of one show or of what one server follows, the latest first."""
    found = select(stories).order_by(stories.c.told_at.desc(), stories.c.id.desc()).limit(limit)
    if show_id is not None:
        found = found.where(stories.c.show_id == show_id)
    if followed_by is not None:
        theirs = select(follows.c.show_id).where(follows.c.guild_id == followed_by)
        found = found.where(stories.c.show_id.in_(theirs))
    return await _with_sources(tx, (await tx.execute(found)).all())


async def _add_source(
    tx: Transaction, story_id: StoryId, source: Source, article_id: ArticleId | None
) -> None:
    told = select(func.count()).select_from(story_sources).where(story_sources.c.story_id == story_id)
    added = insert(tx, story_sources).values(
        story_id=story_id,
        url=source.url,
        position=told.scalar_subquery(),
        name=source.name,
        article_id=article_id,
        told_at=source.told_at,
        reported=source.reported,
    )
    await tx.execute(added.on_conflict_do_nothing(index_elements=["story_id", "url"]))


async def _with_sources(tx: Transaction, rows: Sequence[Row[Any]]) -> tuple[Story, ...]:
    sources: dict[int, list[Source]] = {row.id: [] for row in rows}
    found = select(story_sources).where(story_sources.c.story_id.in_(sources))
    for row in await tx.execute(found.order_by(story_sources.c.story_id, story_sources.c.position)):
        sources[row.story_id].append(Source(row.name, row.url, row.told_at, row.correction, row.reported))
    return tuple(_read(row, tuple(sources[row.id])) for row in rows)


def _read(row: Row[Any], sources: tuple[Source, ...]) -> Story:
    return Story(
        id=StoryId(row.id),
        show_id=ShowId(row.show_id),
        kind=Kind(row.kind),
        season=row.season,
        premiere=None if row.premiere is None else PartialDate.parse(row.premiere),
        headline=row.headline,
        summary=row.summary,
        sources=sources,
        image_url=row.image_url,
        revision=row.revision,
        earlier_id=None if row.earlier_id is None else StoryId(row.earlier_id),
    )


def _written(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)
