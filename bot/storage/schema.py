"""The shape of the database: brought up to this bot's at start, after a back-up."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import SchemaError
from bot.storage.backup import back_up
from bot.storage.database import build_engine, sqlite_path, storage_errors, try_to_open

MIGRATIONS = Path(__file__).parents[2] / "migrations"
_LOCK = 7_041_927
"""A number of our own among PostgreSQL's advisory locks."""


async def migrate(url: str, *, migrations: Path = MIGRATIONS, busy_timeout_s: float = 5.0) -> bool:
    """Apply the migrations that the database lacks, each wholly or not at all; True where any was.

    An existing SQLite file is first copied to `<file>.before-<newest revision>`. SchemaError
    for a database that knows migrations which we do not; StorageError where it cannot be used.
    """
    engine = build_engine(url, busy_timeout_s=busy_timeout_s, foreign_keys=False)
    try:
        with storage_errors(engine.url):
            await try_to_open(url)
            return await _migrate(engine, sqlite_path(url), migrations)
    finally:
        await engine.dispose()


async def _migrate(engine: AsyncEngine, path: Path | None, migrations: Path) -> bool:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    async with engine.connect() as connection:
        current = await connection.run_sync(_current)  # and SQLite lets no other write until the copy is made
        if current == newest:
            return False
        if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
            raise SchemaError(
                f"The database is newer than this bot (migration {current}); update the bot"
                " or go back to the back-up that lies beside the database."
            )
        if path is not None and current is not None:
            await back_up(path, path.with_name(f"{path.name}.before-{newest}"))
        await connection.rollback()
        await connection.run_sync(_upgrade, config)
    return True


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection, config: Config) -> None:
    on_server = connection.dialect.name == "postgresql"
    if on_server:  # two processes started at once migrate one after the other
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        connection.commit()
    try:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    finally:
        if on_server:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
            connection.commit()
