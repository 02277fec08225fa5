"""The stand-in on a loopback port, and what talks to it: plain requests, plain sockets, the real client."""

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.discord import DEFAULT_TOKEN, State, add_discord
from sandbox.discord.contract import load_contract
from sandbox.discord.nouns import Channel, Guild
from sandbox.discord.rest.serve import ENDPOINTS
from sandbox.discord.validate import breaches

Json = dict[str, Any]


@dataclass
class Clock:
    """The real time, plus what a test lets pass."""

    passed_s: float = 0.0

    def __call__(self) -> float:
        """Give seconds since 1970."""
        return time.time() + self.passed_s


@dataclass
class Reply:
    """What a request was answered."""

    status: int
    headers: Any
    body: Any


@dataclass
class Place:
    """The running stand-in."""

    state: State
    clock: Clock
    base: str
    session: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=lambda: {"Authorization": f"Bot {DEFAULT_TOKEN}"})

    @property
    def guild(self) -> Guild:
        """The Couch."""
        return next(iter(self.state.guilds.values()))

    def channel(self, name: str) -> Channel:
        """A channel of The Couch."""
        return next(one for one in self.guild.channels.values() if one.name == name)

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """Send a bot's request to the API."""
        reply = await self._send(method, f"/api/v10{path}", body, {**self.headers, **headers})
        check_answer(method, path, reply)
        return reply

    async def control(self, method: str, path: str, body: Any = None) -> Reply:
        """Send a request to the control endpoints."""
        return await self._send(method, f"/sandbox{path}", body, {})

    async def write(self, channel: Channel, **body: Any) -> Reply:
        """Post a message as the bot."""
        return await self.ask("POST", f"/channels/{channel.id}/messages", body)

    async def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Reply:
        async with self.session.request(method, self.base + path, json=body, headers=headers) as answer:
            text = await answer.text()
            told = await answer.json() if text and answer.content_type == "application/json" else text
            return Reply(answer.status, answer.headers, told)


def check_answer(method: str, path: str, reply: Reply) -> None:
    """Hold an answer of ours against Discord's description of it."""
    place = path.partition("?")[0]
    for endpoint in ENDPOINTS if reply.status in (200, 201) else ():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(endpoint.template))
        if endpoint.method == method and re.fullmatch(pattern, place):
            validator = load_contract().answer_validator(method, endpoint.template, reply.status)
            assert validator is not None, f"Discord does not answer {endpoint.route} with {reply.status}"
            wrong = [leaf for error in validator.iter_errors(reply.body) for leaf in breaches(error)]
            told = [f"{leaf.instance_path} {leaf.message}" for leaf in wrong]
            assert not told, f"{endpoint.route}: {told}"
            return


Opener = Callable[..., Awaitable[Place]]


@pytest.fixture
async def open_place() -> AsyncIterator[Opener]:
    """Opens stand-ins with settings of one's own."""
    opened: list[tuple[web.AppRunner, aiohttp.ClientSession]] = []

    async def open_one(**settings: Any) -> Place:
        clock = Clock()
        state = State(now=clock, **settings)
        app = web.Application()
        add_discord(app, state)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        session = aiohttp.ClientSession()
        opened.append((runner, session))
        return Place(state, clock, base, session)

    yield open_one
    for runner, session in opened:
        await session.close()
        await runner.cleanup()


@pytest.fixture
async def place(open_place: Opener) -> Place:
    """A stand-in as the sandbox opens it."""
    return await open_place()
