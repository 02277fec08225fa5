"""Gateway sessions: what a bot is told, in order, also across a lost connection."""

import asyncio
import json
import secrets
import zlib
from collections import deque
from enum import IntFlag
from typing import Any

from aiohttp import web

from sandbox.discord.nouns import Application, Json

_KEPT_EVENTS = 10_000


class Intent(IntFlag):
    """What a session may ask to hear."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


class Link:
    """One websocket, plain or as a zlib stream; what is sent goes out in order by a task of its own."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, *, compressed: bool) -> None:
        self._socket = socket
        self._transport = request.transport
        self._closed_by_us = False
        self.closing: asyncio.Future[tuple[int, str]] = asyncio.get_running_loop().create_future()
        """Done when we want to end it: the close code and the reason."""
        self._stream = zlib.compressobj() if compressed else None
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, text: str) -> None:
        """Put a payload in the queue."""
        self._waiting.put_nowait(text)

    @property
    def said_goodbye(self) -> bool:
        """Say whether the bot closed for good: with 1000 or 1001, and not after us."""
        return not self._closed_by_us and self._socket.close_code in (1000, 1001)

    def close(self, code: int, reason: str) -> None:
        """Let the connection's own task end it with one of the gateway's codes."""
        self._closed_by_us = True
        if not self.closing.done():
            self.closing.set_result((code, reason))

    def cut(self) -> None:
        """Break the connection without a word."""
        self._closed_by_us = True
        self.stop()
        if self._transport is not None:
            self._transport.abort()

    def stop(self) -> None:
        """Send nothing more."""
        self._writer.cancel()

    async def _write(self) -> None:
        while True:
            text = await self._waiting.get()
            try:
                if self._stream is None:
                    await self._socket.send_str(text)
                else:
                    packed = self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(packed)
            except ConnectionError:
                return  # the reader learns of it too, and the session keeps what was lost


class Session:
    """What one shard of a bot listens to. Its `link` is None while it is not connected."""

    def __init__(
        self, application: Application, intents: int, shard: tuple[int, int], link: Link | None
    ) -> None:
        self.id = secrets.token_hex(16)
        self.application = application
        self.intents = intents
        self.shard = shard
        self.link = link
        self.sequence = 0
        self.lost_at: float | None = None
        self._kept: deque[tuple[int, str]] = deque(maxlen=_KEPT_EVENTS)

    def hears_guild(self, guild_id: int | None) -> bool:
        """Say whether this shard is told of the server; direct messages (None) are shard 0's."""
        number, count = self.shard
        return (0 if guild_id is None else (guild_id >> 22) % count) == number

    def dispatch(self, event: str, payload: Any) -> None:
        """Tell the bot of `event` now, or when it resumes."""
        self.sequence += 1
        text = json.dumps({"op": 0, "t": event, "s": self.sequence, "d": payload}, separators=(",", ":"))
        self._kept.append((self.sequence, text))
        if self.link is not None:
            self.link.send(text)

    def can_resume(self, sequence: int) -> bool:
        """Say whether everything after `sequence` is still kept."""
        oldest = self._kept[0][0] if self._kept else 1
        return oldest - 1 <= sequence <= self.sequence

    def replay(self, sequence: int) -> None:
        """Tell again what came after `sequence`."""
        if self.link is not None:
            for number, text in self._kept:
                if number > sequence:
                    self.link.send(text)


class Hub:
    """Everybody who listens: the bots' sessions and the pages that watch."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.links: set[Link] = set()
        """Every open connection, whether it has identified or not."""
        self.watchers: dict[asyncio.Queue[Json], int | None] = {}
        """What a page waits for, and the user who looks at it."""
        self.streams: set[asyncio.Task[Any]] = set()
        """The tasks that feed pages; they end with the application."""

    def tell_bot(self, application: Application, event: str, payload: Any, guild_id: int | None) -> bool:
        """Tell the shard that is responsible for the server; False where none of the bot's listens."""
        listening = [one for one in self.sessions_of(application) if one.hears_guild(guild_id)]
        for session in listening:
            session.dispatch(event, payload)
        return bool(listening)

    def tell_bots(
        self, applications: list[Application], event: str, payload: Any, guild_id: int | None, intent: Intent
    ) -> None:
        """Tell those bots' sessions that asked for `intent`."""
        for application in applications:
            for session in self.sessions_of(application):
                if session.hears_guild(guild_id) and session.intents & intent:
                    session.dispatch(event, payload)

    def tell_pages(self, happening: Json, seen_by: int | None = None) -> None:
        """Tell the pages; what is for one user's eyes goes to that user's alone."""
        for queue, user_id in self.watchers.items():
            if seen_by is None or seen_by == user_id:
                queue.put_nowait(happening)

    def sessions_of(self, application: Application) -> list[Session]:
        """Give the bot's sessions, those that wait for a resume included."""
        return [one for one in self.sessions.values() if one.application is application]
