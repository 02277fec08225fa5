"""One websocket to a bot."""

import asyncio
import zlib

from aiohttp import web


class Link:
    """A connection, plain or as a zlib stream; what is sent goes out in order by a task of its own."""

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
