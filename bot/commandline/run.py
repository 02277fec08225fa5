"""`run` and `migrate`: the main job, and the database brought up to this version."""

from argparse import Namespace

from pydantic import SecretStr

from bot import app
from bot.config import Settings, load_token
from bot.errors import TokenError
from bot.storage.schema import migrate


async def run_bot(_: Namespace, settings: Settings) -> int:
    """Run until stopped; TokenError where there is no token."""
    await app.run(settings, required_token())
    return 0


def required_token() -> SecretStr:
    """Give the token; TokenError where there is none."""
    token = load_token()
    if token is None:
        raise TokenError(
            "DISCORD_TOKEN is not set: copy the bot's token from the developer portal into it,"
            " or try the bot without one by `make run`."
        )
    return token


async def migrate_database(_: Namespace, settings: Settings) -> int:
    """Apply what the database lacks and say whether there was anything."""
    migrated = await migrate(settings.database.url)
    print("The database was brought up to this version." if migrated else "The database is up to date.")
    return 0
