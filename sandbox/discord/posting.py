"""Making, changing and deleting messages: the one place, whoever asks, and everybody is told."""

from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

from sandbox.discord.gateway.sessions import Intent
from sandbox.discord.mentions import read_mentions
from sandbox.discord.message_rules import walk_components
from sandbox.discord.nouns import Channel, Flag, Interaction, Json, Mentions, Message, User
from sandbox.discord.permissions import EVERYTHING
from sandbox.discord.render.messages import event_json, message_json, without_content
from sandbox.discord.state import State

_REPLY, _COMMAND_ANSWER = 19, 20
_SENDER_SETS = Flag.SUPPRESS_EMBEDS | Flag.EPHEMERAL | Flag.COMPONENTS_V2 | 1 << 12  # 1 << 12: silent


@dataclass(slots=True)
class Draft:
    """What somebody wants to write: a checked message body and what came with it."""

    body: Json
    attachments: list[Json] = field(default_factory=list)
    reply_to: Message | None = None
    interaction: Interaction | None = None
    seen_by: int | None = None
    loading: bool = False
    """A command's answer that is still to come."""
    message_id: int | None = None
    """What begins a forum's post has the id of its thread."""


def post(state: State, channel: Channel, author: User, draft: Draft) -> Message:
    """Add a message and tell everybody who may know."""
    body = draft.body
    message = Message(
        draft.message_id or state.ids.new(),
        channel,
        author,
        state.now(),
        kind=_REPLY if draft.reply_to else _COMMAND_ANSWER if draft.interaction else 0,
        content=(body.get("content") or "").strip(),
        embeds=_shown_embeds(body.get("embeds") or []),
        components=_numbered(body.get("components") or []),
        attachments=draft.attachments,
        flags=(int(body.get("flags") or 0) & _SENDER_SETS) | (Flag.LOADING if draft.loading else 0),
        nonce=body.get("nonce"),
        reply_to=draft.reply_to,
        reference=_reference(draft.reply_to),
        interaction=draft.interaction,
        seen_by=draft.seen_by,
    )
    message.mentions = _mentions(state, message, body.get("allowed_mentions"))
    channel.messages[message.id] = message
    _announce(state, message, "MESSAGE_CREATE")
    return message


def change(state: State, message: Message, body: Json, attachments: list[Json] | None = None) -> None:
    """Change what the body names and leave the rest; no longer loading then."""
    if "content" in body:
        message.content = (body["content"] or "").strip()
        message.mentions = _mentions(state, message, body.get("allowed_mentions"))
    if "embeds" in body:
        message.embeds = _shown_embeds(body["embeds"] or [])
    if "components" in body:
        message.components = _numbered(body["components"] or [])
    if body.get("flags") is not None:
        kept = message.flags & ~(Flag.SUPPRESS_EMBEDS | Flag.COMPONENTS_V2)
        message.flags = kept | int(body["flags"]) & (Flag.SUPPRESS_EMBEDS | Flag.COMPONENTS_V2)
    if attachments is not None:
        message.attachments = attachments
    if message.flags & Flag.LOADING:
        message.flags &= ~Flag.LOADING
    else:
        message.edited_at = state.now()
    _announce(state, message, "MESSAGE_UPDATE")


def remove(state: State, message: Message) -> None:
    """Delete a message."""
    channel = message.channel
    channel.messages.pop(message.id, None)
    told = {"id": str(message.id), "channel_id": str(channel.id)}
    if not message.ephemeral:
        about = {**told, "guild_id": str(channel.guild_id)} if channel.guild_id else told
        state.hub.tell_bots(
            state.bots_in(channel), "MESSAGE_DELETE", about, channel.guild_id, _intent(channel)
        )
    state.hub.tell_pages({"type": "message_deleted", **told}, message.seen_by)


def crosspost(state: State, message: Message) -> None:
    """Publish a message of an announcement channel."""
    message.flags |= Flag.CROSSPOSTED
    _announce(state, message, "MESSAGE_UPDATE")


def _reference(reply_to: Message | None) -> Json | None:
    if reply_to is None:
        return None
    written: Json = {"type": 0, "channel_id": str(reply_to.channel.id), "message_id": str(reply_to.id)}
    if reply_to.channel.guild_id is not None:
        written["guild_id"] = str(reply_to.channel.guild_id)
    return written


def _numbered(components: list[Json]) -> list[Json]:
    """Give the components with the ids that Discord adds where the bot gave none."""
    taken = {one["id"] for _, one in walk_components(components) if one.get("id")}
    free = (number for number in count(1) if number not in taken)
    numbered = deepcopy(components)
    for _, component in walk_components(numbered):
        component["id"] = component.get("id") or next(free)
    return numbered


def _mentions(state: State, message: Message, allowed: Json | None) -> Mentions:
    if message.interaction is not None and allowed is None:
        allowed = {"parse": ["users"]}  # what Discord takes for granted with interactions
    return read_mentions(
        message.content,
        allowed,
        state.users,
        state.guild_of(message.channel),
        may=EVERYTHING if message.interaction is not None else state.may(message.author.id, message.channel),
        replied_to=message.reply_to.author if message.reply_to is not None else None,
    )


def _shown_embeds(embeds: list[Json]) -> list[Json]:
    """Give the embeds as Discord keeps them: typed, trimmed, without what is null."""
    return [{"type": "rich", **_tidied(embed)} for embed in embeds]


def _tidied(embed: Json) -> Json:
    kept: Json = {}
    for key, part in embed.items():
        if part is None or key == "flags":
            continue
        if isinstance(part, dict):
            kept[key] = _tidied(part)
        elif key == "fields":
            kept[key] = [{"inline": False, **_tidied(one)} for one in part]
        elif key == "color":
            kept[key] = int(part)
        else:
            kept[key] = part.strip() if isinstance(part, str) else part
    return kept


def _announce(state: State, message: Message, event: str) -> None:
    channel = message.channel
    if not message.ephemeral:
        whole = event_json(message, state.guild_of(channel))
        mentioned = {user.id for user in message.mentions.users}
        for application in state.bots_in(channel):
            for session in state.hub.sessions_of(application):
                if not session.hears_guild(channel.guild_id) or not session.intents & _intent(channel):
                    continue
                mine = application.id in {message.author.id, *mentioned} or channel.guild_id is None
                open_to = mine or session.intents & Intent.MESSAGE_CONTENT
                session.dispatch(event, whole if open_to else without_content(whole))
    happening = "message_created" if event == "MESSAGE_CREATE" else "message_edited"
    told = {"type": happening, "channel_id": str(channel.id), "message": message_json(message)}
    state.hub.tell_pages(told, message.seen_by)


def _intent(channel: Channel) -> Intent:
    return Intent.DIRECT_MESSAGES if channel.guild_id is None else Intent.GUILD_MESSAGES
