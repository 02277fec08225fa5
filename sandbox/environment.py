"""The settings that point a bot at the sandbox, as environment variables."""

import json
import shlex
from collections.abc import Mapping
from pathlib import Path

from sandbox.newsroom import History


def write_environment(base: str, token: str, history: History, database: Path) -> dict[str, str]:
    """Give the variables; `base` is the sandbox's address, such as `http://127.0.0.1:8710`."""
    feeds = [{"name": outlet.name, "url": f"{base}/newsroom/{outlet.slug}.xml"} for outlet in history.outlets]
    return {
        "DISCORD_TOKEN": token,
        "GREENLIT_DISCORD__API_BASE": f"{base}/api/v10",
        "GREENLIT_TVMAZE__BASE_URL": f"{base}/tvmaze",
        "GREENLIT_POLLING__INTERVAL_S": "1",
        "GREENLIT_POLLING__ALLOW_PRIVATE_ADDRESSES": '["127.0.0.0/8"]',
        "GREENLIT_ANNOUNCE__MAX_AGE_H": "1000000",  # what the newsroom tells is years old
        "GREENLIT_ANNOUNCE__CHANNEL_HOURLY_CAP": "1000",  # it tells years in minutes
        "GREENLIT_FEEDS": json.dumps(feeds),
        "GREENLIT_DATABASE__URL": f"sqlite:///{database.resolve()}",
        "GREENLIT_HTTP__BIND": "127.0.0.1:0",
    }


def for_shells(variables: Mapping[str, str]) -> str:
    """Write the variables as lines that a shell may `eval`."""
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables.items())


def forget_database(database: Path) -> None:
    """Remove the database and what SQLite keeps beside it; the folder is there afterwards."""
    database.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
