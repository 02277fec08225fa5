"""Copies of a database in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.backup import back_up
from bot.storage.database import Database
from bot.storage.notes import get_note, record_note


async def test_a_copy_holds_what_was_committed_and_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    source, target = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///")), tmp_path / "copy.db"
    database = await Database.open(sqlite_url)
    async with database.transaction() as tx:
        await record_note(tx, "a", "1")
    async with database.transaction() as tx:
        await record_note(tx, "a", "2")
        await back_up(source, target)
    await database.close()
    copy = await Database.open(f"sqlite+aiosqlite:///{target}")
    async with copy.reading() as tx:
        assert await get_note(tx, "a") == "1"
    await copy.close()
    with closing(sqlite3.connect(target)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_copy_that_cannot_be_made_leaves_nothing(sqlite_url: str, tmp_path: Path) -> None:
    source = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    with pytest.raises(StorageError, match="could not be backed up"):
        await back_up(source, tmp_path / "nowhere" / "copy.db")
    letter = tmp_path / "letter.db"
    letter.write_text("Dear diary, " * 1000)
    with pytest.raises(StorageError, match="could not be backed up"):
        await back_up(letter, tmp_path / "copy.db")
    assert left_in(tmp_path) == {"greenlit.db", "letter.db"}


def left_in(folder: Path) -> set[str]:
    """Name the files of a folder."""
    return {path.name for path in folder.iterdir()}
