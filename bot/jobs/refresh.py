"""Keeps our copy of TVmaze's catalogue: its index page by page, then what changes, and details."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot import clock
from bot.catalogue.tvmaze import Tvmaze
from bot.errors import CatalogueError
from bot.jobs.known_shows import KnownShows
from bot.log import fields
from bot.storage.database import Database
from bot.storage.notes import forget_note, get_note, record_note
from bot.storage.shows import add_shows, due_details, record_detail, record_missing, record_updates

TICK_S = 10.0
MAX_CALLS = 12
"""TVmaze allows 20 calls in 10 seconds; people who type need some of them."""
UPDATES_EVERY = timedelta(hours=1)
PATIENCE = timedelta(minutes=2)
_PER_PAGE = 250
_NEXT_PAGE = "mirror.next_page"
_UPDATED_AT = "mirror.updated_at"
_SINCE = (("day", timedelta(hours=23)), ("week", timedelta(days=6)), ("month", timedelta(days=27)))
_FIRST_REST = timedelta(minutes=1)
_LONGEST_REST = timedelta(hours=1)

log = logging.getLogger(__name__)


class Refresher:
    """Copies the catalogue in small steps, each stored at once, so that a kill costs one page."""

    def __init__(
        self,
        database: Database,
        tvmaze: Tvmaze,
        known: KnownShows,
        *,
        mirror: bool = True,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._database = database
        self._tvmaze = tvmaze
        self._known = known
        self._mirror = mirror
        self._now = now
        self._failures = 0
        self._rest_until: datetime | None = None
        self.complete = False
        """Whether the whole index was copied; known after the first step."""
        self.ready = False
        """Whether articles may be read: a catalogue with gaps takes one show for another.

        So they wait for the first copy, though no longer than `PATIENCE`: a feed's first reading is
        silent anyway, and by its second the copy is full.
        """
        self._began_at: datetime | None = None

    async def step(self) -> None:
        """Do up to `MAX_CALLS` calls' worth of what is wanted most, and take it into memory.

        While TVmaze is down it is asked ever more seldom, up to once an hour.
        """
        was_complete = self.complete
        if self._rest_until is None or self._now() >= self._rest_until:
            try:
                await self._work()
                self._failures, self._rest_until = 0, None
            except CatalogueError as error:
                rest = min(_FIRST_REST * 2**self._failures, _LONGEST_REST)
                self._failures = min(self._failures + 1, 10)
                self._rest_until = self._now() + rest
                log.warning("catalogue not refreshed", extra=fields(why=error, rest_s=rest.total_seconds()))
        if not await self._known.reload_if_stale(self._database) and self.complete != was_complete:
            self._known.replaced()
        self._began_at = self._began_at or self._now()
        is_late = self._now() - self._began_at >= PATIENCE
        self.ready = self.complete or not self._mirror or self._failures > 0 or is_late

    async def _work(self) -> None:
        """First the shows that matter, then the index, then what changed, then well-known shows."""
        updated_at = await self._updated_at()
        self.complete = updated_at is not None
        self.ready = self.ready or self.complete  # a restarted bot reads on while TVmaze takes its time
        calls = await self._read_details(MAX_CALLS // 2, urgent_only=True)
        if self._mirror and updated_at is None:
            calls += await self._copy_pages(MAX_CALLS - calls)
        elif self._mirror and updated_at is not None and self._now() >= updated_at + UPDATES_EVERY:
            calls += await self._read_updates(updated_at)
        if self.complete:
            await self._read_details(MAX_CALLS - calls, urgent_only=False)

    async def _read_details(self, limit: int, *, urgent_only: bool) -> int:
        """Read seasons, other names and cast of shows; say how many calls it took."""
        async with self._database.reading() as tx:
            wanted = await due_details(tx, max(limit, 0), urgent_only=urgent_only)
        for show_id in wanted:
            detail = await self._tvmaze.show(show_id)
            async with self._database.transaction() as tx:
                if detail is None:
                    await record_missing(tx, show_id)
                else:
                    await record_detail(tx, detail, self._now())
            self._known.mark_stale()
        return len(wanted)

    async def _copy_pages(self, limit: int) -> int:
        """Go on copying the index where the last step, or the last run, left off."""
        async with self._database.reading() as tx:
            first = int(await get_note(tx, _NEXT_PAGE) or 0)
        for number in range(first, first + limit):
            listings = await self._tvmaze.page(number)
            async with self._database.transaction() as tx:
                if listings is None:
                    await record_note(tx, _UPDATED_AT, self._now().isoformat())
                    await forget_note(tx, _NEXT_PAGE)
                    self.complete = True
                    log.info("catalogue complete", extra=fields(pages=number))
                    return number - first + 1
                await add_shows(tx, listings)
                await record_note(tx, _NEXT_PAGE, str(number + 1))
            self._known.mark_stale()
        return limit

    async def _read_updates(self, updated_at: datetime) -> int:
        """Mark what changed since `updated_at`, add what is new; copy all anew after a month away."""
        began = self._now()
        since = next((word for word, length in _SINCE if began - updated_at < length), None)
        if since is None:
            async with self._database.transaction() as tx:
                await forget_note(tx, _UPDATED_AT)
            return 0
        stamps = await self._tvmaze.updates(since)
        async with self._database.transaction() as tx:
            unknown = await record_updates(tx, stamps)
        pages = sorted({show_id // _PER_PAGE for show_id in unknown}, reverse=True)[: MAX_CALLS // 2]
        for number in pages:
            listings = await self._tvmaze.page(number)
            async with self._database.transaction() as tx:
                await add_shows(tx, listings or ())
            self._known.mark_stale()
        async with self._database.transaction() as tx:
            await record_note(tx, _UPDATED_AT, began.isoformat())
        log.info("catalogue updated", extra=fields(changed=len(stamps), unknown=len(unknown)))
        return 1 + len(pages)

    async def _updated_at(self) -> datetime | None:
        async with self._database.reading() as tx:
            noted = await get_note(tx, _UPDATED_AT)
        return None if noted is None else datetime.fromisoformat(noted)
