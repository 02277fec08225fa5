"""The TVmaze client: polite, cached, typed.

Source: https://www.tvmaze.com/api (CC BY-SA: whoever shows what came from here links the show's page)
"""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

import aiohttp

from bot import __version__
from bot.catalogue.limit import CallLimit
from bot.catalogue.listing import (
    Detail,
    Episode,
    Listing,
    read_detail,
    read_listing,
    read_listings,
    read_stamps,
)
from bot.errors import CatalogueError
from bot.model import ShowId

__all__ = ["Detail", "Episode", "Listing", "Tvmaze"]

USER_AGENT = f"Greenlit/{__version__} (Discord bot for TV season news)"
CACHED_S = 3_600.0
MAX_CACHED = 1_000
MAX_ANSWER_BYTES = 16 * 1024 * 1024
MAX_TRIES = 4
TIMEOUT_S = 20.0
_BACK_OFF_S = 5.0
_SECONDS = re.compile(r"\d{1,5}")
_EMBEDDED = ("seasons", "nextepisode", "previousepisode", "akas", "cast")

_Answer = TypeVar("_Answer")


class Tvmaze:
    """Asks TVmaze; what it answered a moment ago is not asked again.

    Every method raises CatalogueError, with a sentence, where TVmaze cannot be asked.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._sleep = sleep
        self._limit = CallLimit(clock, sleep)
        self._cache: dict[str, tuple[float, Any]] = {}

    async def search(self, text: str) -> tuple[Listing, ...]:
        """Find at most ten shows by name, misspelt or not, the likeliest first."""
        found = await self._cached("/search/shows?" + urlencode({"q": text}), _read_found)
        return found or ()

    async def show(self, show_id: ShowId) -> Detail | None:
        """Read a show with its seasons, other names and cast; None where there is none of that id."""
        wanted = urlencode([("embed[]", part) for part in _EMBEDDED])
        return await self._cached(f"/shows/{show_id}?{wanted}", read_detail)

    async def by_imdb(self, imdb_id: str) -> Listing | None:
        """Find the show that IMDb calls `tt…`."""
        return await self._cached("/lookup/shows?" + urlencode({"imdb": imdb_id}), read_listing)

    async def by_thetvdb(self, thetvdb_id: int) -> Listing | None:
        """Find the show that TheTVDB gave that number."""
        return await self._cached("/lookup/shows?" + urlencode({"thetvdb": thetvdb_id}), read_listing)

    async def page(self, number: int) -> tuple[Listing, ...] | None:
        """Read a page of the index, up to 250 shows by their ids; None past the end. Never cached."""
        return await self._get(f"/shows?page={number}", _read_page, patient=True)

    async def updates(self, since: str = "day") -> dict[ShowId, int]:
        """Say which shows changed within a `day`, `week` or `month`, and when, in seconds since 1970.

        What we have cached of them is forgotten.
        """
        stamps = await self._get("/updates/shows?" + urlencode({"since": since}), read_stamps, patient=True)
        for path, (_, answer) in list(self._cache.items()):
            if isinstance(answer, Detail) and (stamps or {}).get(answer.show.id, 0) > answer.updated:
                del self._cache[path]
        return stamps or {}

    async def _cached(self, path: str, read: Callable[[Any], _Answer | None]) -> _Answer | None:
        """Get `path` unless that was done within the hour."""
        asked_at, answer = self._cache.pop(path, (-CACHED_S, None))
        if self._clock() - asked_at >= CACHED_S:
            asked_at, answer = self._clock(), await self._get(path, read)
        self._cache[path] = (asked_at, answer)
        while len(self._cache) > MAX_CACHED:
            del self._cache[next(iter(self._cache))]  # the one that was wanted longest ago
        return cast("_Answer | None", answer)

    async def _get(
        self, path: str, read: Callable[[Any], _Answer | None], *, patient: bool = False
    ) -> _Answer | None:
        """Get `path`, again where TVmaze says that we call too often; None where there is nothing."""
        for attempt in range(MAX_TRIES):
            await self._limit.turn(patient=patient)
            status, body, retry_after_s = await self._ask(path)
            if status == 404:
                return None
            if status == 200:
                return _read(body, read)
            if status != 429:
                raise CatalogueError(f"TVmaze answered {status}.")
            self._limit.close_for(max(_BACK_OFF_S * 2**attempt, retry_after_s))
        raise CatalogueError("TVmaze wants us to call less often.")

    async def _ask(self, path: str) -> tuple[int, bytes, float]:
        """Give status, body and the seconds that TVmaze wants us to wait."""
        headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
        try:
            async with (
                asyncio.timeout(TIMEOUT_S),
                self._session.get(self._base_url + path, headers=headers) as response,
            ):
                body = await _body(response) if response.status == 200 else b""
                wait = response.headers.get("Retry-After", "")
                return response.status, body, float(wait) if _SECONDS.fullmatch(wait) else 0.0
        except TimeoutError as error:
            raise CatalogueError(f"TVmaze did not answer within {TIMEOUT_S:g} s.") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise CatalogueError("TVmaze cannot be reached.") from error


async def _body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(2**16):
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise CatalogueError(f"TVmaze sent more than {MAX_ANSWER_BYTES // 1024**2} MB.")
    return bytes(body)


def _read(body: bytes, read: Callable[[Any], _Answer | None]) -> _Answer:
    try:
        answer = read(json.loads(body))
    except (ValueError, RecursionError) as error:
        raise CatalogueError("TVmaze sent what is not JSON.") from error
    if answer is None:
        raise CatalogueError("TVmaze sent what was not asked for.")
    return answer


def _read_page(told: Any) -> tuple[Listing, ...] | None:
    return read_listings(told) if isinstance(told, list) else None


def _read_found(told: Any) -> tuple[Listing, ...] | None:
    if not isinstance(told, list):
        return None
    return read_listings(one.get("show") for one in told if isinstance(one, dict))
