"""The gateway's payloads and its close codes."""

import json
from enum import IntEnum
from typing import Any

_MAX_PAYLOAD = 4096


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


def read_frame(raw: str | bytes) -> tuple[int, Any]:
    """Give a payload's opcode and what it tells; 4002 for what is no payload or too long."""
    if len(raw) > _MAX_PAYLOAD:
        raise ClosedError(4002, "Payload too large.")
    try:
        payload = json.loads(raw)
        return int(payload["op"]), payload.get("d")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ClosedError(4002, "Error while decoding payload.") from error


def write_frame(op: Op, told: Any) -> str:
    """Write a payload that is no event."""
    return json.dumps({"op": int(op), "d": told, "s": None, "t": None})
