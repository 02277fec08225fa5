"""Puts what would flood a channel into a summary, within the transaction that leases."""

from datetime import datetime

from bot.delivery.flood import HOUR, Limits, is_enough, summed_up
from bot.delivery.summary import fitting
from bot.model import Announcement, Listed
from bot.storage.database import Transaction
from bot.storage.outbox import mark_grown
from bot.storage.summaries import count_sent_since, find_open_summary, list_waiting, tell_in

_MAX_WAITING = 200


async def sum_up(
    tx: Transaction, due: tuple[Announcement, ...], limits: Limits, now: datetime
) -> tuple[Announcement, ...]:
    """Give those of `due` that are told as themselves, edits and summaries; the others join a summary.

    Of a channel's unsent announcements `due` holds the oldest alone.
    """
    unsent = [one for one in due if one.message_id is None and not one.listed]
    sent = await count_sent_since(tx, {one.channel_id for one in unsent}, now - HOUR) if unsent else {}
    joined = set()
    for one in unsent:
        count = sent.get(one.channel_id, 0)
        if is_enough(one.created_at, one.attempts, count, limits, now):
            waiting = await list_waiting(tx, one.channel_id, _MAX_WAITING)
            if together := summed_up(waiting, count, limits, now):
                await _join(tx, one, together, now)
                joined.add(one.id)
    return tuple(one for one in due if one.id not in joined)


async def _join(tx: Transaction, oldest: Announcement, together: tuple[Listed, ...], now: datetime) -> None:
    """Let a summary tell `together`, which begins with `oldest`, or as many of them as it holds.

    The hour's summary goes on while it has room; else a new one begins, and `oldest` is it.
    """
    there = await find_open_summary(tx, oldest.channel_id, now - HOUR)
    if there is not None:
        summary_id, listed = there
        room = fitting([*listed, *together]) - len(listed)
        if room > 0:
            await tell_in(tx, summary_id, [one.id for one in together[:room]], now)
            await mark_grown(tx, summary_id, now)
            return
    await tell_in(tx, oldest.id, [one.id for one in together[: fitting(together)]], now)
