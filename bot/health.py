"""The operator's pages: /healthz: it lives; /readyz: it can work, or why not; /metrics: what it counts."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import ConfigError
from bot.metrics import CONTENT_TYPE

Troubles = Callable[[], Awaitable[tuple[str, ...]]]
"""Asks what keeps the bot from its work: one sentence each, none when all is well."""
Measure = Callable[[], Awaitable[bytes]]
"""Asks for the metrics in Prometheus' text format."""


def health_app(troubles: Troubles, measure: Measure) -> web.Application:
    """Build the three pages. /readyz answers 503 and the reasons while there are any."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_: web.Request) -> web.Response:
        found = await troubles()
        return web.json_response({"ready": not found, "why_not": list(found)}, status=503 if found else 200)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=await measure(), headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    return app


@asynccontextmanager
async def serve_health(bind: str, troubles: Troubles, measure: Measure) -> AsyncIterator[None]:
    """Serve the pages at `bind` (`host:port`; empty: not at all) while the context lasts.

    ConfigError where the address is taken or not ours.
    """
    if not bind:
        yield
        return
    runner = web.AppRunner(health_app(troubles, measure), access_log=None)
    await runner.setup()
    host, _, port = bind.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
    except OSError as error:
        await runner.cleanup()
        raise ConfigError(
            f'http.bind cannot be {bind} ({error.strerror}); choose another port, or "" to switch it off.'
        ) from error
    try:
        yield
    finally:
        await runner.cleanup()
