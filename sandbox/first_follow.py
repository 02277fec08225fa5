"""Starts the news when the first show is followed, so that a newcomer misses none of it."""

import asyncio
from typing import Any

from sandbox.discord import State
from sandbox.newsroom import Newsroom

_SELECT_MENU = 3
_LOADING = 1 << 7


async def play_after_first_follow(state: State, newsroom: Newsroom) -> None:
    """Wait until a `/follow` has an answer that asks nothing back, then let the days pass."""
    happenings: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    state.hub.watchers[happenings] = None
    try:
        while not _followed(state):
            await happenings.get()
    finally:
        del state.hub.watchers[happenings]
    if newsroom.pace != "done":
        newsroom.play()


def _followed(state: State) -> bool:
    answers = (one.original for one in state.interactions.values() if one.command_name == "follow")
    return any(one is not None and not one.flags & _LOADING and not _asks(one.components) for one in answers)


def _asks(components: list[dict[str, Any]]) -> bool:
    return any(one["type"] == _SELECT_MENU or _asks(one.get("components", [])) for one in components)
