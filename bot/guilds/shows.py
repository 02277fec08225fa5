"""Which show a person means: from memory while typing, from TVmaze while our copy of it has gaps."""

import asyncio
import re
from collections.abc import Callable, Iterable
from contextlib import suppress

from bot import clock
from bot.catalogue.folding import fold
from bot.catalogue.search import SearchIndex
from bot.catalogue.tvmaze import Listing, Tvmaze
from bot.errors import AmbiguousShowError, CatalogueError, StorageError, UnknownShowError
from bot.model import Show, ShowId
from bot.storage.database import Database
from bot.storage.shows import add_shows, get_show, record_detail

MAX_SUGGESTED = 25
"""As many as Discord shows."""
MAX_NEAR = 5
_MAX_TYPED = 100
_ENOUGH = 5
_SUGGEST_S = 1.5
_ASK_S = 4.0
_PICKED = re.compile(r"tvmaze:(\d{1,12})")


def picked_value(show_id: ShowId) -> str:
    """Give what a choice of that show sends back; no show is called so."""
    return f"tvmaze:{show_id}"


class ShowFinder:
    """Finds the show that a person named, and suggests shows while they type."""

    def __init__(
        self,
        database: Database,
        index: SearchIndex,
        tvmaze: Tvmaze,
        *,
        complete: bool = False,
        learned: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._index = index
        self._tvmaze = tvmaze
        self._learned = learned
        self._met: dict[ShowId, Show] = {}
        self.complete = complete
        """Whether our copy of TVmaze's index is full, so that TVmaze need not be asked."""

    def use(self, index: SearchIndex, *, complete: bool) -> None:
        """Search in `index` from now on."""
        self._index = index
        self.complete = complete
        if complete:
            self._met.clear()

    async def suggest(self, typed: str) -> tuple[Show, ...]:
        """Give at most 25 shows that may be meant, the likeliest first; never raises, never takes 3 s."""
        typed = typed[:_MAX_TYPED]
        found = self._ranked(typed)
        if self.complete or len(found) >= _ENOUGH or len(typed.strip()) < 2:
            return found
        try:
            async with asyncio.timeout(_SUGGEST_S):
                await self._learn(typed)
        except (CatalogueError, StorageError, TimeoutError):
            return found
        return self._ranked(typed)

    async def find(self, typed: str) -> Show:
        """Give the one show that is called so, or was picked from the suggestions.

        AmbiguousShowError where several are called so; UnknownShowError, with near names, where none is.
        """
        if picked := _PICKED.fullmatch(typed.strip()):
            return await self.by_id(ShowId(int(picked[1])))
        typed = typed[:_MAX_TYPED]
        if not fold(typed):
            raise UnknownShowError("Which show? Type a part of its name and choose it from the list.")
        if not self.complete:
            await self._try_to_learn(typed)
        near = (*self._index.near(typed, MAX_NEAR), *self._met_like(typed))
        return the_one(typed, self._ranked(typed), near, "I know no show of that name.")

    async def by_id(self, show_id: ShowId) -> Show:
        """Give the show of that id; UnknownShowError where there is none."""
        async with self._database.reading() as tx:
            show = await get_show(tx, show_id)
        if show is None:
            raise UnknownShowError("That show is no longer in the catalogue.")
        return show

    async def detailed(self, show: Show) -> Show:
        """Read `show` and its seasons anew from TVmaze; where that is silent, give what we have."""
        try:
            async with asyncio.timeout(_ASK_S):
                detail = await self._tvmaze.show(show.id)
        except (CatalogueError, TimeoutError):
            return show
        if detail is None:
            return show
        with suppress(StorageError):  # to tell it matters more than to keep it
            async with self._database.transaction() as tx:
                await record_detail(tx, detail, clock.now())
        return detail.show

    def _ranked(self, typed: str) -> tuple[Show, ...]:
        """Rank what the index has and what was met since; the index's own order comes first."""
        found = self._index.rank(typed, MAX_SUGGESTED)
        return _exact_first(typed, (*found, *self._met_like(typed))) if self._met else found

    def _met_like(self, typed: str) -> tuple[Show, ...]:
        return SearchIndex(self._met.values()).rank(typed, MAX_SUGGESTED) if self._met else ()

    async def _try_to_learn(self, typed: str) -> None:
        try:
            async with asyncio.timeout(_ASK_S):
                await self._learn(typed)
        except (CatalogueError, TimeoutError):
            return

    async def _learn(self, typed: str) -> None:
        """Ask TVmaze for `typed` and store what it knows."""
        listings: tuple[Listing, ...] = await self._tvmaze.search(typed)
        new = {listing.show.id: listing.show for listing in listings if listing.show.id not in self._met}
        if new:
            async with self._database.transaction() as tx:
                await add_shows(tx, listings)
            self._met |= new
            self._learned()


def the_one(typed: str, ranked: tuple[Show, ...], near: tuple[Show, ...], none: str) -> Show:
    """Give the only one of `ranked` that is called `typed`; raise as `ShowFinder.find` does.

    `none` says that there is none; the shows of `near` are offered then.
    """
    named = [show for show in ranked if is_called(show, typed)]
    if len(named) == 1:
        return named[0]
    if named:
        raise AmbiguousShowError("Several shows are called so. Which one do you mean?", tuple(named))
    offered = _each_once(near)[:MAX_NEAR]
    raise UnknownShowError(f"{none} Did you mean one of these?" if offered else none, offered)


def is_called(show: Show, typed: str) -> bool:
    """Say whether `typed` is the whole name of `show`, one of its other names or its label."""
    wanted = fold(typed)
    return any(fold(name) == wanted for name in (show.name, show.label, *show.other_names))


def _exact_first(typed: str, shows: Iterable[Show]) -> tuple[Show, ...]:
    """Put the shows that are called `typed` first and keep the order else; at most 25."""
    return tuple(sorted(_each_once(shows), key=lambda show: not is_called(show, typed))[:MAX_SUGGESTED])


def _each_once(shows: Iterable[Show]) -> tuple[Show, ...]:
    return tuple({show.id: show for show in shows}.values())
