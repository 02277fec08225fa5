"""What became of stories after they were told: others that change them, pages that correct themselves."""

from collections.abc import Collection

from sqlalchemy import or_, select, update

from bot.model import ArticleId, ChannelId, MessageId, Story, StoryId
from bot.storage.database import Transaction
from bot.storage.stories import get_stories
from bot.storage.tables import announcements, stories, story_sources


async def record_followed_up(tx: Transaction, story: Story) -> tuple[StoryId, ...]:
    """Let the stories that `story` changes grow by a revision, so that their messages show it; give them."""
    if story.earlier_id is None:
        return ()
    s = stories.c
    before = or_(s.id == story.earlier_id, s.earlier_id == story.earlier_id)
    changed = update(stories).where(s.id != story.id, before).values(revision=s.revision + 1)
    return tuple(StoryId(row.id) for row in await tx.execute(changed.returning(s.id)))


async def list_later(tx: Transaction, known: Collection[Story]) -> dict[StoryId, Story]:
    """Give for each of the `known` stories the latest one that changes it, where there is one."""
    linked = {story.id for story in known} | {story.earlier_id for story in known if story.earlier_id}
    near = select(stories.c.id).where(stories.c.earlier_id.in_(linked))
    found = await get_stories(tx, {StoryId(row.id) for row in await tx.execute(near)})
    return {
        story.id: later
        for story in known
        for _, later in sorted(found.items())
        if later.id > story.id and later.earlier_id in (story.id, story.earlier_id)
    }


async def list_messages(
    tx: Transaction, story_ids: Collection[StoryId], channel_ids: Collection[ChannelId]
) -> dict[tuple[StoryId, ChannelId], MessageId]:
    """Give the messages that tell these stories in these channels."""
    a = announcements.c
    sent = select(a.story_id, a.channel_id, a.message_id).where(
        a.story_id.in_(story_ids), a.channel_id.in_(channel_ids), a.message_id.is_not(None)
    )
    return {
        (StoryId(row.story_id), ChannelId(row.channel_id)): MessageId(row.message_id)
        for row in await tx.execute(sent)
    }


async def list_told_by(
    tx: Transaction, article_ids: Collection[ArticleId]
) -> dict[ArticleId, frozenset[StoryId]]:
    """Give for each of the articles the stories that have it as a source."""
    s = story_sources.c
    told: dict[ArticleId, frozenset[StoryId]] = {}
    for row in await tx.execute(select(s.article_id, s.story_id).where(s.article_id.in_(article_ids))):
        article_id = ArticleId(row.article_id)
        told[article_id] = told.get(article_id, frozenset()) | {StoryId(row.story_id)}
    return told


async def record_correction(
    tx: Transaction, story_id: StoryId, article_id: ArticleId, correction: str | None
) -> bool:
    """Remember how an article corrects what it told, None where it stands by it; say whether that is new.

    Where it is, the story's revision grows by one.
    """
    s = story_sources.c
    other = update(story_sources).where(
        s.story_id == story_id, s.article_id == article_id, s.correction.is_distinct_from(correction)
    )
    if not (await tx.execute(other.values(correction=correction))).rowcount:
        return False
    grown = update(stories).where(stories.c.id == story_id)
    await tx.execute(grown.values(revision=stories.c.revision + 1))
    return True
