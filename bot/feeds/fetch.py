"""One polite conditional GET: the document, word that nothing changed, or FetchError."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import aiohttp
from yarl import URL

from bot import __version__
from bot.errors import FetchError
from bot.feeds.addresses import AddressGuard
from bot.feeds.headers import max_age_s, retry_after_s
from bot.feeds.links import host_of, without_secrets
from bot.feeds.reasons import because

USER_AGENT = f"Greenlit/{__version__} (reads feeds for a Discord bot)"
MAX_BODY_BYTES = 5 * 1024 * 1024
MAX_REDIRECTS = 5
TIMEOUT_S = 20.0
_CHUNK_BYTES = 64 * 1024
_PERMANENT = {301, 308}
_REDIRECTS = _PERMANENT | {302, 303, 307}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came, decompressed."""

    url: str
    """Where it came from, past all redirects."""
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    max_age_s: float | None = None
    retry_after_s: float | None = None
    moved_to: str | None = None
    """The address to ask in future, where only permanent redirects led there."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The document is still the one that `etag` or `last_modified` names."""

    max_age_s: float | None = None
    retry_after_s: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


def open_session(allow: Sequence[str] = ()) -> aiohttp.ClientSession:
    """Open the session for feeds: it reaches public addresses and those within `allow` (CIDRs) alone.

    No cookies, no proxy or password from the environment, two connections to a host at most.
    """
    connector = aiohttp.TCPConnector(
        limit=50, limit_per_host=2, socket_factory=AddressGuard(allow).open_socket
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None),
        headers={
            "User-Agent": USER_AGENT,
            "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate, br",
        },
    )


async def fetch(
    session: aiohttp.ClientSession,
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    timeout_s: float = TIMEOUT_S,
) -> Fetched | NotModified:
    """Get the document at `url` unless it is still the one that the validators name.

    Raises FetchError, with a sentence that holds no part of the address but its host, when there
    is no answer within `timeout_s` (redirects included), more than `MAX_BODY_BYTES` after
    decompression, more than `MAX_REDIRECTS`, any status but 200 and 304, or an address that
    feeds may not live at.
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    conditions = {name: value for name, value in asked.items() if value}
    try:
        async with asyncio.timeout(timeout_s):
            return await _follow(session, url, conditions)
    except TimeoutError as error:
        too_slow = f"{host_of(url)} did not finish its answer within {timeout_s:g} s."
        raise FetchError(without_secrets(url), too_slow) from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise FetchError(without_secrets(url), because(host_of(url), error)) from error


async def _follow(
    session: aiohttp.ClientSession, url: str, conditions: dict[str, str]
) -> Fetched | NotModified:
    here, permanently = _web_address(url, url), True
    for _ in range(MAX_REDIRECTS + 1):
        async with session.get(here, headers=conditions, allow_redirects=False) as response:
            if response.status not in _REDIRECTS:
                answer = await _read(response, url, conditions)
                moved = permanently and here != URL(url)
                return replace(answer, moved_to=str(here)) if moved else answer
            permanently = permanently and response.status in _PERMANENT
            here = _web_address(url, response.headers.get("Location", ""), here)
    raise FetchError(without_secrets(url), f"{host_of(url)} redirects more than {MAX_REDIRECTS} times.")


def _web_address(url: str, written: str, base: URL | None = None) -> URL:
    """Read where to go next; FetchError where that is not on the web."""
    address = URL(written) if base is None else base.join(URL(written)).with_fragment(None)
    if not written or address.scheme not in ("http", "https") or not address.host:
        what = "is no http or https address" if base is None else "redirects to no http or https address"
        raise FetchError(without_secrets(url), f"{host_of(url)} {what}.")
    return address


async def _read(
    response: aiohttp.ClientResponse, url: str, conditions: dict[str, str]
) -> Fetched | NotModified:
    headers = response.headers
    if response.status == 304 and conditions:
        return NotModified(
            max_age_s=max_age_s(headers),
            retry_after_s=retry_after_s(headers),
            etag=headers.get("ETag", conditions.get("If-None-Match")),
            last_modified=headers.get("Last-Modified", conditions.get("If-Modified-Since")),
        )
    if response.status != 200:
        raise FetchError(
            without_secrets(url),
            f"{host_of(url)} answered {response.status}.",
            status=response.status,
            retry_after_s=retry_after_s(headers),
        )
    return Fetched(
        url=str(response.url),
        body=await _body(response, url),
        content_type=headers.get("Content-Type"),
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        max_age_s=max_age_s(headers),
        retry_after_s=retry_after_s(headers),
    )


async def _body(response: aiohttp.ClientResponse, url: str) -> bytes:
    """Read to the end, or to the first byte past the cap: chunks come decompressed, 256 KiB at most."""
    body = bytearray()
    too_long = (response.content_length or 0) > MAX_BODY_BYTES
    while not too_long and (chunk := await response.content.read(_CHUNK_BYTES)):
        too_long = len(body) + len(chunk) > MAX_BODY_BYTES
        body += chunk
    if too_long:
        raise FetchError(
            without_secrets(url), f"{host_of(url)} sent more than {MAX_BODY_BYTES // 1024**2} MB."
        )
    return bytes(body)
