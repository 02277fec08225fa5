"""A full disk is told in a sentence, loses nothing that was written, and is outlived."""

import pytest

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.notes import get_note, record_note


async def test_full_disk_loses_only_what_could_not_be_written(sqlite_database: Database) -> None:
    async with sqlite_database.transaction() as tx:
        await record_note(tx, "before", "kept")
    with pytest.raises(StorageError, match="no room left on its disk"):
        async with sqlite_database.transaction() as tx:
            await tx.exec_driver_sql("PRAGMA max_page_count = 1")  # as many as there are
            await record_note(tx, "during", "x" * 1_000_000)
    async with sqlite_database.transaction() as tx:
        await tx.exec_driver_sql("PRAGMA max_page_count = 1000000")
        await record_note(tx, "after", "x" * 1_000_000)
        notes = [await get_note(tx, name) for name in ("before", "during")]
    assert notes == ["kept", None]
