"""Two news wires on loopback, which tell one piece of news after the other, each in its own words."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple
from xml.etree import ElementTree

from aiohttp import web

WINDOW = 100
"""So many entries a wire's feed holds; it must not be left unread for longer."""
SHOWS = (
    ("House of the Dragon", "HBO"), ("The Bear", "FX"), ("Severance", "Apple TV+"),
    ("Slow Horses", "Apple TV+"), ("The Last of Us", "HBO"), ("Stranger Things", "Netflix"),
    ("Wednesday", "Netflix"), ("Squid Game", "Netflix"), ("Andor", "Disney+"),
    ("Law & Order: Special Victims Unit", "NBC"), ("NCIS: Origins", "CBS"),
    ("9-1-1: Lone Star", "FOX"), ("Only Murders in the Building", "Hulu"),
    ("Shrinking", "Apple TV+"), ("The White Lotus", "HBO"), ("Abbott Elementary", "ABC"),
    ("Kaos", "Netflix"), ("Foundation", "Apple TV+"), ("Silo", "Apple TV+"),
    ("Reacher", "Prime Video"), ("Fallout", "Prime Video"), ("Bridgerton", "Netflix"),
    ("Money Heist", "Netflix"), ("The Crown", "Netflix"), ("The Night Agent", "Netflix"),
)  # fmt: skip
_WORDS = {"Wire One": "‘{show}’ Renewed for Season {season} at {network}",
          "Wire Two": "{network} Renews ‘{show}’ for Season {season}"}  # fmt: skip
_FIRST_SEASON = 4


class News(NamedTuple):
    """A renewal."""

    show: str
    network: str
    season: int
    at: datetime

    def headline(self, wire: str) -> str:
        """Say it as `wire` does."""
        return _WORDS[wire].format(show=self.show, season=self.season, network=self.network)


def renewals(count: int) -> tuple[News, ...]:
    """Give so many different renewals, a second apart, the last one now; each show in turn."""
    first = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=count)
    return tuple(
        News(*SHOWS[n % len(SHOWS)], _FIRST_SEASON + n // len(SHOWS), first + timedelta(seconds=n))
        for n in range(count)
    )


@dataclass
class Wires:
    """Both wires; `told` is how much of the news they have told."""

    news: Sequence[News]
    address: str = ""
    told: int = 0
    read: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def feeds(self) -> list[dict[str, str]]:
        """Give the feeds as the bot's settings name them."""
        return [{"name": name, "url": f"{self.address}/{n}.xml"} for n, name in enumerate(_WORDS)]

    async def until_read(self) -> None:
        """Wait until somebody asks for a feed."""
        self.read.clear()
        await self.read.wait()

    def headlines(self) -> dict[str, News]:
        """Give what each headline of either wire tells."""
        return {one.headline(wire): one for wire in _WORDS for one in self.news}

    def document(self, number: int) -> bytes:
        """Write a wire's feed, the newest entry first."""
        wire = list(_WORDS)[number]
        root = ElementTree.Element("rss", version="2.0")
        channel = ElementTree.SubElement(root, "channel")
        _add(channel, "title", wire)
        for place in range(self.told - 1, max(self.told - WINDOW, 0) - 1, -1):
            item = ElementTree.SubElement(channel, "item")
            _add(item, "title", self.news[place].headline(wire))
            _add(item, "link", f"{self.address}/{number}/{place}")
            _add(item, "guid", f"{self.address}/{number}/{place}")
            _add(item, "pubDate", format_datetime(self.news[place].at))
        written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return written


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


@asynccontextmanager
async def wires(count: int) -> AsyncIterator[Wires]:
    """Serve both wires with `count` pieces of news, none of them told yet."""
    served = Wires(renewals(count))

    async def feed(request: web.Request) -> web.Response:
        served.read.set()
        etag = f'"{served.told}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        body = served.document(int(request.match_info["number"]))
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag})

    app = web.Application()
    app.router.add_get("/{number:[01]}.xml", feed)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield served
    finally:
        await runner.cleanup()
