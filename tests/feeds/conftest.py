"""A web server on the loopback that answers as each test wants."""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.feeds.fetch import open_session

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """A web site whose pages are functions; it remembers what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.requests: list[web.Request] = []
        self.server = TestServer(web.Application(), host="127.0.0.1")
        self.server.app.router.add_route("*", "/{path:.*}", self._answer)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        page = self.pages.get(request.path)
        return await page(request) if page else web.Response(status=404)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server.port}{path}"

    def serve(self, path: str, response: Callable[[], web.StreamResponse]) -> str:
        """Answer requests for `path` with what `response` makes; give its address."""

        async def answer(_: web.Request) -> web.StreamResponse:
            return response()

        self.pages[path] = answer
        return self.url(path)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A site that runs for one test."""
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A session that may reach the loopback."""
    async with open_session(["127.0.0.0/8"]) as session:
        yield session
