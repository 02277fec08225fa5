"""The gateway as a bot meets it: hello, identify, heartbeats, resume."""

import asyncio
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

from sandbox.discord.gateway.frames import ClosedError, Op, read_frame, write_frame
from sandbox.discord.gateway.link import Link
from sandbox.discord.gateway.sessions import Session
from sandbox.discord.gateway.switches import close_sockets
from sandbox.discord.gateway.welcome import RESUME_WITHIN_S, new_session, welcome
from sandbox.discord.nouns import Json
from sandbox.discord.state import State

_GOODBYE_S = 2.0
_ACK_AFTER_S = 0.02
"""As long as a network takes: an answer that comes at once is older than its question to some clients."""


def add_gateway(app: web.Application, state: State) -> None:
    """Serve the gateway under `/gateway`."""

    async def connect(request: web.Request) -> web.StreamResponse:
        return await _serve(state, request)

    async def leave(_: web.Application) -> None:
        close_sockets(state)

    app.on_shutdown.append(leave)
    app.router.add_get("/gateway", connect)
    app.router.add_get("/gateway/", connect)


async def _serve(state: State, request: web.Request) -> web.StreamResponse:
    if state.faults.outage or state.faults.gateway_down:
        return web.Response(status=503)
    state.learn_address(request.host)
    socket = web.WebSocketResponse(timeout=_GOODBYE_S, max_msg_size=0, compress=False)
    await socket.prepare(request)
    state.counts.gateway["connected"] += 1
    link = Link(socket, request, compressed=request.query.get("compress") == "zlib-stream")
    state.hub.links.add(link)
    talk = _Talk(state, socket, link)
    try:
        await talk.run()
    except ClosedError as closed:
        state.counts.gateway[f"closed {closed.code}"] += 1
        link.stop()
        await socket.close(code=closed.code, message=str(closed).encode())
    finally:
        state.hub.links.discard(link)
        talk.end()
    return socket


class _Talk:
    """One connection's conversation."""

    def __init__(self, state: State, socket: web.WebSocketResponse, link: Link) -> None:
        self._state = state
        self._socket = socket
        self._link = link
        self._session: Session | None = None

    async def run(self) -> None:
        """Listen until the connection ends; a bot that falls silent is let go with 4009."""
        state = self._state
        interval_ms = int(state.heartbeat_s * 1000)
        self._link.send(write_frame(Op.HELLO, {"heartbeat_interval": interval_ms, "_trace": []}))
        while (message := await self._receive()).type in (WSMsgType.TEXT, WSMsgType.BINARY):
            self._hear(*read_frame(message.data))

    async def _receive(self) -> WSMessage:
        """Give the next frame; ClosedError where we want to end the talk, or nothing came for too long."""
        frame = asyncio.ensure_future(self._socket.receive())
        closing = self._link.closing
        either: set[asyncio.Future[Any]] = {frame, closing}
        patience_s = self._state.heartbeat_s * 2
        try:
            await asyncio.wait(either, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
            if closing.done():
                raise ClosedError(*closing.result())
            if not frame.done():
                raise ClosedError(4009, "Session timed out.")
            return frame.result()
        finally:
            frame.cancel()
            await asyncio.wait({frame})

    def end(self) -> None:
        """Let the session wait for a resume, unless the bot said goodbye (1000 or 1001)."""
        session = self._session
        self._link.stop()
        if session is None or session.link is not self._link:
            return
        session.link = None
        session.lost_at = self._state.now()
        if self._link.said_goodbye:
            self._state.hub.sessions.pop(session.id, None)

    def _hear(self, op: int, told: Any) -> None:
        match op:
            case Op.HEARTBEAT:
                if not self._state.faults.no_acks:
                    ack = write_frame(Op.HEARTBEAT_ACK, None)
                    asyncio.get_running_loop().call_later(_ACK_AFTER_S, self._link.send, ack)
            case Op.IDENTIFY:
                self._identify(told)
            case Op.RESUME:
                self._resume(told)
            case Op.PRESENCE | Op.VOICE_STATE | Op.REQUEST_MEMBERS:
                if self._session is None:
                    raise ClosedError(4003, "Not authenticated.")
                if op == Op.REQUEST_MEMBERS:
                    self._tell_members(self._session, told)
            case _:
                raise ClosedError(4001, "Unknown opcode.")

    def _identify(self, told: Json) -> None:
        state = self._state
        if self._session is not None:
            raise ClosedError(4005, "Already authenticated.")
        application = state.application_of(str(told.get("token", "")).removeprefix("Bot "))
        if application is None:
            raise ClosedError(4004, "Authentication failed.")
        self._session = session = new_session(state, application, told, self._link)
        welcome(state, session)

    def _resume(self, told: Json) -> None:
        state = self._state
        if state.application_of(str(told.get("token", "")).removeprefix("Bot ")) is None:
            raise ClosedError(4004, "Authentication failed.")
        session = state.hub.sessions.get(str(told.get("session_id")))
        sequence = told.get("seq")
        if session is not None and not isinstance(sequence, int):
            raise ClosedError(4007, "Invalid seq.")
        if session is None or not isinstance(sequence, int) or not self._can_resume(session, sequence):
            state.counts.gateway["resume refused"] += 1
            self._link.send(write_frame(Op.INVALID_SESSION, False))
            return
        session.link, session.lost_at = self._link, None
        self._session = session
        state.counts.gateway["resumed"] += 1
        session.replay(sequence)
        session.dispatch("RESUMED", {"_trace": []})

    def _can_resume(self, session: Session, sequence: int) -> bool:
        lost_at = session.lost_at
        fresh = lost_at is None or self._state.now() - lost_at <= RESUME_WITHIN_S
        return fresh and session.can_resume(sequence)

    def _tell_members(self, session: Session, told: Json) -> None:
        """Answer a request for members with what a bot may know without the intent: itself."""
        guild_id = int(told["guild_id"])
        session.dispatch(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": str(guild_id),
                "members": [],
                "chunk_index": 0,
                "chunk_count": 1,
                "not_found": [],
                "nonce": told.get("nonce"),
            },
        )
