"""Small facts about ourselves."""

from bot.storage.database import Database
from bot.storage.notes import forget_note, get_note, record_note


async def test_a_note_is_kept_replaced_and_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        assert await get_note(tx, "page") is None
        await record_note(tx, "page", "1")
        await record_note(tx, "page", "2")
        assert await get_note(tx, "page") == "2"
        await forget_note(tx, "page")
        assert await get_note(tx, "page") is None
