"""What became of an announcement, as a value: sent, later, given up, or refused for good.

Source of the codes: discord.com/developers/docs/topics/opcodes-and-status-codes#json.
"""

from dataclasses import dataclass

import aiohttp
import discord

from bot.model import MessageId

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, THREAD_ARCHIVED, _THREAD_LOCKED = 10003, 10008, 50083, 160005
NO_TAG = "the forum wants a tag on each post; add one called News, or tags called as the kinds of news are"
_CLOSED = {
    10003: "the channel was deleted",
    10004: "I am not on that server any more",
    40067: NO_TAG,
    50001: "I may not see the channel; I need View Channel there",
    50008: "it is no channel in which one can write",
    50013: "I lack a permission there; I need View Channel, Send Messages and Embed Links",
    50024: "it is no channel in which one can write",
    50083: "the thread is archived; I need Manage Threads to open it, or somebody opens it",
    160005: "the thread is locked",
    160006: "the server has as many open threads as Discord allows",
}
_LIMITS = range(30_000, 31_000)
_SHORTEST_S, _LONGEST_S = 5.0, 600.0
_FIRST_PROBE_S, _LAST_PROBE_S = 600.0, 21_600.0
_UNTOLD_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Sent:
    """Discord has it, as this message."""

    message_id: MessageId
    published: bool = False
    note: str = "sent"
    """What became of it, in words."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now; try again after `after_s`. The first try may have worked: the nonce settles that."""

    after_s: float
    why: str
    for_all: bool = False
    """Discord wants silence from the whole bot, not from this channel alone."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The channel takes nothing of ours until somebody on its server mends it."""

    why: str


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Never."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord no longer knows our token: nothing can be sent until somebody mends it."""

    why: str


Outcome = Sent | Later | Closed | GiveUp | Refused

TROUBLES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""What sending may raise without a fault of ours; discord.py lets network errors through as they are."""


def judge(error: Exception, attempts: int, *, is_edit: bool = False) -> Later | Closed | GiveUp | Refused:
    """Say what follows from `error`, one of `TROUBLES`, after `attempts` earlier failures in a row.

    A message whose thread is closed or gone is not edited any more; that closes no channel.
    """
    if is_edit and getattr(error, "code", None) in {UNKNOWN_CHANNEL, THREAD_ARCHIVED, _THREAD_LOCKED}:
        return GiveUp("the thread is closed or gone")
    match error:
        case discord.RateLimited():
            return Later(error.retry_after, "Discord's rate limit")
        case discord.HTTPException():
            return _judge_answer(error, attempts)
        case TimeoutError():
            return Later(_wait(attempts), "Discord did not answer in time")
        case _:
            return Later(_wait(attempts), f"Discord could not be reached: {type(error).__name__}")


def probe_wait_s(probes: int) -> float:
    """Say how long to leave a closed channel alone after `probes` tries: ten minutes, then ever longer.

    Each try counts as one of the invalid requests of which Discord allows 10,000 in ten minutes.
    """
    return float(min(_FIRST_PROBE_S * 2 ** min(probes, 10), _LAST_PROBE_S))


def _judge_answer(error: discord.HTTPException, attempts: int) -> Later | Closed | GiveUp | Refused:
    if error.code == UNKNOWN_MESSAGE:
        return GiveUp("the message was deleted")
    match error.status:
        case 401:
            return Refused("Discord no longer accepts the token")
        case 429 if error.code:
            return Later(_asked_wait(error), f"one of Discord's limits: {error.text} ({error.code})")
        case 429:
            return Later(_asked_wait(error), "Discord wants silence", for_all=True)
        case status if status >= 500:
            return Later(_wait(attempts), f"Discord answered {status}")
        case status if status in (403, 404) or error.code in _CLOSED or error.code in _LIMITS:
            return Closed(_CLOSED.get(error.code, f"Discord refuses: {error.text} ({error.code})"))
        case status:
            return GiveUp(f"Discord answered {status}: {error.text} ({error.code})")


def _wait(attempts: int) -> float:
    return float(min(_SHORTEST_S * 2 ** min(attempts, 10), _LONGEST_S))


def _asked_wait(error: discord.HTTPException) -> float:
    """Give the wait that a 429 asks for; a minute where it asks for none."""
    try:
        return max(float(error.response.headers.get("Retry-After", "")), _SHORTEST_S)
    except ValueError:
        return _UNTOLD_LIMIT_S
