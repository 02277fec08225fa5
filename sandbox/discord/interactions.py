"""The life of an interaction: asked, answered within its window, followed up while its token lives.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import secrets
from enum import IntEnum

from sandbox.discord.errors import ApiError, already_acknowledged, invalid_field, unknown
from sandbox.discord.nouns import Flag, Interaction, InteractionKind, Json, Message
from sandbox.discord.posting import Draft, change, post
from sandbox.discord.render.interactions import interaction_json
from sandbox.discord.state import State


class Callback(IntEnum):
    """The ways to answer."""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_ALLOWED = {
    InteractionKind.COMMAND: {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL},
    InteractionKind.COMPONENT: {
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
        Callback.MODAL,
    },
    InteractionKind.AUTOCOMPLETE: {Callback.CHOICES},
    InteractionKind.MODAL: {
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
    },
}


def new_token() -> str:
    """Give an interaction's token; long and of URL-safe letters as Discord's are."""
    return secrets.token_urlsafe(120)


def ask(state: State, interaction: Interaction) -> bool:
    """Tell the bot; False where it does not listen."""
    _forget_old(state)
    state.interactions[interaction.token] = interaction
    guild = state.guild_of(interaction.channel)
    told = interaction_json(
        interaction,
        guild,
        may=state.may(interaction.user.id, interaction.channel),
        app_may=state.may(interaction.application.id, interaction.channel),
    )
    guild_id = guild.id if guild is not None else None
    return state.hub.tell_bot(interaction.application, "INTERACTION_CREATE", told, guild_id)


def _forget_old(state: State) -> None:
    """Forget interactions whose tokens died an hour ago."""
    oldest = state.now() - state.token_life_s - 3600
    for token, interaction in list(state.interactions.items()):
        if interaction.created_at > oldest:
            return  # they are in the order of their making
        del state.interactions[token]


def find_asked(state: State, interaction_id: int, token: str) -> Interaction:
    """Find an interaction that may be answered now.

    404/10062 where there is none or its window is over, 400/40060 where it was answered.
    """
    interaction = state.interactions.get(token)
    if interaction is None or interaction.id != interaction_id:
        raise unknown("interaction")
    if interaction.answer_kind is not None:
        raise already_acknowledged()
    if state.now() - interaction.created_at > state.answer_window_s:
        raise unknown("interaction")
    return interaction


def find_answered(state: State, application_id: int, token: str) -> Interaction:
    """Find an interaction that may be followed up.

    404/10015 where there is none or it was not answered yet, 401/50027 where its token is too old.
    """
    interaction = state.interactions.get(token)
    if interaction is None or interaction.application.id != application_id:
        raise unknown("Webhook")
    if state.now() - interaction.created_at > state.token_life_s:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    if interaction.answer_kind is None:
        raise unknown("Webhook")
    return interaction


def answer(state: State, interaction: Interaction, kind: Callback, draft: Draft) -> None:
    """Take the bot's answer; `draft` holds the callback's `data`."""
    if kind not in _ALLOWED[interaction.kind] or (
        kind in (Callback.UPDATE, Callback.DEFERRED_UPDATE) and interaction.pressed is None
    ):
        raise invalid_field(
            ("type",), "INTERACTION_INVALID_CALLBACK_TYPE", "This answer does not fit the interaction."
        )
    interaction.answer_kind = kind
    match kind:
        case Callback.MESSAGE | Callback.DEFERRED_MESSAGE:
            draft.loading = kind is Callback.DEFERRED_MESSAGE
            interaction.original = _reply(state, interaction, draft)
        case Callback.UPDATE | Callback.DEFERRED_UPDATE:
            interaction.original = interaction.pressed
            if kind is Callback.UPDATE and interaction.pressed is not None:
                change(state, interaction.pressed, draft.body, draft.attachments or None)
        case Callback.CHOICES:
            interaction.choices = draft.body.get("choices") or []
        case Callback.MODAL:
            interaction.modal = draft.body
    interaction.answered.set()
    if kind not in (Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE):
        interaction.settled.set()


def follow_up(state: State, interaction: Interaction, draft: Draft) -> Message:
    """Add a further message; the first one after a deferral takes the deferred message's place."""
    original = interaction.original
    if original is not None and original.flags & Flag.LOADING:
        change(state, original, _whole(draft.body), draft.attachments)
        message = original
    else:
        message = _reply(state, interaction, draft)
        interaction.followups.append(message)
    interaction.settled.set()
    return message


def _reply(state: State, interaction: Interaction, draft: Draft) -> Message:
    draft.interaction = interaction
    if int(draft.body.get("flags") or 0) & Flag.EPHEMERAL:
        draft.seen_by = interaction.user.id
    return post(state, interaction.channel, interaction.application.user, draft)


def _whole(body: Json) -> Json:
    return {"content": "", "embeds": [], "components": [], **body}
