"""The running stand-in as the tests see it: its state, its clock, and plain requests."""

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.discord import DEFAULT_TOKEN, State
from sandbox.discord.contract import load_contract
from sandbox.discord.nouns import Channel, Guild
from sandbox.discord.rest.serve import ENDPOINTS
from sandbox.discord.validate import breaches

Json = dict[str, Any]


@dataclass
class Clock:
    """The real time, plus what a test lets pass; or one that stands still."""

    passed_s: float = 0.0
    stopped_at: float | None = None

    def __call__(self) -> float:
        """Give seconds since 1970."""
        return (time.time() if self.stopped_at is None else self.stopped_at) + self.passed_s

    def stop(self) -> None:
        """Stand still from now on."""
        self.stopped_at = time.time()


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
