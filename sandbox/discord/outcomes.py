"""What a person sees of an interaction, once the bot has answered or has not."""

import asyncio
import contextlib

from sandbox.discord.errors import PersonError
from sandbox.discord.interactions import Callback, ask
from sandbox.discord.nouns import Flag, Interaction, Json
from sandbox.discord.render.messages import message_json
from sandbox.discord.state import State

_AFTER_DEFERRED_UPDATE_S = 2.0
_NO_ANSWER = "The application did not respond"


async def outcome(state: State, interaction: Interaction, timeout_s: float) -> Json:
    """Ask the bot, wait, and tell what the person sees then."""
    if not ask(state, interaction):
        return outcome_json(interaction, failed=True)
    try:
        await asyncio.wait_for(interaction.answered.wait(), state.answer_window_s)
    except TimeoutError:
        return outcome_json(interaction, failed=True)
    patience_s = timeout_s
    if interaction.answer_kind == Callback.DEFERRED_UPDATE:
        patience_s = min(timeout_s, _AFTER_DEFERRED_UPDATE_S)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(interaction.settled.wait(), patience_s)
    return outcome_json(interaction)


def outcome_json(interaction: Interaction, *, failed: bool = False) -> Json:
    """Tell how an interaction stands, as the person who caused it sees it."""
    message = interaction.original
    if message is not None and message.id not in message.channel.messages:
        message = None  # the bot took it back
    deferred = interaction.answer_kind in (Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE)
    return {
        "interaction_id": str(interaction.id),
        "status": _status(interaction, failed=failed),
        "reason": _NO_ANSWER if failed else None,
        "deferred": deferred,
        "ephemeral": message is not None and message.ephemeral,
        "message": message_json(message) if message is not None else None,
        "followups": [message_json(one) for one in interaction.followups],
        "choices": interaction.choices,
        "modal": interaction.modal,
    }


def find_interaction(state: State, interaction_id: int) -> Interaction:
    """Find an interaction by its id."""
    found = next((one for one in state.interactions.values() if one.id == interaction_id), None)
    if found is None:
        raise PersonError("There is no such interaction.")
    return found


def _status(interaction: Interaction, *, failed: bool) -> str:
    if failed:
        return "failed"
    match interaction.answer_kind:
        case Callback.CHOICES:
            return "choices"
        case Callback.MODAL:
            return "modal"
        case Callback.UPDATE | Callback.DEFERRED_UPDATE:
            return "updated"
        case _:
            waiting = interaction.original is not None and interaction.original.flags & Flag.LOADING
            return "thinking" if waiting else "answered"
