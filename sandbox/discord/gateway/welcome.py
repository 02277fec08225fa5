"""The beginning of a session: what an IDENTIFY must be, and READY with the bot's servers."""

from typing import Any

from sandbox.discord.gateway.frames import ClosedError
from sandbox.discord.gateway.link import Link
from sandbox.discord.gateway.sessions import PRIVILEGED, Intent, Session
from sandbox.discord.nouns import Application, Json
from sandbox.discord.render.people import account_json
from sandbox.discord.render.places import guild_create_json
from sandbox.discord.state import State

RESUME_WITHIN_S = 180.0
_GUILDS_PER_SHARD = 2500
_ALL_INTENTS = (1 << 26) - 1


def new_session(state: State, application: Application, told: Json, link: Link) -> Session:
    """Open the session that an IDENTIFY asks for; ClosedError where it may not be."""
    shard = _checked_shard(state, application, told.get("shard") or [0, 1])
    intents = _checked_intents(application, told.get("intents"))
    application.identifies_left -= 1
    _forget_lost_sessions(state)
    session = Session(application, intents, shard, link)
    state.hub.sessions[session.id] = session
    state.counts.gateway["identified"] += 1
    return session


def welcome(state: State, session: Session) -> None:
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


def _forget_lost_sessions(state: State) -> None:
    """Forget sessions that nobody came back for."""
    for session in list(state.hub.sessions.values()):
        if session.lost_at is not None and state.now() - session.lost_at > RESUME_WITHIN_S:
            del state.hub.sessions[session.id]


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
