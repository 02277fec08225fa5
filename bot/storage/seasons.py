"""The seasons of detailed shows."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from bot.model import Season, ShowId
from bot.storage.database import Transaction
from bot.storage.tables import seasons
from bot.storage.upsert import insert


async def list_seasons(tx: Transaction, show_id: ShowId) -> tuple[Season, ...]:
    """Give the seasons of a show, the first one first; none for a show that was never detailed."""
    rows = await tx.execute(select(seasons).where(seasons.c.show_id == show_id).order_by(seasons.c.number))
    return tuple(Season(row.number, row.episodes, row.premiere_date, row.end_date) for row in rows)


async def replace_seasons(tx: Transaction, show_id: ShowId, known: Iterable[Season]) -> None:
    """Put in the seasons of a show in place of what we had; the first of two with one number counts."""
    await tx.execute(delete(seasons).where(seasons.c.show_id == show_id))
    rows = [
        {
            "show_id": show_id,
            "number": season.number,
            "episodes": season.episodes,
            "premiere_date": season.premiere_date,
            "end_date": season.end_date,
        }
        for season in known
    ]
    if rows:
        await tx.execute(insert(tx, seasons).on_conflict_do_nothing(), rows)
