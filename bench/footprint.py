"""What the whole bot takes: its own process, in many servers and with a full catalogue."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.beside import Beside, Servers, world_beside
from bench.filled import add_audience, database_url
from bench.material import load_catalogue
from bench.memory import told_by_system
from bot.catalogue.listing import Listing
from bot.storage.database import Database
from bot.storage.schema import migrate
from bot.storage.shows import add_shows
from sandbox.discord import DEFAULT_TOKEN

_ROOT = Path(__file__).resolve().parent.parent
_PATIENCE_S = 60.0
_SETTLED_S = 3.0
_LOADED, _READY = "catalogue loaded", "discord ready"
_EVENTS = {_LOADED, _READY, "feed polled"}


@dataclass(frozen=True, slots=True)
class FootprintFigures:
    """The bot as `python -m bot run` starts it; resident bytes, None where the system does not tell."""

    servers: Servers
    shows: int
    loaded_s: float
    """From the process's start until the catalogue is in memory."""
    ready_s: float
    """From the process's start until every server has come."""
    resident_bytes: int | None
    peak_bytes: int | None
    parser_bytes: int | None
    """Of the processes that it keeps beside itself: the one that parses, and Python's own."""


async def measure_footprint(
    servers: Servers = Servers(2_500, channels=20, roles=10),  # noqa: B008 - frozen
    *,
    shows: int = 80_000,
    settled_s: float = _SETTLED_S,
) -> FootprintFigures:
    """Start it on a database that knows all shows and servers already, and let it read one feed."""
    with TemporaryDirectory() as name, world_beside(servers) as beside:
        folder = Path(name)
        await _fill(folder, beside, shows)
        began = time.perf_counter()
        async with _bot(folder, beside) as process:
            async with asyncio.timeout(_PATIENCE_S):
                seen_at = await _moments(process)
            await asyncio.sleep(settled_s)
            children = [told_by_system("VmRSS", child) or 0 for child in _children(process.pid)]
            return FootprintFigures(
                servers,
                shows,
                seen_at[_LOADED] - began,
                seen_at[_READY] - began,
                told_by_system("VmRSS", process.pid),
                told_by_system("VmHWM", process.pid),
                sum(children) or None,
            )


async def _fill(folder: Path, beside: Beside, shows: int) -> None:
    await migrate(database_url(folder))
    database = await Database.open(database_url(folder))
    known = load_catalogue(least=shows).grown(shows).shows
    async with database.transaction() as tx:
        await add_audience(tx, beside.channels, ())
        await add_shows(tx, (Listing(show) for show in known))
    await database.close()


@asynccontextmanager
async def _bot(folder: Path, beside: Beside) -> AsyncIterator[asyncio.subprocess.Process]:
    settings = {
        "PYTHONPATH": str(_ROOT),
        "DISCORD_TOKEN": DEFAULT_TOKEN,
        "GREENLIT_DISCORD__API_BASE": f"{beside.base}/api/v10",
        "GREENLIT_TVMAZE__BASE_URL": f"{beside.base}/tvmaze",
        "GREENLIT_TVMAZE__MIRROR": "false",
        "GREENLIT_POLLING__ALLOW_PRIVATE_ADDRESSES": "127.0.0.0/8",
        "GREENLIT_FEEDS": json.dumps([{"name": "Outlet", "url": beside.feed(1)}]),
        "GREENLIT_DATABASE__URL": database_url(folder),
        "GREENLIT_HTTP__BIND": "127.0.0.1:0",
    }
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=os.environ | settings, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def _moments(process: asyncio.subprocess.Process) -> dict[str, float]:
    """Read the bot's log until it told of all that we wait for; say when it told of each."""
    seen_at: dict[str, float] = {}
    last = b""
    while process.stderr and seen_at.keys() != _EVENTS and (line := await process.stderr.readline()):
        seen_at |= {
            event: time.perf_counter() for event in _EVENTS - seen_at.keys() if event in line.decode()
        }
        last = line
    if seen_at.keys() != _EVENTS:
        raise RuntimeError(f"the bot ended too soon: {last.decode()}")
    return seen_at


def _children(pid: int) -> list[int]:
    """Name the processes that a process started; none where the system does not tell."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in told.read_text().split()] if told.exists() else []
