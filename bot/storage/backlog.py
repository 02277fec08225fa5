"""How much waits in the outbox, and since when."""

from datetime import datetime

from sqlalchemy import func, select

from bot.storage.database import Transaction
from bot.storage.tables import announcements


async def oldest_unsent(tx: Transaction) -> datetime | None:
    """Say when the oldest announcement was made that still waits to be sent; None where none does."""
    a = announcements.c
    found: datetime | None = await tx.scalar(
        select(func.min(a.created_at)).where(a.due_at.is_not(None), a.message_id.is_(None))
    )
    return found
