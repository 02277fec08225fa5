"""The catalogue's shows: our copy of TVmaze's index, with details of those that matter."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Row, bindparam, case, func, select, update

from bot.model import Season, Show, ShowId
from bot.storage.database import Transaction
from bot.storage.seasons import replace_seasons
from bot.storage.tables import follows, shows
from bot.storage.upsert import CHUNK, insert

Value = TypeVar("Value")

_BASICS = (
    "name", "year", "ended_year", "network", "country", "status", "weight", "url", "image_url", "updated",
)  # fmt: skip
_WELL_KNOWN = 60
"""Weight from which a show's cast and other names are worth reading although nobody follows it."""


class Listed(Protocol):
    """A show as an index page lists it: without other names and cast."""

    @property
    def show(self) -> Show:
        """The show."""

    @property
    def updated(self) -> int:
        """TVmaze's stamp of its last change."""


class Detailed(Listed, Protocol):
    """A show with all that TVmaze tells of it."""

    @property
    def seasons(self) -> tuple[Season, ...]:
        """Its seasons, in any order."""


async def add_shows(tx: Transaction, listings: Iterable[Listed]) -> int:
    """Add or refresh listed shows; other names and cast that we have stay. Say how many were listed."""
    rows = [_basics(listing) | {"other_names": [], "cast": []} for listing in listings]
    if rows:
        added = insert(tx, shows)
        fresh = {name: added.excluded[name] for name in _BASICS}
        await tx.execute(added.on_conflict_do_update(index_elements=["id"], set_=fresh), rows)
    return len(rows)


async def record_detail(tx: Transaction, detail: Detailed, now: datetime) -> None:
    """Put in all that TVmaze tells of a show, in place of what we had."""
    show = detail.show
    row = _basics(detail) | {
        "other_names": list(show.other_names),
        "cast": list(show.cast),
        "detailed_at": now,
        "detailed_stamp": detail.updated,
    }
    added = insert(tx, shows).values(row)
    fresh = {name: value for name, value in row.items() if name != "id"}
    await tx.execute(added.on_conflict_do_update(index_elements=["id"], set_=fresh))
    await replace_seasons(tx, show.id, detail.seasons)


async def record_missing(tx: Transaction, show_id: ShowId) -> None:
    """Remember that TVmaze has no such show any more, so that it is not asked for it again."""
    await tx.execute(update(shows).where(shows.c.id == show_id).values(detailed_stamp=shows.c.updated))


async def get_show(tx: Transaction, show_id: ShowId) -> Show | None:
    """Give a show; None where the catalogue has none of that id."""
    return (await get_shows(tx, [show_id])).get(show_id)


async def get_shows(tx: Transaction, show_ids: Collection[ShowId]) -> dict[ShowId, Show]:
    """Give those of `show_ids` that the catalogue has."""
    rows = await tx.execute(select(shows).where(shows.c.id.in_(show_ids)))
    return {ShowId(row.id): read_show(row) for row in rows}


async def list_shows(tx: Transaction) -> tuple[Show, ...]:
    """Give the whole catalogue, the smallest id first, letting others work now and then meanwhile."""
    found = await tx.stream(select(shows).order_by(shows.c.id), execution_options={"yield_per": 500})
    listed: list[Show] = []
    async for rows in found.partitions():
        listed += map(read_show, rows)
    return tuple(listed)


async def count_shows(tx: Transaction) -> int:
    """Say how many shows the catalogue has."""
    return int(await tx.scalar(select(func.count()).select_from(shows)) or 0)


async def list_followed(tx: Transaction) -> tuple[Show, ...]:
    """Give the shows that any server follows, the smallest id first."""
    followed = select(shows).where(shows.c.id.in_(select(follows.c.show_id))).order_by(shows.c.id)
    return tuple(read_show(row) for row in await tx.execute(followed))


async def record_updates(tx: Transaction, stamps: Mapping[ShowId, int]) -> frozenset[ShowId]:
    """Mark the shows that TVmaze changed since we read them; give those that we do not have at all."""
    unknown = set(stamps)
    ordered = sorted(stamps)
    for start in range(0, len(ordered), CHUNK):
        ids = ordered[start : start + CHUNK]
        unknown -= {row.id for row in await tx.execute(select(shows.c.id).where(shows.c.id.in_(ids)))}
    changed = [{"its_id": show_id, "stamp": stamps[show_id]} for show_id in ordered if show_id not in unknown]
    if changed:
        behind = update(shows).where(shows.c.id == bindparam("its_id"), shows.c.updated < bindparam("stamp"))
        marked = behind.values(
            updated=bindparam("stamp"), detailed_stamp=func.coalesce(shows.c.detailed_stamp, 0)
        )
        await tx.execute(marked, changed)
    return frozenset(unknown)


async def due_details(tx: Transaction, limit: int, *, urgent_only: bool = False) -> tuple[ShowId, ...]:
    """Name the shows whose details are wanted and missing or old, those that matter most first.

    Followed shows come first, then their namesakes (to tell them apart takes the cast); these are
    urgent. Then what TVmaze changed, then well-known shows.
    """
    its = shows.c
    theirs = shows.alias("followed")
    names = select(func.lower(theirs.c.name)).where(theirs.c.id.in_(select(follows.c.show_id)))
    is_followed, is_namesake = its.id.in_(select(follows.c.show_id)), func.lower(its.name).in_(names)
    is_urgent = is_followed | is_namesake
    was_changed = its.detailed_stamp < its.updated
    is_missing = its.detailed_stamp.is_(None)
    wanted = was_changed | (is_missing & (is_urgent | (its.weight >= _WELL_KNOWN)))
    if urgent_only:
        wanted &= is_urgent
    order = case((is_followed, 0), (is_namesake, 1), (was_changed, 2), else_=3)
    found = select(its.id).where(wanted).order_by(order, its.weight.desc(), its.id).limit(limit)
    return tuple(ShowId(row.id) for row in await tx.execute(found))


def read_show(row: Row[Any]) -> Show:
    """Read a row that holds the columns of `shows`."""
    return Show(
        id=ShowId(row.id),
        name=row.name,
        year=_shared(row.year),
        ended_year=_shared(row.ended_year),
        network=_shared(row.network),
        country=_shared(row.country),
        status=_shared(row.status),
        weight=row.weight,
        url=row.url,
        image_url=row.image_url,
        other_names=tuple(row.other_names),
        cast=tuple(row.cast),
    )


@lru_cache(maxsize=8192)
def _shared(value: Value) -> Value:
    """Give the same object for equal values: of years and networks, a catalogue has few, many times."""
    return value


def _basics(listing: Listed) -> dict[str, object]:
    show = listing.show
    return {
        "id": show.id,
        "name": show.name,
        "year": show.year,
        "ended_year": show.ended_year,
        "network": show.network,
        "country": show.country,
        "status": show.status,
        "weight": show.weight,
        "url": show.url,
        "image_url": show.image_url,
        "updated": listing.updated,
    }
