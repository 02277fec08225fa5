"""`backup`: a copy of the SQLite database, made while the bot runs."""

from argparse import Namespace
from pathlib import Path

from bot.config import Settings
from bot.errors import ConfigError, StorageError
from bot.storage.backup import back_up
from bot.storage.database import sqlite_path


async def copy_database(asked: Namespace, settings: Settings) -> int:
    """Copy the database to the file that was named, in place of what lies there."""
    source, target = sqlite_path(settings.database.url), Path(asked.file)
    if source is None:
        raise ConfigError("backup copies SQLite files; for PostgreSQL use pg_dump.")
    _refuse_what_cannot_be(source, target)
    await back_up(source, target)
    print(f"{source} was copied to {target}.")
    return 0


def _refuse_what_cannot_be(source: Path, target: Path) -> None:
    if not source.exists():
        raise StorageError(f"There is no database at {source} yet; database.url says where it is.")
    if target.is_dir():
        raise ConfigError(f"{target} is a folder; name a file in it.")
    if target.exists() and target.samefile(source):
        raise ConfigError(f"{target} is the database itself; name another file.")
