"""Which of our commands Discord has, so that they are sent only when they changed."""

from bot.storage.database import Database
from bot.storage.notes import get_note, record_note

_NOTE = "synced_commands"


async def synced_commands(database: Database) -> str | None:
    """Give the digest of the commands that Discord has of us."""
    async with database.reading() as tx:
        return await get_note(tx, _NOTE)


async def forget_synced_commands(database: Database) -> None:
    """Let the next login send the commands, whatever Discord has."""
    await record_synced_commands(database, "")


async def record_synced_commands(database: Database, digest: str) -> None:
    """Remember that Discord has the commands of that digest."""
    async with database.transaction() as tx:
        await record_note(tx, _NOTE, digest)
