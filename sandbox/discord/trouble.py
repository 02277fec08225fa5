"""Trouble as `POST /sandbox/faults` asks for it, by name."""

from sandbox.discord.events import set_role_permissions, set_unavailable
from sandbox.discord.faults import ACTIONS, Fault
from sandbox.discord.gateway.switches import ask_to_reconnect, close_sockets, cut_sockets, invalidate_sessions
from sandbox.discord.nouns import Json
from sandbox.discord.state import State
from sandbox.discord.world import DEFAULT_BOT_ID, DEFAULT_TOKEN


def make_trouble(state: State, asked: Json) -> None:
    """Let go wrong what `asked["action"]` names; ValueError for an unknown name.

    The package's docstring lists them.
    """
    action = str(asked["action"])
    if action in ACTIONS:
        state.faults.add(
            Fault(
                action,
                route=str(asked.get("route") or "*"),
                times=int(asked["times"]) if asked.get("times") is not None else None,
                share=float(asked.get("share", 1.0)),
                status=int(asked.get("status", 503)),
                delay_s=float(asked.get("delay_s", 0.0)),
            )
        )
        return
    if action in ("close_gateway", "cut_gateway", "reconnect_gateway", "invalidate_sessions"):
        _trouble_gateway(state, action, int(asked.get("code", 4000)))
        return
    on = bool(asked.get("on", True))
    application = state.applications[int(asked.get("bot_id") or DEFAULT_BOT_ID)]
    match action:
        case "no_acks":
            state.faults.no_acks = on
        case "outage" | "gateway_down":
            setattr(state.faults, action, on)
            if on:
                cut_sockets(state)
        case "revoke_token":
            application.token = "" if on else str(asked.get("token") or DEFAULT_TOKEN)
            if on:
                close_sockets(state, 4004)
        case "dms_closed":
            state.users[int(asked["user_id"])].accepts_dms = not on
        case "guild_unavailable":
            set_unavailable(state, state.guilds[int(asked["guild_id"])], unavailable=on)
        case "role_permissions":
            guild = state.guilds[int(asked["guild_id"])]
            mine = (one.id for one in guild.roles.values() if one.managed_by == application.id)
            role_id = int(asked.get("role_id") or next(mine))
            set_role_permissions(state, guild, role_id, int(asked["permissions"]))
        case "forget_limits":
            state.limits.forget()
        case "clear":
            state.faults.clear()
        case _:
            raise ValueError(f"no such fault: {action!r}")


def _trouble_gateway(state: State, action: str, code: int) -> None:
    match action:
        case "close_gateway":
            close_sockets(state, code)
        case "cut_gateway":
            cut_sockets(state)
        case "reconnect_gateway":
            ask_to_reconnect(state)
        case _:
            invalidate_sessions(state)
