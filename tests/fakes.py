"""Stand-ins for what tests may not touch: the clock and the web. Each is small and honest."""

import os
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace, TracebackType
from typing import Self

import discord
from aiohttp import web

from bot.feeds.parse import Parsed
from bot.model import Season, Show

OUR_ID = 7
"""The bot's user on `FakeDiscord`."""


@dataclass
class FrozenClock:
    """A clock that stands still until it is told to go on; call it for the time."""

    now: datetime = datetime(2023, 5, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Say what time it is."""
        return self.now

    def go_on(self, **length: float) -> datetime:
        """Let `timedelta(**length)` pass."""
        self.now += timedelta(**length)
        return self.now


@dataclass(frozen=True, slots=True)
class Listing:
    """A show as an index page lists it, or with its seasons as its own page tells it."""

    show: Show
    updated: int = 1
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answers."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class FakeMessage:
    """A message in a channel of `FakeDiscord`."""

    id: int
    channel_id: int
    nonce: str | None
    embed: discord.Embed
    components: list[object] = field(default_factory=list)
    edits: int = 0
    author: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(id=OUR_ID))
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    reply_to: int | None = None


class FakeDiscord:
    """A Discord client that sends into lists; it fails as the test says.

    `failures` are raised one by one before anything is stored, `lost_answers` after it was. It knows
    nonces, but for `forgets_nonces`: then neither a repeat nor the history brings one back.
    """

    def __init__(self, *, forgets_nonces: bool = False) -> None:
        self.user = SimpleNamespace(id=OUR_ID)
        self.forgets_nonces = forgets_nonces
        self.history_failure: Exception | None = None
        self.published: list[int] = []
        self.publish_failures: list[Exception] = []
        self.channels: dict[int, object] = {}
        self.messages: list[FakeMessage] = []
        self.failures: list[Exception] = []
        self.lost_answers: list[Exception] = []

    def get_partial_messageable(self, channel_id: int) -> "FakeChannel":
        """Give a channel, whether it is there or not."""
        return FakeChannel(self, channel_id)

    def get_channel(self, channel_id: int) -> object | None:
        """Give what the gateway told of a channel, if it did."""
        return self.channels.get(channel_id)

    def is_ready(self) -> bool:
        """Say that the gateway has told of all channels."""
        return True

    def texts(self, channel_id: int) -> list[str | None]:
        """Give the titles of a channel's messages, the oldest first."""
        return [one.embed.title for one in self.messages if one.channel_id == channel_id]


@dataclass
class FakeChannel:
    """A channel of `FakeDiscord`."""

    discord: FakeDiscord
    id: int

    async def send(
        self,
        *,
        embed: discord.Embed,
        nonce: str,
        view: discord.ui.View,
        allowed_mentions: discord.AllowedMentions,
        reference: discord.MessageReference | None = None,
    ) -> FakeMessage:
        """Store a message; a nonce that is there already gives its message."""
        self._maybe_fail(self.discord.failures)
        same = [one for one in self.discord.messages if (one.channel_id, one.nonce) == (self.id, nonce)]
        if same:
            message = same[0]
        else:
            kept = None if self.discord.forgets_nonces else nonce
            shown: list[object] = [SimpleNamespace(children=view.children)]
            message = FakeMessage(len(self.discord.messages) + 1000, self.id, kept, embed, shown)
            message.reply_to = reference.message_id if reference else None
            self.discord.messages.append(message)
        self._maybe_fail(self.discord.lost_answers)
        return message

    async def history(self, *, limit: int) -> AsyncIterator[FakeMessage]:
        """Give the channel's messages, the latest first."""
        if self.discord.history_failure is not None:
            raise self.discord.history_failure
        there = [one for one in self.discord.messages if one.channel_id == self.id]
        for message in there[: -limit - 1 : -1]:
            yield message

    def get_partial_message(self, message_id: int) -> "FakeChannel":
        """Give a message, whether it is there or not."""
        self.editing = message_id
        return self

    async def edit(self, *, embed: discord.Embed, view: discord.ui.View) -> None:
        """Change a message."""
        self._maybe_fail(self.discord.failures)
        message = next(one for one in self.discord.messages if one.id == self.editing)
        message.embed = embed
        message.edits += 1

    async def publish(self) -> None:
        """Publish a message."""
        self._maybe_fail(self.discord.publish_failures)
        self.discord.published.append(self.editing)

    @staticmethod
    def _maybe_fail(failures: list[Exception]) -> None:
        if failures:
            raise failures.pop(0)


def discord_error(status: int, code: int = 0, headers: dict[str, str] | None = None) -> discord.HTTPException:
    """Build what discord.py raises for such an answer."""
    response = SimpleNamespace(status=status, reason="", headers=headers or {})
    sorts = {403: discord.Forbidden, 404: discord.NotFound}
    sort = discord.DiscordServerError if status >= 500 else sorts.get(status, discord.HTTPException)
    return sort(response, {"code": code, "message": "No"})  # type: ignore[arg-type]  # as much of one as is read


class FakeWeb:
    """A web server on the loopback whose pages the test writes; it honours ETags.

    `asked` holds the path of every request, in order.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._pages: dict[str, Page] = {}
        self._base = ""

    async def __aenter__(self) -> Self:
        """Start to serve."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._base = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        await self._runner.cleanup()

    def url(self, path: str) -> str:
        """Give the full address of a path."""
        return f"{self._base}{path}"

    def put(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Let `path` answer so from now on; give its full address."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._pages[path] = Page(content, status, named)
        return self.url(path)

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path_qs)
        page = self._pages.get(request.path_qs) or self._pages.get(request.path)
        if page is None:
            return web.Response(status=404)
        etag = page.headers.get("ETag")
        if etag is not None and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=page.body, status=page.status, headers=page.headers)


def rss(*entries: tuple[str, str], feed: str = "TVLine") -> str:
    """Write an RSS feed of (path, title) entries, each dated a minute after the one before."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{path}</guid><link>https://outlet.test{path}</link>"
        f"<title>{title}</title><pubDate>Mon, 01 May 2023 10:{minute:02}:00 GMT</pubDate></item>"
        for minute, (path, title) in enumerate(entries)
    )
    return f"<rss version='2.0'><channel><title>{feed}</title>{items}</channel></rss>"


def hang(*_: object, **__: object) -> Parsed:
    """Parse for ever, as a wicked document might make a parser do."""
    threading.Event().wait()
    raise AssertionError


def crash(*_: object, **__: object) -> Parsed:
    """Die while parsing."""
    os._exit(1)
