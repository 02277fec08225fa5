"""Write the next migration: `python -m migrations "What it adds"`; then say why in its docstring."""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.storage.database import build_engine
from bot.storage.schema import MIGRATIONS, migrate


async def write_next(message: str) -> None:
    """Compare what the migrations build with `bot/storage/tables.py`; the difference is the next one."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'migrated.db'}"
        await migrate(url)
        engine = build_engine(url)
        async with engine.connect() as connection:
            await connection.run_sync(_write, message)
        await engine.dispose()


def _write(connection: Connection, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    newest = ScriptDirectory.from_config(config).get_current_head() or "0000"
    command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04}")


if __name__ == "__main__":
    asyncio.run(write_next(sys.argv[1] if len(sys.argv) > 1 else sys.exit(__doc__)))
