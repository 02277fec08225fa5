"""Sends what the outbox holds: leased, paced, each outcome recorded at once."""

import asyncio
import logging
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from bot import clock, metrics
from bot.delivery.flood import Limits
from bot.delivery.outcome import Closed, GiveUp, Later, Outcome, Refused, Sent, probe_wait_s
from bot.delivery.pacer import Pacer
from bot.errors import StorageError, TokenError
from bot.jobs.sum_up import sum_up
from bot.log import fields
from bot.model import Announcement, AnnouncementId, Trouble
from bot.storage.database import Database, Transaction
from bot.storage.outbox import lease_due, recall, record_given_up, record_later, record_sent
from bot.storage.troubles import forget_trouble, get_trouble, record_trouble

TICK_S = 1.0
LEASE = timedelta(seconds=30)
"""After a crash, what was under way is tried again when this has passed, well within a nonce's life."""
MAX_UNDER_WAY = 300
_LONGEST_SEND = timedelta(seconds=16)
_GATHER_S = 0.02
_LONGEST_WAIT = timedelta(hours=7)
_NOTICED_S = 5.0
_MAX_FAULTS = 5
_RECORD_TRIES = 3

_NOT_SENT = {Closed: "closed", GiveUp: "given_up", Refused: "refused"}

log = logging.getLogger(__name__)


class Sends(Protocol):
    """Who takes announcements to Discord."""

    async def send(self, announcement: Announcement) -> Outcome:
        """Send or edit; say what became of it."""


class Deliverer:
    """Empties the outbox, many channels at once, each channel in order.

    The order comes from the lease: of a channel's unsent announcements it gives only the oldest.
    """

    def __init__(
        self,
        database: Database,
        sender: Sends,
        pacer: Pacer,
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        self._database = database
        self._sender = sender
        self._pacer = pacer
        self._limits = limits
        self._woken = asyncio.Event()
        self._under_way: dict[asyncio.Task[None], AnnouncementId] = {}
        self._stopping = False
        self._refused: str | None = None
        self._wall_ahead_s: float | None = None

    def wake(self) -> None:
        """Look into the outbox now: something was put there."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver until `stop`; TokenError once Discord no longer accepts the token."""
        while not self._stopping:
            self._woken.clear()
            await self._begin_due()
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK_S):
                    await self._woken.wait()
            if self._refused is not None:
                raise TokenError(self._refused)
            await asyncio.sleep(_GATHER_S)  # several sends end at once: one look for all of them

    async def stop(self, grace_s: float = 10.0) -> None:
        """Begin nothing more and let what is under way finish within `grace_s`."""
        self._stopping = True
        self._woken.set()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _begin_due(self) -> None:
        room = MAX_UNDER_WAY - len(self._under_way)
        if room <= 0:
            return
        now = clock.now()
        ahead_s = now.timestamp() - asyncio.get_running_loop().time()
        try:
            async with self._database.transaction() as tx:
                if (limit := _recall_limit(now, ahead_s, self._wall_ahead_s)) is not None:
                    await recall(tx, now, limit)
                leased = await lease_due(tx, now, now + LEASE, room)
                due = await sum_up(tx, leased, self._limits, now)
        except StorageError as error:
            log.warning("outbox unreadable", extra=fields(why=error))
            return
        except Exception:  # what is due stays due; to end would help nobody
            log.exception("outbox unreadable")
            return
        self._wall_ahead_s = ahead_s
        if len(due) < len(leased):
            self._woken.set()  # there are summaries to be sent now
        in_hand = set(self._under_way.values())  # leased again, as the clock was put forward: still ours
        for announcement in due:
            if announcement.id not in in_hand:
                task = asyncio.create_task(self._deliver(announcement, now + LEASE))
                self._under_way[task] = announcement.id
                task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("delivery failed", exc_info=error)

    async def _deliver(self, announcement: Announcement, leased_until: datetime) -> None:
        asked_at = time.monotonic()
        await self._pacer.turn()
        begun_at = time.monotonic()
        metrics.pacer_wait_seconds.observe(begun_at - asked_at)
        if self._stopping or self._refused is not None or clock.now() + _LONGEST_SEND > leased_until:
            await self._record(announcement, Later(0, "its turn came too late"))
            return
        try:
            outcome = await self._sender.send(announcement)
        except Exception:
            log.exception("announcement failed", extra=fields(announcement=announcement.id))
            why = "a fault of ours, see the log"
            outcome = (
                GiveUp(why) if announcement.attempts >= _MAX_FAULTS else Later(LEASE.total_seconds(), why)
            )
        metrics.send_seconds.observe(time.monotonic() - begun_at)
        await self._record(announcement, outcome)

    async def _record(self, announcement: Announcement, outcome: Outcome) -> None:
        """Write down what became of it; where even that fails, the lease ends and the nonce helps."""
        _tell(announcement, outcome)
        if isinstance(outcome, Later) and outcome.for_all:
            self._pacer.pause(outcome.after_s)
        if isinstance(outcome, Refused):
            self._refused = outcome.why
        for _ in range(_RECORD_TRIES):
            try:
                await self._write(announcement, outcome)
            except StorageError as error:
                log.warning("outcome unrecorded", extra=fields(announcement=announcement.id, why=error))
            else:
                return

    async def _write(self, announcement: Announcement, outcome: Outcome) -> None:
        now = clock.now()
        async with self._database.transaction() as tx:
            match outcome:
                case Sent():
                    await _record_sent(tx, announcement, outcome, now)
                    if await forget_trouble(tx, announcement.channel_id):
                        log.info("channel open again", extra=fields(channel=announcement.channel_id))
                case Later(after_s, why):
                    await record_later(tx, announcement.id, now + timedelta(seconds=after_s), why)
                case Closed(why):
                    await record_later(tx, announcement.id, now, why)
                    await _close(tx, announcement, why, now)
                case GiveUp(why):
                    await record_given_up(tx, announcement.id, why)
                case Refused(why):
                    await record_later(tx, announcement.id, now, why)


async def _record_sent(tx: Transaction, announcement: Announcement, sent: Sent, now: datetime) -> None:
    await record_sent(
        tx,
        announcement.id,
        sent.message_id,
        announcement.story.revision,
        now,
        [one.id for one in announcement.listed],
        published=sent.published,
        outcome=sent.note,
    )


def _recall_limit(now: datetime, ahead_s: float, before_s: float | None) -> datetime | None:
    """Say from when on nothing may wait, where the clock was put back; it may have been before a start.

    Else what waited for a time of the clock before would wait that much longer. `ahead_s` tells how
    far the clock is ahead of the one that nobody puts back.
    """
    if before_s is None:
        return now + _LONGEST_WAIT
    return now if ahead_s < before_s - _NOTICED_S else None


async def _close(tx: Transaction, announcement: Announcement, why: str, now: datetime) -> None:
    """Send nothing more to the announcement's channel until it is time for a probe."""
    before = await get_trouble(tx, announcement.channel_id)
    if before is not None and before.probe_at > now:
        return  # several were under way when it closed
    probes = 0 if before is None else before.probes + 1
    trouble = Trouble(
        channel_id=announcement.channel_id,
        guild_id=announcement.guild_id,
        why=why,
        since=now,
        probe_at=now + timedelta(seconds=probe_wait_s(probes)),
        probes=probes,
    )
    await record_trouble(tx, trouble)


def _tell(announcement: Announcement, outcome: Outcome) -> None:
    """Log one line for each message delivered, and for each that was not."""
    about = {
        "announcement": announcement.id,
        "channel": announcement.channel_id,
        "kind": announcement.story.kind,
        "attempt": announcement.attempts,
    }
    match outcome:
        case Sent(message_id, note=note):
            event = "sent" if announcement.message_id is None else "edited"
            told = {} if note == "sent" else {"note": note}
            log.info("announcement %s", event, extra=fields(message=message_id, **about, **told))
        case Later(after_s, why):
            event = "later"
            log.info("announcement waits", extra=fields(after_s=round(after_s), why=why, **about))
        case Closed(why) | GiveUp(why) | Refused(why):
            event = _NOT_SENT[type(outcome)]
            log.warning("announcement not sent", extra=fields(why=why, **about))
    metrics.announcements.labels(event).inc()
    if event == "sent" and not announcement.listed:
        took = clock.now() - announcement.story.told_at
        metrics.article_to_message_seconds.observe(max(took.total_seconds(), 0.0))
