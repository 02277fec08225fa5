"""What became of an announcement, as a value: sent, later, given up, or refused for good.

Source of the codes: discord.com/developers/docs/topics/opcodes-and-status-codes#json.
"""

from dataclasses import dataclass

import aiohttp
import discord

from bot.model import MessageId

UNKNOWN_GUILD, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10004, 10003, 10008
MAX_CLOSED_ATTEMPTS = 12
"""With the waits of `_closed` about two days, in which an admin may mend the permissions."""
_GONE = {
    UNKNOWN_CHANNEL: "the channel is gone",
    UNKNOWN_GUILD: "the server is gone",
    UNKNOWN_MESSAGE: "the message was deleted",
}
_SHORTEST_S, _LONGEST_S = 5.0, 600.0
_CLOSED_SHORTEST_S, _CLOSED_LONGEST_S = 600.0, 21_600.0
_UNTOLD_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Sent:
    """Discord has it, as this message."""

    message_id: MessageId


@dataclass(frozen=True, slots=True)
class Later:
    """Not now; try again after `after_s`. The first try may have worked: the nonce settles that."""

    after_s: float
    why: str
    for_all: bool = False
    """Discord wants silence from the whole bot, not from this channel alone."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Never."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord no longer knows our token: nothing can be sent until somebody mends it."""

    why: str


Outcome = Sent | Later | GiveUp | Refused

TROUBLES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""What sending may raise without a fault of ours; discord.py lets network errors through as they are."""


def judge(error: Exception, attempts: int) -> Later | GiveUp | Refused:
    """Say what follows from `error`, one of `TROUBLES`, after `attempts` earlier failures in a row."""
    match error:
        case discord.RateLimited():
            return Later(error.retry_after, "Discord's rate limit")
        case discord.HTTPException():
            return _judge_answer(error, attempts)
        case TimeoutError():
            return Later(_wait(attempts), "Discord did not answer in time")
        case _:
            return Later(_wait(attempts), f"Discord could not be reached: {type(error).__name__}")


def _judge_answer(error: discord.HTTPException, attempts: int) -> Later | GiveUp | Refused:
    match error.status:
        case 401:
            return Refused("Discord no longer accepts the token")
        case 403:
            return _closed(error, attempts)
        case 404 if error.code in _GONE:
            return GiveUp(_GONE[error.code])
        case 404:
            return _closed(error, attempts)
        case 429:
            return Later(_asked_wait(error), "Discord wants silence", for_all=True)
        case status if status >= 500:
            return Later(_wait(attempts), f"Discord answered {status}")
        case status:
            return GiveUp(f"Discord answered {status}: {error.text} ({error.code})")


def _closed(error: discord.HTTPException, attempts: int) -> Later | GiveUp:
    """Wait long for what an admin can mend, but not for ever: each try counts as an invalid request."""
    why = f"we may not write there: {error.text} ({error.code})"
    if attempts + 1 >= MAX_CLOSED_ATTEMPTS:
        return GiveUp(why)
    return Later(min(_CLOSED_SHORTEST_S * 2**attempts, _CLOSED_LONGEST_S), why)


def _wait(attempts: int) -> float:
    return float(min(_SHORTEST_S * 2 ** min(attempts, 10), _LONGEST_S))


def _asked_wait(error: discord.HTTPException) -> float:
    """Give the wait that a 429 asks for; a minute where it asks for none."""
    try:
        return max(float(error.response.headers.get("Retry-After", "")), _SHORTEST_S)
    except ValueError:
        return _UNTOLD_LIMIT_S
