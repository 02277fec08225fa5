"""The sandbox as one aiohttp application on one loopback port."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from sandbox.discord import State, add_discord
from sandbox.first_follow import play_after_first_follow
from sandbox.newsroom import Newsroom, add_newsroom, read_history
from sandbox.newsroom.routes import newsroom_json
from sandbox.page import add_page
from sandbox.tvmaze import add_tvmaze, read_catalogue

HOST = "127.0.0.1"


class Sandbox:
    """Discord, TVmaze, the newsroom and the page, ready to be served."""

    def __init__(self, speed_s: float) -> None:
        self.state = State()
        self.newsroom = Newsroom(read_history(), speed_s, self._tell_pages)
        self.app = web.Application()
        add_discord(self.app, self.state)
        add_tvmaze(self.app, read_catalogue(lambda: self.newsroom.today))
        add_newsroom(self.app, self.newsroom)
        add_page(self.app)
        self.app.cleanup_ctx.append(self._running)

    def _tell_pages(self) -> None:
        self.state.hub.tell_pages({"type": "newsroom", "newsroom": newsroom_json(self.newsroom)})

    async def _running(self, _: web.Application) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(self.newsroom.run()),
            asyncio.create_task(play_after_first_follow(self.state, self.newsroom)),
        ]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def serve(sandbox: Sandbox, port: int) -> tuple[web.AppRunner, int]:
    """Serve on loopback; gives the port, which matters where `port` is 0. OSError where it is taken."""
    runner = web.AppRunner(sandbox.app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, HOST, port)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, int(runner.addresses[0][1])
