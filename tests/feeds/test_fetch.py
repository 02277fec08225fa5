"""One GET against a real server on the loopback: politeness, limits, guards, and sentences."""

import asyncio
import gzip
import socket
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import brotli
import pytest
from aiohttp import web

from bot.errors import FetchError
from bot.feeds.fetch import MAX_BODY_BYTES, Fetched, NotModified, fetch, open_session
from tests.feeds.conftest import Site

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
HUGE = 1024**3


async def refused(session: aiohttp.ClientSession, url: str, **how: float) -> FetchError:
    with pytest.raises(FetchError) as error:
        await fetch(session, url, **how)  # type: ignore[arg-type]
    return error.value


def zeros(compressor: Callable[[bytes], bytes], finish: Callable[[], bytes]) -> bytes:
    """Pack a gigabyte of nothing."""
    block = bytes(2**22)
    return b"".join([*(compressor(block) for _ in range(HUGE // len(block))), finish()])


@asynccontextmanager
async def raw_server(answer: bytes) -> AsyncIterator[str]:
    """Serve fixed bytes, HTTP or not, and hang up; give the address."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def test_document_comes_with_what_its_headers_tell(site: Site, session: aiohttp.ClientSession) -> None:
    headers = {
        "ETag": '"1"',
        "Last-Modified": "Sun, 22 Nov 2026 12:00:00 GMT",
        "Cache-Control": "max-age=300",
        "Retry-After": "60",
        "Content-Type": "application/rss+xml; charset=utf-8",
    }
    url = site.serve("/feed", lambda: web.Response(body=FEED, headers=headers))
    assert await fetch(session, url) == Fetched(
        url=url,
        body=FEED,
        content_type="application/rss+xml; charset=utf-8",
        etag='"1"',
        last_modified="Sun, 22 Nov 2026 12:00:00 GMT",
        max_age_s=300.0,
        retry_after_s=60.0,
    )


async def test_request_names_us_and_what_we_read(site: Site, session: aiohttp.ClientSession) -> None:
    await fetch(session, site.serve("/feed", lambda: web.Response(body=FEED)))
    headers = site.requests[0].headers
    assert headers["User-Agent"].startswith("Greenlit/")
    assert headers["Accept-Encoding"] == "gzip, deflate, br"
    assert "application/rss+xml" in headers["Accept"]
    assert "If-None-Match" not in headers
    assert "If-Modified-Since" not in headers


async def test_validators_are_sent_and_nothing_new_is_a_value(
    site: Site, session: aiohttp.ClientSession
) -> None:
    url = site.serve("/feed", lambda: web.Response(status=304, headers={"Cache-Control": "max-age=9"}))
    answer = await fetch(session, url, etag='"1"', last_modified="Sun, 22 Nov 2026 12:00:00 GMT")
    assert answer == NotModified(max_age_s=9.0, etag='"1"', last_modified="Sun, 22 Nov 2026 12:00:00 GMT")
    assert site.requests[0].headers["If-None-Match"] == '"1"'
    assert site.requests[0].headers["If-Modified-Since"] == "Sun, 22 Nov 2026 12:00:00 GMT"


async def test_nothing_new_without_a_question_is_an_error(site: Site, session: aiohttp.ClientSession) -> None:
    error = await refused(session, site.serve("/feed", lambda: web.Response(status=304)))
    assert error.status == 304


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
async def test_packed_document_is_unpacked(site: Site, session: aiohttp.ClientSession, encoding: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[encoding](FEED)
    url = site.serve("/feed", lambda: web.Response(body=packed, headers={"Content-Encoding": encoding}))
    answer = await fetch(session, url)
    assert isinstance(answer, Fetched)
    assert answer.body == FEED


@pytest.mark.parametrize("status", [204, 206, 400, 403, 404, 410, 429, 500, 503])
async def test_other_status_is_an_error_that_keeps_it(
    site: Site, session: aiohttp.ClientSession, status: int
) -> None:
    url = site.serve("/feed", lambda: web.Response(status=status, headers={"Retry-After": "120"}))
    error = await refused(session, url)
    assert (error.status, error.retry_after_s, str(error)) == (status, 120.0, f"127.0.0.1 answered {status}.")


def packed_bomb(encoding: str) -> bytes:
    if encoding == "br":
        packer = brotli.Compressor(quality=1)
        return zeros(packer.process, packer.finish)
    bomb = zlib.compressobj(1, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    return zeros(bomb.compress, bomb.flush)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
async def test_bomb_is_cut_off_at_the_cap(site: Site, session: aiohttp.ClientSession, encoding: str) -> None:
    bomb = packed_bomb(encoding)
    assert len(bomb) < MAX_BODY_BYTES
    url = site.serve("/bomb", lambda: web.Response(body=bomb, headers={"Content-Encoding": encoding}))
    tracemalloc.start()
    try:
        error = await refused(session, url)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(error) == "127.0.0.1 sent more than 5 MB."
    assert peak < 4 * MAX_BODY_BYTES


async def test_endless_document_is_cut_off_at_the_cap(site: Site, session: aiohttp.ClientSession) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(bytes(2**16))
            sent += 2**16

    site.pages["/endless"] = endless
    error = await refused(session, site.url("/endless"))
    assert str(error) == "127.0.0.1 sent more than 5 MB."
    assert sent < 10 * MAX_BODY_BYTES


async def test_document_that_says_it_is_too_long_is_not_read(
    session: aiohttp.ClientSession,
) -> None:
    async with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n<rss>") as url:
        assert str(await refused(session, url)) == "127.0.0.1 sent more than 5 MB."


async def test_document_as_long_as_the_cap_is_read(site: Site, session: aiohttp.ClientSession) -> None:
    answer = await fetch(session, site.serve("/long", lambda: web.Response(body=bytes(MAX_BODY_BYTES))))
    assert isinstance(answer, Fetched)
    assert len(answer.body) == MAX_BODY_BYTES


async def test_server_that_never_ends_its_answer_runs_out_of_time(
    site: Site, session: aiohttp.ClientSession
) -> None:
    hold = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"<rss>")
        await hold.wait()
        return response

    site.pages["/slow"] = slow
    error = await refused(session, site.url("/slow"), timeout_s=0.05)
    hold.set()
    assert str(error) == "127.0.0.1 did not finish its answer within 0.05 s."


async def test_redirects_are_followed_and_a_permanent_move_is_noted(
    site: Site, session: aiohttp.ClientSession
) -> None:
    new = site.serve("/new", lambda: web.Response(body=FEED))
    site.serve("/old", lambda: web.Response(status=301, headers={"Location": "/older"}))
    site.serve("/older", lambda: web.Response(status=308, headers={"Location": new}))
    answer = await fetch(session, site.url("/old"))
    assert isinstance(answer, Fetched)
    assert (answer.url, answer.moved_to, answer.body) == (new, new, FEED)


async def test_temporary_redirect_on_the_way_is_no_move(site: Site, session: aiohttp.ClientSession) -> None:
    site.serve("/new", lambda: web.Response(status=304))
    site.serve("/old", lambda: web.Response(status=302, headers={"Location": "/new"}))
    answer = await fetch(session, site.url("/old"), etag='"1"')
    assert answer == NotModified(etag='"1"')


async def test_fifth_redirect_is_followed_and_the_sixth_is_not(
    site: Site, session: aiohttp.ClientSession
) -> None:
    async def hop(request: web.Request) -> web.StreamResponse:
        left = int(request.path.removeprefix("/"))
        if not left:
            return web.Response(body=FEED)
        return web.Response(status=307, headers={"Location": f"/{left - 1}"})

    site.pages |= {f"/{left}": hop for left in range(7)}
    assert isinstance(await fetch(session, site.url("/5")), Fetched)
    assert str(await refused(session, site.url("/6"))) == "127.0.0.1 redirects more than 5 times."


@pytest.mark.parametrize("location", ["ftp://tv.example/", "file:///etc/passwd", "", "http://[x/"])
async def test_redirect_that_leaves_the_web_is_refused(
    site: Site, session: aiohttp.ClientSession, location: str
) -> None:
    url = site.serve("/feed", lambda: web.Response(status=302, headers={"Location": location}))
    assert "address" in str(await refused(session, url))


async def test_redirect_to_a_private_address_is_refused(site: Site, session: aiohttp.ClientSession) -> None:
    url = site.serve(
        "/feed", lambda: web.Response(status=302, headers={"Location": "http://169.254.169.254/"})
    )
    error = await refused(session, url)
    assert str(error) == (
        "169.254.169.254 is refused: 169.254.169.254 is a link-local address; the settings may allow it."
    )


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0x7f000001", "127.1", "0177.0.0.1", "[::1]",
     "[::ffff:127.0.0.1]", "0.0.0", "[::]", "127.0.0.1.", "①②⑦.0.0.1"],
)  # fmt: skip
async def test_loopback_is_refused_however_it_is_written(site: Site, host: str) -> None:
    site.serve("/feed", lambda: web.Response(body=FEED))
    async with open_session() as guarded:
        await refused(guarded, site.url("/feed", host))
    assert site.requests == []


async def test_name_that_leads_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    site.serve("/feed", lambda: web.Response(body=FEED))
    async with open_session() as guarded:
        error = await refused(guarded, site.url("/feed", "rebinding.example"))
    assert "rebinding.example is refused: 127.0.0.1 is a loopback address" in str(error)
    assert site.requests == []


async def test_proxy_of_the_environment_is_ignored(
    site: Site, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    url = site.serve("/feed", lambda: web.Response(body=FEED))
    assert isinstance(await fetch(session, url), Fetched)


async def test_cookies_are_not_kept(site: Site, session: aiohttp.ClientSession) -> None:
    url = site.serve("/feed", lambda: web.Response(body=FEED, headers={"Set-Cookie": "a=b"}))
    await fetch(session, url)
    await fetch(session, url)
    assert "Cookie" not in site.requests[1].headers


@pytest.mark.parametrize(
    "url",
    ["ftp://tv.example/", "file:///etc/passwd", "tv.example", "", "http://", "http://tv.example:99999/"],
)
async def test_what_is_no_web_address_is_refused(session: aiohttp.ClientSession, url: str) -> None:
    assert "address" in str(await refused(session, url))


async def test_errors_tell_no_secret_of_the_address(site: Site, session: aiohttp.ClientSession) -> None:
    url = site.url("/gone?key=s3cret").replace("http://", "http://me:pa55@")
    error = await refused(session, url)
    assert error.url == site.url("/gone")
    assert not {"s3cret", "pa55"} & set(str(error).replace(":", " ").split())


async def test_password_in_the_address_is_used(site: Site, session: aiohttp.ClientSession) -> None:
    url = site.serve("/feed", lambda: web.Response(body=FEED)).replace("http://", "http://me:pa55@")
    answer = await fetch(session, url)
    assert isinstance(answer, Fetched)
    assert "pa55" not in answer.url
    assert site.requests[0].headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"", "127.0.0.1 hung up without an answer."),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "127.0.0.1 does not speak HTTP."),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>",
            "127.0.0.1 broke off its answer, or packed it in a way that cannot be read.",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n<rss>",
            "127.0.0.1 broke off its answer, or packed it in a way that cannot be read.",
        ),
    ],
)
async def test_broken_answer_is_told_in_a_sentence(
    session: aiohttp.ClientSession, answer: bytes, sentence: str
) -> None:
    async with raw_server(answer) as url:
        assert str(await refused(session, url)) == sentence


async def test_closed_port_is_told_in_a_sentence(session: aiohttp.ClientSession) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = await refused(session, f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert str(error).startswith("127.0.0.1 cannot be reached (")


async def test_unknown_host_is_told_in_a_sentence(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    error = await refused(session, "http://nowhere.example/")
    assert str(error) == "nowhere.example has no address that can be found."


async def test_server_without_tls_is_told_in_a_sentence(site: Site, session: aiohttp.ClientSession) -> None:
    error = await refused(session, site.url("/feed").replace("http:", "https:"))
    assert str(error) == "127.0.0.1 has no certificate that we can trust."
