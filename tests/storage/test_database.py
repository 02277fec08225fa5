"""Transactions that hold wholly or not at all, and refusals told in a sentence."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from bot.errors import StorageError
from bot.model import GuildId, ShowId
from bot.storage.database import Database
from bot.storage.guilds import add_guild, get_guild, record_left
from bot.storage.notes import get_note, record_note
from bot.storage.tables import follows

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)


async def test_what_a_transaction_wrote_is_kept(database: Database) -> None:
    async with database.transaction() as tx:
        await record_note(tx, "a", "1")
    async with database.reading() as tx:
        assert await get_note(tx, "a") == "1"


async def test_an_exception_takes_everything_back(database: Database) -> None:
    with suppress(RuntimeError):
        async with database.transaction() as tx:
            await record_note(tx, "a", "1")
            raise RuntimeError
    async with database.transaction() as tx:
        assert await get_note(tx, "a") is None


async def test_a_cancellation_takes_everything_back_and_the_next_writer_gets_on(database: Database) -> None:
    written = asyncio.Event()

    async def write() -> None:
        async with database.transaction() as tx:
            await record_note(tx, "a", "1")
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.transaction() as tx:
        assert await get_note(tx, "a") is None
        await record_note(tx, "a", "2")


async def test_writers_at_once_all_get_their_turn_and_only_one_adds(database: Database) -> None:
    async def join() -> bool:
        async with database.transaction() as tx:
            return await add_guild(tx, GuildId(1), NOW)

    assert sorted(await asyncio.gather(*(join() for _ in range(20)))) == [False] * 19 + [True]


async def test_reading_waits_for_no_writer_and_sees_one_moment(database: Database) -> None:
    async with database.transaction() as tx:
        await record_note(tx, "a", "1")
        async with database.reading() as other:
            assert await get_note(other, "a") is None
    async with database.reading() as other:
        assert await get_note(other, "a") == "1"


async def test_a_broken_rule_is_a_bug_and_no_storage_trouble(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as tx:
            await tx.execute(follows.insert().values(guild_id=GuildId(1), show_id=ShowId(1), created_at=NOW))


async def test_times_come_back_in_utc_and_need_a_zone(database: Database) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    async with database.transaction() as tx:
        await add_guild(tx, GuildId(1), NOW)
        await record_left(tx, GuildId(1), there)
        guild = await get_guild(tx, GuildId(1))
    assert guild is not None
    assert guild.left_at == NOW
    assert guild.left_at.tzinfo is UTC
    with pytest.raises(StatementError, match="needs its zone"):
        async with database.transaction() as tx:
            await record_left(tx, GuildId(1), NOW.replace(tzinfo=None))


async def test_a_closed_server_is_told_in_a_sentence() -> None:
    with pytest.raises(StorageError, match=r"^postgresql\+asyncpg://127\.0\.0\.1:1/x does not answer"):
        await Database.open("postgresql+asyncpg://x:secret@127.0.0.1:1/x")


async def test_a_missing_database_is_told_in_a_sentence(postgresql_server: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="names a database that does not exist; create it"):
        await Database.open(postgresql_server.format(name="nowhere"))
    with pytest.raises(StorageError, match=r"There is no database at .*; run `python -m bot migrate`"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/nowhere.db")


async def test_a_url_that_means_nothing_is_told_in_a_sentence() -> None:
    for url in ("nonsense", "mysql+nothing://x/y"):
        with pytest.raises(StorageError, match=r"database\.url cannot be used"):
            await Database.open(url)


async def test_a_database_without_tables_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(StorageError, match="no tables of ours yet"):
        await Database.open(f"sqlite+aiosqlite:///{path}")


async def test_a_file_of_another_sort_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear diary, " * 1000)
    with pytest.raises(StorageError, match="is not a SQLite database"):
        await Database.open(f"sqlite+aiosqlite:///{path}")


@pytest.fixture
def locked(sqlite_url: str) -> Iterator[str]:
    """A database that another program holds for itself."""
    path = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        yield sqlite_url


async def test_a_locked_database_is_told_in_a_sentence(locked: str) -> None:
    with pytest.raises(StorageError, match="is locked by another program"):
        await Database.open(locked, busy_timeout_s=0.01)


async def test_a_lock_that_comes_later_stops_writers_and_no_readers(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url, busy_timeout_s=0.01)
    path = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="is locked"):
            async with database.transaction() as tx:
                await record_note(tx, "a", "1")
        async with database.reading() as tx:
            assert await get_note(tx, "a") is None
        other.execute("ROLLBACK")
    async with database.transaction() as tx:
        await record_note(tx, "a", "1")
    await database.close()


async def test_a_read_only_database_is_told_in_a_sentence(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    with pytest.raises(StorageError, match="is read-only; give the bot the right to write"):
        await Database.open(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")


@pytest.fixture
def unwritable(sqlite_url: str) -> Iterator[str]:
    """A file, in a folder, that we may not write."""
    path = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    path.chmod(0o444)
    path.parent.chmod(0o555)
    yield sqlite_url
    path.parent.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write whatever the file's mode says")
async def test_a_file_without_the_right_to_write_is_told_in_a_sentence(unwritable: str) -> None:
    with pytest.raises(StorageError, match=r"the right to write|may write there"):
        await Database.open(unwritable)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://x:pw@SECRET@127.0.0.1:1/x",
        "postgresql+asyncpg://x@127.0.0.1:1/x?password=SECRET",
    ],
)
async def test_a_password_is_not_told_however_it_is_written(url: str) -> None:
    with pytest.raises(StorageError) as caught:
        await Database.open(url)
    assert "SECRET" not in str(caught.value)
    assert "pw" not in str(caught.value)
