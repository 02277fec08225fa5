"""Which announcements are told in the message of another: a summary.

The summary is an announcement too, the oldest of those that it tells; `told_in` names it in each of them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from bot.model import AnnouncementId, ChannelId, Listed, StoryId
from bot.storage.database import Transaction
from bot.storage.shows import get_shows
from bot.storage.stories import get_stories
from bot.storage.tables import announcements


async def count_sent_since(
    tx: Transaction, channel_ids: Collection[ChannelId], moment: datetime
) -> dict[ChannelId, int]:
    """Say how many messages each channel got since `moment`, summaries aside."""
    a = announcements.c
    counted = (
        select(a.channel_id, func.count().label("sent"))
        .where(a.channel_id.in_(channel_ids), a.sent_at >= moment, a.told_in.is_(None))
        .group_by(a.channel_id)
    )
    return {ChannelId(row.channel_id): row.sent for row in await tx.execute(counted)}


async def list_waiting(tx: Transaction, channel_id: ChannelId, limit: int) -> tuple[Listed, ...]:
    """Give up to `limit` of a channel's announcements that wait to be sent and are no summary, in order."""
    a = announcements.c
    found = select(announcements).where(
        a.channel_id == channel_id, a.due_at.is_not(None), a.message_id.is_(None), a.told_in.is_(None)
    )
    return tuple(one for _, one in await _listed(tx, found.limit(limit)))


async def find_open_summary(
    tx: Transaction, channel_id: ChannelId, moment: datetime
) -> tuple[AnnouncementId, tuple[Listed, ...]] | None:
    """Give a channel's latest summary and what it lists, if it was sent since `moment` and is still there."""
    a = announcements.c
    latest = (
        select(a.id)
        .where(a.channel_id == channel_id, a.sent_at >= moment, a.told_in == a.id)
        .where(a.message_id.is_not(None), ~a.given_up)
        .order_by(a.sent_at.desc(), a.id.desc())
        .limit(1)
    )
    found = await tx.scalar(latest)
    if found is None:
        return None
    summary_id = AnnouncementId(found)
    return summary_id, (await list_summed_up(tx, [summary_id]))[summary_id]


async def list_summed_up(
    tx: Transaction, summary_ids: Collection[AnnouncementId]
) -> dict[AnnouncementId, tuple[Listed, ...]]:
    """Give what each of some summaries lists, in order."""
    found: dict[AnnouncementId, tuple[Listed, ...]] = {}
    if summary_ids:
        query = select(announcements).where(announcements.c.told_in.in_(summary_ids))
        for row, one in await _listed(tx, query):
            found[row.told_in] = (*found.get(row.told_in, ()), one)
    return found


async def tell_in(
    tx: Transaction, summary_id: AnnouncementId, listed: Sequence[AnnouncementId], now: datetime
) -> None:
    """Let a summary tell `listed`, none of which was tried as itself.

    Itself is among them where it begins, and then it is due now.
    """
    told = update(announcements).where(announcements.c.id.in_(listed))
    untried = {"leased_until": None, "attempts": 0, "first_tried_at": None}
    await tx.execute(told.values(told_in=summary_id, due_at=None, outcome="in a summary", **untried))
    if summary_id in listed:
        itself = update(announcements).where(announcements.c.id == summary_id)
        await tx.execute(itself.values(due_at=now))


async def record_listed(tx: Transaction, listed: Collection[AnnouncementId], now: datetime) -> None:
    """Remember that people can read `listed` in their summary."""
    shown = update(announcements).where(announcements.c.id.in_(listed), announcements.c.sent_at.is_(None))
    await tx.execute(shown.values(sent_at=now))


async def release_unlisted(tx: Transaction, summary_id: AnnouncementId) -> None:
    """Let what a lost summary had not shown yet be told otherwise."""
    a = announcements.c
    left = update(announcements).where(a.told_in == summary_id, a.id != summary_id, a.sent_at.is_(None))
    await tx.execute(left.values(told_in=None, due_at=a.created_at))


async def _listed(tx: Transaction, query: Select[Any]) -> list[tuple[Row[Any], Listed]]:
    rows = (await tx.execute(query.order_by(announcements.c.id))).all()
    told = await get_stories(tx, {StoryId(row.story_id) for row in rows})
    known = await get_shows(tx, {story.show_id for story in told.values()})
    stories = [told[StoryId(row.story_id)] for row in rows]
    return [
        (row, Listed(AnnouncementId(row.id), story, known[story.show_id], row.created_at))
        for row, story in zip(rows, stories, strict=True)
    ]
