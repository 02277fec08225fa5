"""Migrations: what they build is what tables.py says; each wholly or not at all; newer ones refused."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.errors import SchemaError, StorageError
from bot.storage.database import build_engine
from bot.storage.schema import MIGRATIONS, migrate
from bot.storage.tables import metadata

SECOND = '''
"""Add a table, then fail or not."""
import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{before}"


def upgrade() -> None:
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    {then}
'''
NEWEST = sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("*.py"))[-1]


def later_migrations(folder: Path, then: str) -> Path:
    """Copy our migrations and add one of a later version."""
    copy = folder / "migrations"
    shutil.copytree(MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "versions" / "9998_second.py").write_text(SECOND.format(before=NEWEST, then=then))
    return copy


async def tables(url: str) -> set[str]:
    """Name the tables that there are."""
    engine = build_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    await engine.dispose()
    return found


def back_ups(folder: Path) -> list[Path]:
    """List the copies that migrating left."""
    return list(folder.glob("*.before-*"))


def differences(connection: Connection) -> list[object]:
    """Compare what is there with tables.py."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_the_migrations_build_what_the_tables_say(database_url: str) -> None:
    engine = build_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_a_migrated_database_needs_nothing_and_gets_no_back_up(
    database_url: str, tmp_path: Path
) -> None:
    assert not await migrate(database_url)
    assert not back_ups(tmp_path)


async def test_a_new_file_needs_no_back_up(tmp_path: Path) -> None:
    assert await migrate(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    assert not back_ups(tmp_path)


async def test_a_file_is_backed_up_before_it_is_migrated(sqlite_url: str, tmp_path: Path) -> None:
    assert await migrate(sqlite_url, migrations=later_migrations(tmp_path, "pass"))
    assert "extra" in await tables(sqlite_url)
    copy = tmp_path / "greenlit.db.before-9998"
    assert "extra" not in await tables(f"sqlite+aiosqlite:///{copy}")
    assert "feeds" in await tables(f"sqlite+aiosqlite:///{copy}")


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    database_url: str, tmp_path: Path
) -> None:
    broken = later_migrations(tmp_path, "raise RuntimeError('no')")
    with pytest.raises(RuntimeError):
        await migrate(database_url, migrations=broken)
    assert "extra" not in await tables(database_url)
    assert not await migrate(database_url)


async def test_a_database_newer_than_the_code_is_refused(database_url: str, tmp_path: Path) -> None:
    await migrate(database_url, migrations=later_migrations(tmp_path, "pass"))
    with pytest.raises(SchemaError, match=r"newer than this bot \(migration 9998\); update the bot"):
        await migrate(database_url)


async def test_two_processes_that_start_at_once_migrate_once(database_url: str, tmp_path: Path) -> None:
    later = later_migrations(tmp_path, "pass")
    program = f"import asyncio; from pathlib import Path; from bot.storage.schema import migrate; \
asyncio.run(migrate({database_url!r}, migrations=Path({str(later)!r})))"
    both = [await asyncio.create_subprocess_exec(sys.executable, "-c", program) for _ in range(2)]
    assert [await one.wait() for one in both] == [0, 0]
    assert "extra" in await tables(database_url)


async def test_a_file_of_another_sort_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear diary, " * 1000)
    with pytest.raises(StorageError, match="is not a SQLite database"):
        await migrate(f"sqlite+aiosqlite:///{path}")


async def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="see that its folder exists"):
        await migrate(f"sqlite+aiosqlite:///{tmp_path}/nowhere/greenlit.db")


async def test_foreign_keys_point_to_what_is_there(sqlite_url: str) -> None:
    engine = build_engine(sqlite_url)
    async with engine.connect() as connection:
        assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
    await engine.dispose()
