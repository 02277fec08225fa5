"""Messages of channels."""

from sandbox.discord.attachments import keep_attachments
from sandbox.discord.errors import (
    ApiError,
    already_crossposted,
    missing_access,
    missing_permissions,
    not_the_author,
    unknown,
    wrong_channel_kind,
)
from sandbox.discord.gateway.sessions import Intent
from sandbox.discord.message_rules import check_message
from sandbox.discord.nouns import Channel, ChannelKind, Flag, Json, Message
from sandbox.discord.permissions import Permission
from sandbox.discord.posting import Draft, change, crosspost, post, remove
from sandbox.discord.render.messages import message_json, without_content
from sandbox.discord.rest.routing import Call, Endpoints

endpoints = Endpoints()

_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_DEFAULT_PAGE = 50


@endpoints.add("POST", _MESSAGES)
async def create_message(call: Call) -> Json:
    """Post a message; the same nonce with `enforce_nonce` gives the first message again."""
    channel = call.channel()
    body: Json = call.body
    if channel.kind is ChannelKind.FORUM:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    _check_may_post(call, channel, body)
    check_message(body)
    first = _first_with_nonce(call, channel, body)
    if first is not None:
        return message_json(first)
    reply_to = _replied_to(call, channel, body)
    files = keep_attachments(call.state, channel, body, call.files)
    if channel.kind.is_thread:
        channel.archived = False
    message = post(call.state, channel, call.application.user, Draft(body, files, reply_to))
    if body.get("enforce_nonce") and message.nonce is not None:
        key = (channel.id, call.application.id, str(message.nonce))
        call.state.nonces[key] = (call.state.now(), message.id)
    return message_json(message)


@endpoints.add("GET", _MESSAGES)
async def list_messages(call: Call) -> list[Json]:
    """Give a page of messages, newest first; none at all without Read Message History."""
    channel = call.channel()
    if not call.state.may(call.application.id, channel) & Permission.READ_MESSAGE_HISTORY:
        return []
    shown = [message for message in channel.messages.values() if not message.ephemeral]
    page = _page(sorted(shown, key=lambda message: -message.id), call.query)
    return [_seen(call, message) for message in page]


@endpoints.add("GET", _MESSAGE)
async def get_message(call: Call) -> Json:
    """Give one message."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    return _seen(call, call.state.message(channel, call.id("message_id")))


@endpoints.add("PATCH", _MESSAGE)
async def edit_message(call: Call) -> Json:
    """Change one of the bot's own messages."""
    channel = call.channel()
    message = call.state.message(channel, call.id("message_id"))
    if message.author.id != call.application.id:
        raise not_the_author()
    if channel.archived:
        raise thread_archived()
    check_message(call.body, partial=True)
    files = None
    if "attachments" in call.body or call.files:
        files = keep_attachments(call.state, channel, call.body, call.files)
    change(call.state, message, call.body, files)
    return message_json(message)


@endpoints.add("DELETE", _MESSAGE)
async def delete_message(call: Call) -> None:
    """Delete one of the bot's own messages, or anybody's with Manage Messages."""
    channel = call.channel()
    message = call.state.message(channel, call.id("message_id"))
    if message.author.id != call.application.id:
        call.channel(Permission.MANAGE_MESSAGES)
    remove(call.state, message)


@endpoints.add("POST", f"{_MESSAGE}/crosspost")
async def publish_message(call: Call) -> Json:
    """Publish a message of an announcement channel, once."""
    channel = call.channel(Permission.SEND_MESSAGES)
    if channel.kind is not ChannelKind.ANNOUNCEMENT:
        raise wrong_channel_kind()
    message = call.state.message(channel, call.id("message_id"))
    if message.author.id != call.application.id:
        call.channel(Permission.MANAGE_MESSAGES)
    if message.flags & Flag.CROSSPOSTED:
        raise already_crossposted()
    crosspost(call.state, message)
    return message_json(message)


def thread_archived() -> ApiError:
    """Refuse to touch an archived thread."""
    return ApiError(400, 50083, "Thread is archived")


def _check_may_post(call: Call, channel: Channel, body: Json) -> None:
    granted = call.state.may(call.application.id, channel)
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.kind.is_thread else Permission.SEND_MESSAGES
    if body.get("embeds"):
        needed |= Permission.EMBED_LINKS
    if call.files:
        needed |= Permission.ATTACH_FILES
    if body.get("tts"):
        needed |= Permission.SEND_TTS_MESSAGES
    if granted & needed != needed:
        raise missing_permissions()
    if not all(user.accepts_dms for user in channel.recipients):
        raise ApiError(403, 50007, "Cannot send messages to this user")
    if channel.kind.is_thread and channel.locked and not granted & Permission.MANAGE_THREADS:
        raise thread_archived()


def _first_with_nonce(call: Call, channel: Channel, body: Json) -> Message | None:
    """Find the message that this nonce made already; 404/10008 where that was deleted since."""
    nonce = body.get("nonce")
    if nonce is None or not body.get("enforce_nonce"):
        return None
    used = call.state.nonces.get((channel.id, call.application.id, str(nonce)))
    if used is None or call.state.now() - used[0] > call.state.nonce_life_s:
        return None
    return call.state.message(channel, used[1])


def _replied_to(call: Call, channel: Channel, body: Json) -> Message | None:
    reference = body.get("message_reference")
    if reference is None or reference.get("type"):
        return None
    if int(reference.get("channel_id") or channel.id) != channel.id:
        raise missing_access()
    if not call.state.may(call.application.id, channel) & Permission.READ_MESSAGE_HISTORY:
        raise ApiError(400, 160002, "Cannot reply without permission to read message history")
    message = channel.messages.get(int(reference["message_id"]))
    if message is None and reference.get("fail_if_not_exists") is not False:
        raise unknown("Message")
    return message


def _page(newest_first: list[Message], query: Json) -> list[Message]:
    limit = query.get("limit", _DEFAULT_PAGE)
    if "around" in query:
        middle = int(query["around"])
        newer = [message for message in newest_first if message.id > middle][-(limit // 2) :]
        rest = [message for message in newest_first if message.id <= middle]
        return newer + rest[: limit - len(newer)]
    if "after" in query:
        return [message for message in newest_first if message.id > int(query["after"])][-limit:]
    before = int(query["before"]) if "before" in query else None
    return [message for message in newest_first if before is None or message.id < before][:limit]


def _seen(call: Call, message: Message) -> Json:
    """Write a message as this bot may read it."""
    bot = call.application
    mine = message.author.id == bot.id or bot.id in {user.id for user in message.mentions.users}
    written = message_json(message)
    open_to = mine or message.channel.guild_id is None or bot.privileged_intents & Intent.MESSAGE_CONTENT
    return written if open_to else without_content(written)
