"""Answers to interactions and their follow-ups; the address's token is the permission."""

from sandbox.discord.attachments import keep_attachments
from sandbox.discord.errors import unknown
from sandbox.discord.interactions import Callback, answer, find_answered, find_asked, follow_up
from sandbox.discord.message_rules import check_message
from sandbox.discord.nouns import Flag, Interaction, Json, Message
from sandbox.discord.posting import Draft, change, remove
from sandbox.discord.render.messages import message_json
from sandbox.discord.rest.routing import Answer, Call, Endpoints

endpoints = Endpoints()

_FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
_WITH_MESSAGE = (Callback.MESSAGE, Callback.UPDATE)


@endpoints.add(
    "POST",
    "/interactions/{interaction_id}/{interaction_token}/callback",
    needs_token=False,
    counts_globally=False,
)
async def create_response(call: Call) -> Answer:
    """Take the answer; with `with_response` it is given back with the message that it made."""
    interaction = find_asked(call.state, call.id("interaction_id"), call.path["interaction_token"])
    kind = Callback(call.body["type"])
    body: Json = call.body.get("data") or {}
    if kind in _WITH_MESSAGE:
        check_message(body, at=("data",), partial=kind is Callback.UPDATE)
    files = keep_attachments(call.state, interaction.channel, body, call.files) if call.files else []
    answer(call.state, interaction, kind, Draft(body, files))
    return Answer(_response_json(interaction)) if call.query.get("with_response") else Answer(status=204)


@endpoints.add("POST", _FOLLOW_UP, needs_token=False, counts_globally=False)
async def create_followup(call: Call) -> Json:
    """Add a further message."""
    interaction = _interaction(call)
    check_message(call.body)
    files = keep_attachments(call.state, interaction.channel, call.body, call.files)
    return message_json(follow_up(call.state, interaction, Draft(call.body, files)))


@endpoints.add("GET", f"{_FOLLOW_UP}/messages/@original", needs_token=False, counts_globally=False)
@endpoints.add("GET", f"{_FOLLOW_UP}/messages/{{message_id}}", needs_token=False, counts_globally=False)
async def get_answer(call: Call) -> Json:
    """Give the answer or a follow-up."""
    return message_json(_message(call, _interaction(call)))


@endpoints.add("PATCH", f"{_FOLLOW_UP}/messages/@original", needs_token=False, counts_globally=False)
@endpoints.add("PATCH", f"{_FOLLOW_UP}/messages/{{message_id}}", needs_token=False, counts_globally=False)
async def edit_answer(call: Call) -> Json:
    """Change the answer or a follow-up; a deferred answer becomes visible by this."""
    interaction = _interaction(call)
    message = _message(call, interaction)
    check_message(call.body, partial=True)
    files = None
    if "attachments" in call.body or call.files:
        files = keep_attachments(call.state, interaction.channel, call.body, call.files)
    change(call.state, message, call.body, files)
    interaction.settled.set()
    return message_json(message)


@endpoints.add("DELETE", f"{_FOLLOW_UP}/messages/@original", needs_token=False, counts_globally=False)
@endpoints.add("DELETE", f"{_FOLLOW_UP}/messages/{{message_id}}", needs_token=False, counts_globally=False)
async def delete_answer(call: Call) -> None:
    """Take the answer or a follow-up back."""
    interaction = _interaction(call)
    remove(call.state, _message(call, interaction))
    interaction.settled.set()


def _interaction(call: Call) -> Interaction:
    return find_answered(call.state, call.id("webhook_id"), call.path["webhook_token"])


def _message(call: Call, interaction: Interaction) -> Message:
    if "message_id" not in call.path:
        message = interaction.original
    else:
        mine = [*interaction.followups, interaction.original]
        message = next((one for one in mine if one and one.id == call.id("message_id")), None)
    if message is None or message.id not in message.channel.messages:
        raise unknown("Message")
    return message


def _response_json(interaction: Interaction) -> Json:
    message = interaction.original
    told: Json = {
        "interaction": {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "response_message_id": str(message.id) if message is not None else None,
            "response_message_loading": bool(message is not None and message.flags & Flag.LOADING),
            "response_message_ephemeral": bool(message is not None and message.ephemeral),
        }
    }
    if interaction.answer_kind in _WITH_MESSAGE and message is not None:
        told["resource"] = {"type": interaction.answer_kind, "message": message_json(message)}
    elif interaction.answer_kind != Callback.CHOICES:
        told["resource"] = {"type": interaction.answer_kind}
    return told
