"""One open database: the engine, its pragmas, and transactions that hold wholly or not at all."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage.trouble import trouble

Transaction = AsyncConnection
"""What every storage function takes first."""

_READING = "greenlit_reading"
_PROBE = text("UPDATE notes SET value = value WHERE name IS NULL")


class Database:
    """An open, migrated database. Close it: an open one keeps the process alive."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = asyncio.Lock() if engine.dialect.name == "sqlite" else contextlib.nullcontext()

    @classmethod
    async def open(cls, url: str, *, busy_timeout_s: float = 5.0) -> Self:
        """Open a migrated database and see that it can be written; StorageError where it cannot."""
        path = sqlite_path(url)
        if path is not None and not path.exists():
            raise StorageError(f"There is no database at {path} yet; run `python -m bot migrate`.")
        await try_to_open(url)
        database = cls(build_engine(url, busy_timeout_s=busy_timeout_s))
        try:
            async with database.transaction() as tx:
                await tx.execute(_PROBE)
        except BaseException:
            await database.close()
            raise
        return database

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Hold the right to write until the block ends; any exception, cancellation too, rolls back.

        Writers in this process queue here, so that none starves on SQLite's file lock.
        Keep it short: no network inside.
        """
        with storage_errors(self._engine.url):
            async with self._writer, self._engine.begin() as tx:
                yield tx

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Read one moment's state; waits for no writer and keeps none waiting."""
        with storage_errors(self._engine.url):
            async with self._engine.connect() as connection:
                tx = await connection.execution_options(**{_READING: True})
                async with tx.begin():
                    yield tx

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def build_engine(url: str, *, busy_timeout_s: float = 5.0, foreign_keys: bool = True) -> AsyncEngine:
    """Make an engine with our hooks; nothing is opened yet."""
    address = _address(url)
    try:
        engine = create_async_engine(address, pool_pre_ping=address.get_backend_name() != "sqlite")
    except (SQLAlchemyError, ImportError) as error:
        raise StorageError(f"database.url cannot be used: {error}.") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, busy_timeout_s, foreign_keys)
    return engine


def sqlite_path(url: str) -> Path | None:
    """Name the file that a SQLite url means; None for another engine or an address of SQLite's own."""
    address = _address(url)
    if address.get_backend_name() != "sqlite" or not address.database or address.query:
        return None
    return Path(address.database)


@contextlib.contextmanager
def storage_errors(url: URL) -> Iterator[None]:
    """Tell what the database refused as a StorageError of one sentence; let bugs through as they are."""
    try:
        yield
    except StorageError:
        raise
    except Exception as error:
        told = trouble(error, _without_secrets(url))
        if told is None:
            raise
        raise StorageError(told) from error


async def try_to_open(url: str) -> None:
    """See that a SQLite file can be opened; StorageError where not. It makes an empty one where none is.

    aiosqlite's own failure to open one leaves a thread behind that outlives the event loop.
    """
    path = sqlite_path(url)
    if path is not None:
        with storage_errors(_address(url)):
            await asyncio.to_thread(_open_once, path)


def _open_once(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA schema_version")


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except SQLAlchemyError as error:
        raise StorageError(f"database.url cannot be used: {error}.") from error


def _without_secrets(url: URL) -> str:
    """Write an address without user, password and query; a password may even hold a bare `@`."""
    host = f"{url.host.rpartition('@')[2]}{f':{url.port}' if url.port else ''}" if url.host else ""
    return f"{url.drivername}://{host}/{url.database or ''}"


def _prepare_sqlite(engine: AsyncEngine, busy_timeout_s: float, foreign_keys: bool) -> None:
    """Take transactions from the driver into our hands.

    Source: SQLAlchemy, "Serializable isolation / Savepoints / Transactional DDL" of its SQLite page.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(busy_timeout_s * 1000)}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(_READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
