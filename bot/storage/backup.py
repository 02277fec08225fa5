"""A copy of a SQLite database, made while others use it."""

import asyncio
import contextlib
import os
import sqlite3
from pathlib import Path

from bot.errors import StorageError


async def back_up(source: Path, target: Path) -> None:
    """Copy the database `source` to `target`, whole and consistent; StorageError where it cannot."""
    await asyncio.to_thread(_copy, source, target)


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with (
            contextlib.closing(sqlite3.connect(source)) as read,
            contextlib.closing(sqlite3.connect(part)) as written,
        ):
            read.backup(written)  # in one step: it stops no writer, but after each write steps begin anew
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise StorageError(f"{source} could not be backed up to {target}: {error}.") from error
