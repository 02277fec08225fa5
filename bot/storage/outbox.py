"""The outbox: which story goes to which channel, what was sent, what is still to send.

A row is pending while it has a `due_at`; without a message it asks to be sent, with one to be edited.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update

from bot.model import Announcement, AnnouncementId, ChannelId, GuildId, MessageId, Publishing, StoryId
from bot.storage.changes import list_later, list_messages
from bot.storage.database import Transaction
from bot.storage.publishing import list_publishing
from bot.storage.shows import get_shows
from bot.storage.stories import get_stories
from bot.storage.summaries import list_summed_up, record_listed, release_unlisted
from bot.storage.tables import announcements, channel_troubles, follows, guilds, stories
from bot.storage.upsert import insert

EDIT_GAP = timedelta(minutes=1)
"""A message is edited at most once in this time."""
GATHER = timedelta(seconds=3)
"""The first edit waits so long: outlets that tell the same news together make one edit."""
RECALLED_LEASE = timedelta(minutes=5)
"""No lease lasts so long: one that does is from before the clock was put back."""
NONCE_LIFE = timedelta(minutes=1)
"""So long Discord surely answers a repeated nonce with the first message; it promises "a few minutes"."""


async def add_announcements(tx: Transaction, story_id: StoryId, now: datetime) -> int:
    """Put a story into the outbox for every channel that follows its show; say for how many.

    A server that has no channel, or that removed the bot, hears nothing. A channel that has the
    story already gets no second one. One statement, however many servers.
    """
    channel = func.coalesce(follows.c.channel_id, guilds.c.channel_id)
    hearers = (
        select(
            stories.c.id,
            follows.c.guild_id,
            channel,
            literal(0),
            literal(0),
            literal(False),
            literal(now, announcements.c.due_at.type),
            literal(now, announcements.c.created_at.type),
        )
        .select_from(stories)
        .join(follows, follows.c.show_id == stories.c.show_id)
        .join(guilds, guilds.c.id == follows.c.guild_id)
        .where(stories.c.id == story_id, guilds.c.left_at.is_(None), channel.is_not(None))
        .order_by(follows.c.guild_id)
    )
    columns = [
        "story_id",
        "guild_id",
        "channel_id",
        "sent_revision",
        "attempts",
        "given_up",
        "due_at",
        "created_at",
    ]
    added = insert(tx, announcements).from_select(columns, hearers, include_defaults=False)
    kept = added.on_conflict_do_nothing(index_elements=["story_id", "channel_id"])
    return (await tx.execute(kept)).rowcount


async def mark_changed(tx: Transaction, story_id: StoryId, now: datetime) -> int:
    """Ask for an edit of every message that tells the story; say of how many.

    The first edit comes after `GATHER`; a message edited less than `EDIT_GAP` ago waits for that long.
    """
    a = announcements.c
    sent = update(announcements).where(
        a.story_id == story_id, a.message_id.is_not(None), ~a.given_up, a.due_at.is_(None)
    )
    return (await tx.execute(sent.values(due_at=_edit_due(now), attempts=0))).rowcount


async def mark_grown(tx: Transaction, summary_id: AnnouncementId, now: datetime) -> None:
    """Ask for an edit of a summary that tells more now."""
    a = announcements.c
    sent = update(announcements).where(a.id == summary_id, a.message_id.is_not(None), a.due_at.is_(None))
    await tx.execute(sent.values(due_at=_edit_due(now), attempts=0))


def _edit_due(now: datetime) -> ColumnElement[datetime]:
    a = announcements.c
    rested = or_(a.edited_at.is_(None), a.edited_at <= now - EDIT_GAP)
    return case((rested, literal(now + GATHER, a.due_at.type)), else_=literal(now + EDIT_GAP, a.due_at.type))


async def lease_due(
    tx: Transaction, now: datetime, lease_until: datetime, limit: int
) -> tuple[Announcement, ...]:
    """Take up to `limit` due announcements for ourselves until `lease_until`, the oldest first.

    A channel's messages keep their order: of those not yet sent only its oldest is given, so ask
    again once it is recorded. What is not recorded by `lease_until` is given out again. Of a closed
    channel only the oldest of all is given, and that when the channel is to be tried.
    """
    a = announcements.c
    free = or_(a.leased_until.is_(None), a.leased_until <= now)
    open_to_us = and_(~_closed_until(None), a.message_id.is_not(None) | ~_is_behind(unsent_only=True))
    probe = and_(_closed_until(None), ~_closed_until(now), ~_is_behind(unsent_only=False))
    due = (
        select(a.id)
        .where(a.due_at <= now, free, open_to_us | probe)
        .order_by(a.due_at, a.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    leased = update(announcements).where(a.id.in_(due)).returning(a.id)
    tried = func.coalesce(a.first_tried_at, literal(now, a.first_tried_at.type))
    taken = await tx.execute(
        leased.values(leased_until=lease_until, attempts=a.attempts + 1, first_tried_at=tried)
    )
    return await _read(tx, [row.id for row in taken], now)


def _closed_until(now: datetime | None) -> ColumnElement[bool]:
    """Say that the announcement's channel is closed, at all or still at `now`."""
    troubles = channel_troubles.c
    found = select(troubles.channel_id).where(troubles.channel_id == announcements.c.channel_id)
    return (found if now is None else found.where(troubles.probe_at > now)).exists()


def _is_behind(*, unsent_only: bool) -> ColumnElement[bool]:
    """Say that an older announcement of its channel waits."""
    a, older = announcements.c, announcements.alias("older")
    ahead = select(older.c.id).where(
        older.c.channel_id == a.channel_id, older.c.id < a.id, older.c.due_at.is_not(None)
    )
    return (ahead.where(older.c.message_id.is_(None)) if unsent_only else ahead).exists()


async def record_sent(
    tx: Transaction,
    announcement_id: AnnouncementId,
    message_id: MessageId,
    revision: int,
    now: datetime,
    listed: Collection[AnnouncementId] = (),
    *,
    published: bool = False,
    outcome: str = "sent",
) -> None:
    """Remember that Discord shows `revision` of the story, or the summary that lists `listed`.

    Where it grew meanwhile, an edit follows.
    """
    a, lines = announcements.c, announcements.alias("lines")
    current = select(stories.c.revision).where(stories.c.id == a.story_id).scalar_subquery()
    is_edit = a.message_id.is_not(None)
    unlisted = select(lines.c.id).where(
        lines.c.told_in == a.id, lines.c.sent_at.is_(None), lines.c.id != a.id
    )
    await record_listed(tx, listed, now)
    grown = case(
        (and_(current <= revision, ~unlisted.exists()), None),
        (is_edit, literal(now + EDIT_GAP, a.due_at.type)),
        else_=literal(now + GATHER, a.due_at.type),
    )
    sent = update(announcements).where(a.id == announcement_id)
    await tx.execute(
        sent.values(
            message_id=message_id,
            sent_revision=revision,
            sent_at=func.coalesce(a.sent_at, literal(now, a.sent_at.type)),
            edited_at=case((is_edit, literal(now, a.edited_at.type)), else_=None),
            due_at=grown,
            leased_until=None,
            attempts=0,
            published_at=literal(now, a.published_at.type) if published else a.published_at,
            outcome=outcome,
        )
    )


async def record_later(
    tx: Transaction, announcement_id: AnnouncementId, due_at: datetime, outcome: str
) -> None:
    """Try again at `due_at`; `outcome` says why it did not work now."""
    later = update(announcements).where(announcements.c.id == announcement_id)
    await tx.execute(later.values(due_at=due_at, leased_until=None, outcome=outcome))


async def recall(tx: Transaction, now: datetime, limit: datetime) -> int:
    """Make due what waits for a time after `limit`, as the clock was put back; say how much that is.

    Leases and closed channels that would last so long end too.
    """
    a, troubles = announcements.c, channel_troubles.c
    waiting = update(announcements).where(a.due_at > limit).values(due_at=now)
    recalled = (await tx.execute(waiting)).rowcount
    leased = update(announcements).where(a.leased_until > limit + RECALLED_LEASE)
    await tx.execute(leased.values(leased_until=None))
    await tx.execute(update(channel_troubles).where(troubles.probe_at > limit).values(probe_at=now))
    return recalled


async def move_unsent(tx: Transaction, guild_id: GuildId, old: ChannelId, new: ChannelId) -> int:
    """Let what could not be sent in `old` be sent in `new`; say how much that is.

    What `new` has already, or what is under way, stays.
    """
    a, there = announcements.c, announcements.alias("there")
    told = select(there.c.id).where(there.c.channel_id == new, there.c.story_id == a.story_id).exists()
    moved = update(announcements).where(
        a.guild_id == guild_id,
        a.channel_id == old,
        a.due_at.is_not(None),
        a.message_id.is_(None),
        a.leased_until.is_(None),
        ~told,
    )
    return (await tx.execute(moved.values(channel_id=new, attempts=0, first_tried_at=None))).rowcount


async def record_given_up(tx: Transaction, announcement_id: AnnouncementId, outcome: str) -> None:
    """Never try again; `outcome` says why. What a summary had not shown yet is told otherwise."""
    await release_unlisted(tx, announcement_id)
    ended = update(announcements).where(announcements.c.id == announcement_id)
    await tx.execute(ended.values(due_at=None, leased_until=None, given_up=True, outcome=outcome))


async def forget_waiting_since(tx: Transaction, moment: datetime) -> int:
    """Give up what has waited to be sent since before `moment`, as nobody mends its channel; say how much."""
    a = announcements.c
    waiting = update(announcements).where(
        a.due_at.is_not(None), a.message_id.is_(None), a.created_at < moment
    )
    ended = waiting.values(due_at=None, leased_until=None, given_up=True, outcome="it waited too long")
    return (await tx.execute(ended)).rowcount


async def count_pending(tx: Transaction, guild_id: GuildId | None = None) -> int:
    """Say how many announcements wait, of one server or of all."""
    pending = select(func.count()).select_from(announcements).where(announcements.c.due_at.is_not(None))
    if guild_id is not None:
        pending = pending.where(announcements.c.guild_id == guild_id)
    return int(await tx.scalar(pending) or 0)


async def _read(tx: Transaction, ids: list[int], now: datetime) -> tuple[Announcement, ...]:
    found = select(announcements).where(announcements.c.id.in_(ids)).order_by(announcements.c.id)
    rows = (await tx.execute(found)).all()
    told = await get_stories(tx, {StoryId(row.story_id) for row in rows})
    earlier = await get_stories(tx, {one.earlier_id for one in told.values() if one.earlier_id})
    later = await list_later(tx, told.values())
    messages = await list_messages(tx, earlier, {row.channel_id for row in rows})
    known = await get_shows(tx, {story.show_id for story in told.values()})
    places = {ChannelId(row.channel_id): GuildId(row.guild_id) for row in rows}
    publishing = await list_publishing(tx, places, now)
    listed = await list_summed_up(tx, [AnnouncementId(row.id) for row in rows if row.told_in == row.id])
    return tuple(
        Announcement(
            id=AnnouncementId(row.id),
            guild_id=GuildId(row.guild_id),
            channel_id=ChannelId(row.channel_id),
            story=told[StoryId(row.story_id)],
            show=known[told[StoryId(row.story_id)].show_id],
            message_id=None if row.message_id is None else MessageId(row.message_id),
            attempts=row.attempts,
            earlier=earlier.get(told[StoryId(row.story_id)].earlier_id or StoryId(0)),
            later=later.get(StoryId(row.story_id)),
            reply_to=messages.get((told[StoryId(row.story_id)].earlier_id or StoryId(0), row.channel_id)),
            created_at=row.created_at,
            publishing=publishing.get(ChannelId(row.channel_id), Publishing.NO),
            listed=listed.get(AnnouncementId(row.id), ()),
            doubtful_since=row.first_tried_at if row.first_tried_at < now - NONCE_LIFE else None,
        )
        for row in rows
    )
