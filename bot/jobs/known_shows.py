"""The catalogue in memory: all names for reading articles, all shows for autocomplete."""

import asyncio
import gc
import logging
import time
from collections.abc import Callable

from bot.catalogue.names import Names
from bot.catalogue.search import SearchIndex
from bot.log import fields
from bot.model import Show
from bot.storage.database import Database
from bot.storage.shows import list_shows

_REST_PER_BUILD = 20
"""After a build as many times its length pass before the next: at most a twentieth of one core."""
_MIN_REST_S = 1.0

log = logging.getLogger(__name__)


def _nobody() -> None:
    """Tell nobody."""


class KnownShows:
    """Holds `names` and `search`, each replaced as a whole whenever the catalogue grew."""

    def __init__(
        self, replaced: Callable[[], None] = _nobody, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.names = Names(())
        self.search = SearchIndex(())
        self.replaced = replaced
        """Called after each replacement."""
        self._clock = clock
        self._stale = True
        self._rest_until = 0.0
        self._turn = asyncio.Lock()

    def mark_stale(self) -> None:
        """Say that the catalogue changed; the next `reload_if_stale` takes it in."""
        self._stale = True

    async def reload_if_stale(self, database: Database) -> bool:
        """Reload where the catalogue changed and the last reload is not too recent; True where done."""
        if not self._stale or self._clock() < self._rest_until:
            return False
        await self.reload(database)
        return True

    async def reload(self, database: Database) -> None:
        """Read the catalogue and build both anew, away from the event loop."""
        async with self._turn:
            began = self._clock()
            self._stale = False
            try:
                async with database.reading() as tx:
                    shows = await list_shows(tx)
                self.names, self.search = await asyncio.to_thread(_build, shows)
            except BaseException:
                self._stale = True
                raise
            ended = self._clock()
            rest_s = max(_MIN_REST_S, _REST_PER_BUILD * (ended - began))
            self._rest_until = ended + rest_s if shows else 0.0  # who holds nothing takes the first at once
        log.info("catalogue loaded", extra=fields(shows=len(shows), ms=round((ended - began) * 1000)))
        self.replaced()


def _build(shows: tuple[Show, ...]) -> tuple[Names, SearchIndex]:
    """Build both, and take them out of the garbage collector's sight.

    A full collection would walk the whole catalogue each time and hold up the event loop.
    """
    built = Names(shows), SearchIndex(shows)
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return built
