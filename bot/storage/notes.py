"""Small facts about ourselves: how far the mirror got, which commands Discord has."""

from sqlalchemy import delete, select

from bot.storage.database import Transaction
from bot.storage.tables import notes
from bot.storage.upsert import insert


async def get_note(tx: Transaction, name: str) -> str | None:
    """Give what was noted under `name`."""
    found: str | None = await tx.scalar(select(notes.c.value).where(notes.c.name == name))
    return found


async def record_note(tx: Transaction, name: str, value: str) -> None:
    """Note `value` under `name`, in place of what was there."""
    noted = insert(tx, notes).values(name=name, value=value)
    await tx.execute(noted.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


async def forget_note(tx: Transaction, name: str) -> None:
    """Forget what was noted under `name`."""
    await tx.execute(delete(notes).where(notes.c.name == name))
