"""/healthz, /readyz and /metrics, over a real socket."""

import socket

import aiohttp
import pytest

from bot.errors import ConfigError
from bot.health import serve_health


async def measure() -> bytes:
    """Have one metric."""
    return b"greenlit_ready 1.0\n"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_pages_tell_life_and_what_keeps_us_from_working(free_port: int) -> None:
    found: tuple[str, ...] = ("Discord is not connected.",)

    async def troubles() -> tuple[str, ...]:
        return found

    page = f"http://127.0.0.1:{free_port}"
    async with serve_health(f"127.0.0.1:{free_port}", troubles, measure), aiohttp.ClientSession() as session:
        async with session.get(f"{page}/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, {"alive": True})
        async with session.get(f"{page}/readyz") as answer:
            assert answer.status == 503
            assert await answer.json() == {"ready": False, "why_not": ["Discord is not connected."]}
        found = ()
        async with session.get(f"{page}/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True, "why_not": []})
        async with session.get(f"{page}/metrics") as answer:
            assert (answer.status, answer.content_type) == (200, "text/plain")
            assert await answer.read() == await measure()


async def test_taken_address_is_a_sentence_about_the_setting(free_port: int) -> None:
    async def troubles() -> tuple[str, ...]:
        return ()

    bind = f"127.0.0.1:{free_port}"
    async with serve_health(bind, troubles, measure):
        with pytest.raises(ConfigError, match=r"http\.bind"):
            async with serve_health(bind, troubles, measure):
                raise AssertionError("two servers at one address")


async def test_empty_address_serves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def troubles() -> tuple[str, ...]:
        return ()

    monkeypatch.setattr("bot.health.web.AppRunner", None)
    async with serve_health("", troubles, measure) as served:
        assert served is None
