"""Starts the news when the first show is followed, so that a newcomer misses none of it."""

import asyncio

from sandbox.discord import State
from sandbox.discord.nouns import Json, Message
from sandbox.newsroom import Newsroom

_SELECT_MENU = 3
_LOOK_EVERY_S = 0.3


async def play_after_first_follow(state: State, newsroom: Newsroom) -> None:
    """Wait until a `/follow` was answered with a card, then let the days pass.

    A refusal has no card, and a question which of several shows was meant has a select menu.
    """
    while not _followed(state):  # noqa: ASYNC110 - a refusal is an answer too, so no single event would do
        await asyncio.sleep(_LOOK_EVERY_S)
    newsroom.play()


def _followed(state: State) -> bool:
    answers = (one.original for one in state.interactions.values() if one.command_name == "follow")
    return any(answer is not None and _is_card(answer) for answer in answers)


def _is_card(answer: Message) -> bool:
    return bool(answer.embeds) and not _asks(answer.components)


def _asks(components: list[Json]) -> bool:
    return any(one["type"] == _SELECT_MENU or _asks(one.get("components", [])) for one in components)
