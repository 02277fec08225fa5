"""The gateway v10: hello, identify, heartbeats, resumes, and Discord's close codes.

Source: https://discord.com/developers/docs/events/gateway
"""

import asyncio
import json
from enum import IntEnum
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

from sandbox.discord.nouns import Application, Json
from sandbox.discord.render.people import account_json
from sandbox.discord.render.places import guild_create_json
from sandbox.discord.sessions import PRIVILEGED, Intent, Link, Session
from sandbox.discord.state import State

_MAX_PAYLOAD = 4096
_GOODBYE_S = 2.0
_RESUME_WITHIN_S = 180.0
_GUILDS_PER_SHARD = 2500
_ALL_INTENTS = (1 << 26) - 1


class Op(IntEnum):
    """What a payload is about."""

    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class ClosedError(Exception):
    """The connection ends with one of Discord's close codes."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def add_gateway(app: web.Application, state: State) -> None:
    """Serve the gateway under `/gateway`."""

    async def connect(request: web.Request) -> web.StreamResponse:
        return await _serve(state, request)

    async def leave(_: web.Application) -> None:
        close_sockets(state)

    app.on_shutdown.append(leave)
    app.router.add_get("/gateway", connect)
    app.router.add_get("/gateway/", connect)


def close_sockets(state: State, code: int = 1001) -> None:
    """Close every connection; the sessions wait for a resume."""
    for link in state.hub.links:
        link.close(code, "Closed by the sandbox.")


def cut_sockets(state: State) -> None:
    """Break every connection without a word."""
    for link in list(state.hub.links):
        link.cut()


def ask_to_reconnect(state: State) -> None:
    """Ask every bot to connect anew, as Discord does before it restarts a gateway."""
    for session in state.hub.sessions.values():
        if session.link is not None:
            session.link.send(_payload(Op.RECONNECT, None))


def invalidate_sessions(state: State) -> None:
    """Make every bot identify anew: what it missed is lost."""
    for session in list(state.hub.sessions.values()):
        if session.link is not None:
            session.link.send(_payload(Op.INVALID_SESSION, False))
        del state.hub.sessions[session.id]


async def _serve(state: State, request: web.Request) -> web.StreamResponse:
    if state.faults.outage:
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
        self._link.send(_payload(Op.HELLO, {"heartbeat_interval": interval_ms, "_trace": []}))
        while (message := await self._receive()).type in (WSMsgType.TEXT, WSMsgType.BINARY):
            self._hear(*_read(message.data))

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
                    self._link.send(_payload(Op.HEARTBEAT_ACK, None))
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
        shard = _checked_shard(state, application, told.get("shard") or [0, 1])
        intents = _checked_intents(application, told.get("intents"))
        application.identifies_left -= 1
        _forget_lost_sessions(state)
        session = Session(application, intents, shard, self._link)
        self._session = state.hub.sessions[session.id] = session
        state.counts.gateway["identified"] += 1
        _welcome(state, session)

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
            self._link.send(_payload(Op.INVALID_SESSION, False))
            return
        session.link, session.lost_at = self._link, None
        self._session = session
        state.counts.gateway["resumed"] += 1
        session.replay(sequence)
        session.dispatch("RESUMED", {"_trace": []})

    def _can_resume(self, session: Session, sequence: int) -> bool:
        lost_at = session.lost_at
        fresh = lost_at is None or self._state.now() - lost_at <= _RESUME_WITHIN_S
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


def _forget_lost_sessions(state: State) -> None:
    """Forget sessions that nobody came back for."""
    for session in list(state.hub.sessions.values()):
        if session.lost_at is not None and state.now() - session.lost_at > _RESUME_WITHIN_S:
            del state.hub.sessions[session.id]


def _welcome(state: State, session: Session) -> None:
    """Send READY, then each of the shard's servers."""
    application = session.application
    guilds = [guild for guild in state.guilds_of(application) if session.hears_guild(guild.id)]
    session.dispatch(
        "READY",
        {
            "v": 10,
            "user": account_json(application.user),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": state.gateway_url,
            "session_type": "normal",
            "shard": list(session.shard),
            "application": {"id": str(application.id), "flags": 0},
            "private_channels": [],
            "presences": [],
            "relationships": [],
            "user_settings": {},
            "_trace": [],
        },
    )
    if session.intents & Intent.GUILDS:
        for guild in guilds:
            if not guild.unavailable:
                session.dispatch("GUILD_CREATE", guild_create_json(guild, application.user))


def _checked_shard(state: State, application: Application, shard: list[int]) -> tuple[int, int]:
    number, count = shard
    if not 0 <= number < count:
        raise ClosedError(4010, "Invalid shard.")
    mine = [guild for guild in state.guilds_of(application) if (guild.id >> 22) % count == number]
    if len(mine) > _GUILDS_PER_SHARD:
        raise ClosedError(4011, "Sharding required.")
    return number, count


def _checked_intents(application: Application, intents: Any) -> int:
    if not isinstance(intents, int) or intents & ~_ALL_INTENTS:
        raise ClosedError(4013, "Invalid intent(s).")
    if intents & PRIVILEGED & ~application.privileged_intents:
        raise ClosedError(4014, "Disallowed intent(s).")
    return intents


def _read(raw: str | bytes) -> tuple[int, Any]:
    if len(raw) > _MAX_PAYLOAD:
        raise ClosedError(4002, "Payload too large.")
    try:
        payload = json.loads(raw)
        return int(payload["op"]), payload.get("d")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ClosedError(4002, "Error while decoding payload.") from error


def _payload(op: Op, told: Any) -> str:
    return json.dumps({"op": int(op), "d": told, "s": None, "t": None})
