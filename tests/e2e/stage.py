"""What the end-to-end tests drive: sandbox and bot as processes, and a person at the keyboard."""

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0

Json = dict[str, Any]


class Stage:
    """The sandbox, its one server and the person who manages it."""

    def __init__(self, session: aiohttp.ClientSession, url: str, environment: Mapping[str, str]) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self.environment = environment
        self.guild_id = ""
        self.person_id = ""
        self.channels: dict[str, str] = {}

    async def look_around(self) -> None:
        """Learn the ids of the server, its channels and its manager."""
        guild = (await self.get("/sandbox/guilds"))[0]
        self.guild_id = guild["id"]
        self.channels = {channel["name"]: channel["id"] for channel in guild["channels"]}
        self.person_id = next(one["id"] for one in guild["people"] if one["username"] == "robin")

    async def get(self, path: str) -> Any:
        """Ask the sandbox."""
        async with self._session.get(self._url + path) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def page(self, url: str) -> str:
        """Read a page of the bot's."""
        async with self._session.get(url) as answer:
            assert answer.status == 200
            return await answer.text()

    async def post(self, path: str, told: Json) -> Any:
        """Tell the sandbox."""
        async with self._session.post(self._url + path, json=told) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json()

    async def patch(self, path: str, told: Json) -> None:
        """Change something in the sandbox."""
        async with self._session.patch(self._url + path, json=told) as answer:
            assert answer.status < 300, await answer.text()

    async def delete(self, path: str) -> None:
        """Remove something from the sandbox."""
        async with self._session.delete(self._url + path) as answer:
            assert answer.status < 300, await answer.text()

    async def type(self, name: str, **options: str) -> Json:
        """Type a slash command in #general and give the message that answers it."""
        return await self.type_in(self.channels["general"], name, **options)

    async def type_in(self, channel_id: str, name: str, **options: str) -> Json:
        """Type a slash command in a channel and give the message that answers it."""
        told = {"channel_id": channel_id, "user_id": self.person_id, "name": name, "options": options}
        answer: Json = await self.post("/sandbox/commands", told)
        assert answer["status"] == "answered", answer
        message: Json = answer["message"]
        return message

    async def follow(self, label: str) -> None:
        """Pick a show from the autocomplete by its label's beginning, and follow it."""
        message = await self.type("follow", show=await self.picked(label))
        assert message["embeds"][0]["title"] == "Following", message

    async def picked(self, label: str) -> str:
        """Give what the autocomplete of /follow puts in for the show whose label begins so."""
        typed = label.partition(" (")[0]
        told = {
            "channel_id": self.channels["general"],
            "user_id": self.person_id,
            "name": "follow",
            "options": {"show": typed},
            "focused": "show",
            "typed": typed,
        }
        choices: list[Json] = []

        async def is_offered() -> bool:
            choices[:] = (await self.post("/sandbox/autocomplete", told))["choices"] or []
            return any(one["name"].startswith(label) for one in choices)

        await until(is_offered)
        value: str = next(one["value"] for one in choices if one["name"].startswith(label))
        return value

    async def messages(self, channel: str) -> list[Json]:
        """Give a channel's messages, the oldest first."""
        found: list[Json] = await self.get(f"/sandbox/channels/{self.channels[channel]}/messages")
        return sorted(found, key=lambda one: int(one["id"]))

    async def until_commands_are_there(self) -> None:
        """Wait until the bot has told Discord of its commands and is in the gateway."""

        async def is_there() -> bool:
            registered = await self.get(f"/sandbox/commands?guild_id={self.guild_id}")
            greeted = await self.messages("general")
            return bool(registered and greeted)

        await until(is_there)

    async def until_feeds_are_read(self) -> None:
        """Wait until each feed was asked for again, and the answer to the one before has been stored."""
        before = await self._readings()

        async def are_read() -> bool:
            return all(now >= then + 2 for now, then in zip(await self._readings(), before, strict=True))

        await until(are_read)

    async def _readings(self) -> list[int]:
        feeds = (await self.get("/sandbox/newsroom"))["feeds"]
        return [feed["read"] for feed in feeds]

    async def until_sent(self) -> None:
        """Wait until the bot's outbox holds nothing that is to be sent or edited."""

        async def is_empty() -> bool:
            return not self._pending()

        await until(is_empty)

    @property
    def database(self) -> Path:
        """Name the bot's database."""
        return Path(self.environment["GREENLIT_DATABASE__URL"].removeprefix("sqlite:///"))

    def _pending(self) -> int:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            found: tuple[int] = database.execute(
                "SELECT count(*) FROM announcements WHERE due_at IS NOT NULL"
            ).fetchone()
        return found[0]


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Ask until `condition` holds; TimeoutError after `PATIENCE_S`."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110 - another process has no event for us
            await asyncio.sleep(0.1)


@asynccontextmanager
async def sandbox(folder: Path) -> AsyncIterator[Stage]:
    """Run the sandbox on a free port; its clock moves when it is told to."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port=0",
        "--speed=3600",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            await process.stdout.readline()
            told = json.loads(await process.stdout.readline())
        async with aiohttp.ClientSession() as session:
            stage = Stage(session, told["url"], told["env"])
            await stage.look_around()
            yield stage
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def bot(stage: Stage, folder: Path, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the real bot on the sandbox; it is ended, if it still runs, with SIGTERM."""
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **stage.environment, **settings},
            stderr=log,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(15):
            await process.wait()
