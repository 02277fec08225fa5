"""Channels and the threads below them."""

from sandbox.discord.attachments import keep_attachments
from sandbox.discord.errors import invalid_field, missing_access, missing_permissions, wrong_channel_kind
from sandbox.discord.events import delete_channel, tell_channel
from sandbox.discord.message_rules import check_message
from sandbox.discord.nouns import Channel, ChannelKind, Flag, Json, Tag
from sandbox.discord.permissions import Permission
from sandbox.discord.posting import Draft, post
from sandbox.discord.render.messages import message_json
from sandbox.discord.render.places import channel_json
from sandbox.discord.rest.routing import Answer, Call, Endpoints

endpoints = Endpoints()

_CHANNEL = "/channels/{channel_id}"


@endpoints.add("GET", _CHANNEL)
async def get_channel(call: Call) -> Json:
    """Give a channel."""
    return channel_json(call.channel())


@endpoints.add("PATCH", _CHANNEL)
async def edit_channel(call: Call) -> Json:
    """Change a channel's name or topic, or archive, lock and tag a thread."""
    channel = call.channel()
    _check_may_edit(call, channel)
    body = call.body
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    if channel.kind.is_thread:
        channel.archived = bool(body.get("archived", channel.archived))
        channel.locked = bool(body.get("locked", channel.locked))
        if body.get("applied_tags") is not None:
            channel.applied_tags = tuple(map(int, body["applied_tags"]))
    if channel.kind is ChannelKind.FORUM and body.get("available_tags") is not None:
        channel.tags = [
            Tag(int(tag.get("id") or call.state.ids.new()), tag["name"]) for tag in body["available_tags"]
        ]
    tell_channel(call.state, channel, "THREAD_UPDATE" if channel.kind.is_thread else "CHANNEL_UPDATE")
    return channel_json(channel)


@endpoints.add("DELETE", _CHANNEL)
async def remove_channel(call: Call) -> Json:
    """Delete a channel or a thread."""
    is_thread = call.channel().kind.is_thread
    channel = call.channel(Permission.MANAGE_THREADS if is_thread else Permission.MANAGE_CHANNELS)
    delete_channel(call.state, channel)
    return channel_json(channel)


@endpoints.add("POST", f"{_CHANNEL}/typing")
async def start_typing(call: Call) -> None:
    """Show that the bot writes; nobody in the sandbox looks."""
    call.channel(Permission.SEND_MESSAGES)


@endpoints.add("POST", f"{_CHANNEL}/threads")
async def start_thread(call: Call) -> Answer:
    """Start a thread; in a forum together with its first message."""
    parent = call.channel()
    if parent.kind is not ChannelKind.FORUM:
        parent = call.channel(Permission.CREATE_PUBLIC_THREADS)
        if parent.kind.is_thread or parent.kind is ChannelKind.DM:
            raise wrong_channel_kind()
        return Answer(channel_json(_open_thread(call, parent)), 201)
    parent = call.channel(Permission.SEND_MESSAGES)
    wanted = call.body["message"]
    check_message(wanted, at=("message",))
    thread = _open_thread(call, parent)
    files = keep_attachments(call.state, thread, wanted, call.files)
    message = post(call.state, thread, call.application.user, Draft(wanted, files, message_id=thread.id))
    return Answer({**channel_json(thread), "message": message_json(message)}, 201)


@endpoints.add("POST", f"{_CHANNEL}/messages/{{message_id}}/threads")
async def start_thread_from_message(call: Call) -> Answer:
    """Start a thread below a message; it has the message's id."""
    parent = call.channel(Permission.CREATE_PUBLIC_THREADS)
    message = call.state.message(parent, call.id("message_id"))
    thread = _open_thread(call, parent, thread_id=message.id)
    message.flags |= Flag.HAS_THREAD
    return Answer(channel_json(thread), 201)


def _open_thread(call: Call, parent: Channel, thread_id: int | None = None) -> Channel:
    state = call.state
    guild = state.guild_of(parent)
    if guild is None:
        raise wrong_channel_kind()
    announces = parent.kind is ChannelKind.ANNOUNCEMENT
    ident = state.ids.new() if thread_id is None else thread_id
    thread = Channel(
        ident,
        ChannelKind.ANNOUNCEMENT_THREAD if announces else ChannelKind.PUBLIC_THREAD,
        guild.id,
        call.body["name"],
        parent_id=parent.id,
        owner_id=call.application.id,
        created_at=state.now(),
        applied_tags=_applied_tags(parent, call.body),
    )
    guild.channels[ident] = state.channels[ident] = thread
    tell_channel(state, thread, "THREAD_CREATE")
    return thread


def _applied_tags(forum: Channel, body: Json) -> tuple[int, ...]:
    applied = tuple(int(tag_id) for tag_id in body.get("applied_tags") or [])
    if forum.requires_tag and not applied:
        raise invalid_field(
            ("applied_tags",),
            "BASE_TYPE_REQUIRED",
            "A tag is required to create a forum post in this channel",
        )
    if not set(applied) <= {tag.id for tag in forum.tags}:
        raise invalid_field(("applied_tags",), "BASE_TYPE_CHOICES", "Unknown tag")
    return applied


def _check_may_edit(call: Call, channel: Channel) -> None:
    if channel.kind is ChannelKind.DM:
        raise missing_access()
    granted = call.state.may(call.application.id, channel)
    needed = Permission.MANAGE_THREADS if channel.kind.is_thread else Permission.MANAGE_CHANNELS
    own = channel.kind.is_thread and channel.owner_id == call.application.id and not channel.locked
    if not own and not granted & needed:
        raise missing_permissions()
