"""What can be done to every connection at once."""

from sandbox.discord.gateway.frames import Op, write_frame
from sandbox.discord.state import State


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
            session.link.send(write_frame(Op.RECONNECT, None))


def invalidate_sessions(state: State) -> None:
    """Make every bot identify anew: what it missed is lost."""
    for session in list(state.hub.sessions.values()):
        if session.link is not None:
            session.link.send(write_frame(Op.INVALID_SESSION, False))
        del state.hub.sessions[session.id]
