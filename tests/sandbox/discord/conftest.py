"""The stand-in on a loopback port."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.discord import State, add_discord
from tests.sandbox.discord.place import Clock, Opener, Place


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
