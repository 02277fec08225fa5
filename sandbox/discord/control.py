"""The JSON endpoints under /sandbox: what the page and the tests see and do. See the package's docstring."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.discord import events, people, world
from sandbox.discord.errors import ApiError, PersonError
from sandbox.discord.nouns import Channel, ChannelKind, Guild, Json, Overwrite, User
from sandbox.discord.permissions import Permission
from sandbox.discord.render.messages import message_json
from sandbox.discord.render.people import role_json, user_json
from sandbox.discord.render.places import channel_json
from sandbox.discord.state import State
from sandbox.discord.trouble import make_trouble

_Handler = Callable[[State, web.Request], Awaitable[web.StreamResponse]]
_KEEP_ALIVE_S = 15.0


def add_control(app: web.Application, state: State) -> None:
    """Serve the control endpoints."""
    routes: list[tuple[str, str, _Handler]] = [
        ("GET", "/guilds", _list_guilds),
        ("POST", "/guilds", _add_guild),
        ("DELETE", "/guilds/{guild_id}", _remove_from_guild),
        ("POST", "/channels", _add_channel),
        ("PATCH", "/channels/{channel_id}", _change_channel),
        ("DELETE", "/channels/{channel_id}", _delete_channel),
        ("GET", "/channels/{channel_id}/messages", _list_messages),
        ("POST", "/messages", _write_message),
        ("GET", "/commands", _list_commands),
        ("POST", "/commands", _use_command),
        ("POST", "/autocomplete", _type_option),
        ("POST", "/components", _use_component),
        ("POST", "/modals", _submit_modal),
        ("GET", "/interactions/{interaction_id}", _show_interaction),
        ("GET", "/dms", _list_dms),
        ("GET", "/events", _stream_events),
        ("POST", "/faults", _add_fault),
        ("DELETE", "/faults", _clear_faults),
        ("GET", "/counts", _show_counts),
        ("GET", "/files/{file_id}/{name}", _give_file),
    ]

    async def end_streams(_: web.Application) -> None:
        for stream in list(state.hub.streams):
            stream.cancel()

    app.on_shutdown.append(end_streams)
    for method, path, handler in routes:
        app.router.add_route(method, f"/sandbox{path}", _guarded(state, handler))


def _guarded(state: State, handler: _Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Turn what cannot be into a sentence: 400 for a mistake, 404 for an unknown id."""

    async def answer(request: web.Request) -> web.StreamResponse:
        state.learn_address(request.host)
        try:
            return await handler(state, request)
        except PersonError as error:
            return web.json_response({"status": "refused", "reason": str(error)}, status=400)
        except ApiError as error:
            return web.json_response({"status": "refused", "reason": str(error)}, status=error.status)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"status": "refused", "reason": f"bad request: {error}"}, status=400)

    return answer


async def _list_guilds(state: State, request: web.Request) -> web.Response:
    return web.json_response([guild_view(state, guild) for guild in state.guilds.values()])


async def _add_guild(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    robin, sam = state.users[world.ROBIN_ID], state.users[world.SAM_ID]
    if "guild_id" in asked:
        guild = _guild(state, asked["guild_id"])
    else:
        guild = world.found_guild(state, asked.get("name") or "Another server", owner=robin, members=(sam,))
        for name in asked.get("channels") or []:
            world.add_channel(state, guild, name)
    application = state.applications[int(asked.get("bot_id") or world.DEFAULT_BOT_ID)]
    if application.id not in guild.members:
        permissions = asked.get("permissions")
        events.join_guild(state, guild, application, int(permissions) if permissions is not None else None)
    return web.json_response(guild_view(state, guild))


async def _remove_from_guild(state: State, request: web.Request) -> web.Response:
    guild = _guild(state, request.match_info["guild_id"])
    for application in [one for one in state.applications.values() if one.id in guild.members]:
        events.leave_guild(state, guild, application)
    return web.json_response(guild_view(state, guild))


async def _add_channel(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    guild = _guild(state, asked["guild_id"])
    kind = ChannelKind[str(asked.get("kind") or "text").upper()]
    channel = world.add_channel(state, guild, asked["name"], kind, tags=tuple(asked.get("tags") or ()))
    events.tell_channel(state, channel, "CHANNEL_CREATE")
    return web.json_response(channel_view(state, channel))


async def _change_channel(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    channel = _channel(state, request.match_info["channel_id"])
    channel.name = asked.get("name", channel.name)
    channel.archived = bool(asked.get("archived", channel.archived))
    channel.locked = bool(asked.get("locked", channel.locked))
    channel.requires_tag = bool(asked.get("requires_tag", channel.requires_tag))
    ident = int(asked.get("overwrite_id") or world.DEFAULT_BOT_ID)
    if "allow" in asked or "deny" in asked:
        kind = 1 if ident in state.users else 0
        allow, deny = bits(asked.get("allow", 0)), bits(asked.get("deny", 0))
        channel.overwrites[ident] = Overwrite(ident, kind, allow, deny)
    events.tell_channel(state, channel, "THREAD_UPDATE" if channel.kind.is_thread else "CHANNEL_UPDATE")
    return web.json_response(channel_view(state, channel))


async def _delete_channel(state: State, request: web.Request) -> web.Response:
    events.delete_channel(state, _channel(state, request.match_info["channel_id"]))
    return web.json_response({})


async def _list_messages(state: State, request: web.Request) -> web.Response:
    channel = _channel(state, request.match_info["channel_id"])
    user_id = int(request.query.get("user_id") or 0)
    shown = [message for message in channel.messages.values() if message.seen_by in (None, user_id)]
    return web.json_response([{**message_json(one), "ephemeral": one.ephemeral} for one in shown])


async def _write_message(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    channel, user = _channel(state, asked["channel_id"]), _user(state, asked)
    return web.json_response(message_json(people.write(state, channel, user, str(asked["content"]))))


async def _list_commands(state: State, request: web.Request) -> web.Response:
    guild_id = int(request.query["guild_id"]) if "guild_id" in request.query else None
    return web.json_response(registered_commands(state, guild_id))


async def _use_command(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    outcome = await people.use_command(
        state,
        _channel(state, asked["channel_id"]),
        _user(state, asked),
        str(asked["name"]),
        asked.get("options") or {},
        timeout_s=float(asked.get("timeout_s") or people.ANSWER_TIMEOUT_S),
    )
    return web.json_response(outcome)


async def _type_option(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    focused = str(asked["focused"])
    options = {**(asked.get("options") or {}), focused: str(asked.get("typed", ""))}
    channel, user = _channel(state, asked["channel_id"]), _user(state, asked)
    outcome = await people.type_option(state, channel, user, str(asked["name"]), options, focused)
    return web.json_response(outcome)


async def _use_component(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    message_id = int(asked["message_id"])
    message = next(
        (one.messages[message_id] for one in state.channels.values() if message_id in one.messages), None
    )
    if message is None:
        raise PersonError("There is no such message.")
    outcome = await people.use_component(
        state,
        message,
        _user(state, asked),
        str(asked["custom_id"]),
        asked.get("values"),
        timeout_s=float(asked.get("timeout_s") or people.ANSWER_TIMEOUT_S),
    )
    return web.json_response(outcome)


async def _submit_modal(state: State, request: web.Request) -> web.Response:
    asked = await _body(request)
    interaction = people.find_interaction(state, int(asked["interaction_id"]))
    values = asked.get("values") or {}
    return web.json_response(await people.submit_modal(state, interaction, _user(state, asked), values))


async def _show_interaction(state: State, request: web.Request) -> web.Response:
    interaction = people.find_interaction(state, int(request.match_info["interaction_id"]))
    return web.json_response(people.outcome_json(interaction))


async def _list_dms(state: State, request: web.Request) -> web.Response:
    user_id = int(request.query["user_id"])
    mine = [one for one in state.channels.values() if user_id in {user.id for user in one.recipients}]
    return web.json_response([channel_view(state, channel) for channel in mine])


async def _stream_events(state: State, request: web.Request) -> web.StreamResponse:
    """Stream what happens to messages as server-sent events until the page goes away."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    waiting: asyncio.Queue[Json] = asyncio.Queue()
    user_id = request.query.get("user_id")
    state.hub.watchers[waiting] = int(user_id) if user_id else None
    stream = asyncio.current_task()
    if stream is not None:
        state.hub.streams.add(stream)
        stream.add_done_callback(state.hub.streams.discard)
    try:
        await response.write(b": watching\n\n")
        while True:
            try:
                happening = await asyncio.wait_for(waiting.get(), _KEEP_ALIVE_S)
                await response.write(f"data: {json.dumps(happening)}\n\n".encode())
            except TimeoutError:
                await response.write(b": still here\n\n")
    except ConnectionError:
        return response
    finally:
        del state.hub.watchers[waiting]


async def _add_fault(state: State, request: web.Request) -> web.Response:
    make_trouble(state, await _body(request))
    return web.json_response({})


async def _clear_faults(state: State, request: web.Request) -> web.Response:
    state.faults.clear()
    return web.json_response({})


async def _show_counts(state: State, request: web.Request) -> web.Response:
    return web.json_response(state.counts.json())


async def _give_file(state: State, request: web.Request) -> web.Response:
    content_type, content = state.files[int(request.match_info["file_id"])]
    return web.Response(body=content, content_type=content_type)


def guild_view(state: State, guild: Guild) -> Json:
    """Write a server as the page needs it: with its channels, and the people whom one can act as."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "has_bot": any(member.user.bot for member in guild.members.values()),
        "channels": [channel_view(state, channel) for channel in guild.channels.values()],
        "people": [user_json(one.user) for one in guild.members.values() if not one.user.bot],
        "roles": [role_json(role) for role in guild.roles.values()],
    }


def channel_view(state: State, channel: Channel) -> Json:
    """Write a channel with its kind as a word and what the bot may do in it."""
    bots = state.bots_in(channel)
    granted = state.may(bots[0].id, channel) if bots else 0
    may = [str(one.name).lower() for one in Permission if granted & one]
    return {**channel_json(channel), "kind": channel.kind.name.lower(), "bot_may": may}


def registered_commands(state: State, guild_id: int | None) -> list[Json]:
    """Give what can be typed in a server: its own commands and those for everywhere, by name."""
    scopes = [
        commands
        for application in state.applications.values()
        for scope, commands in application.commands.items()
        if scope is None or scope == guild_id
    ]
    return sorted((one for scope in scopes for one in scope.values()), key=lambda one: str(one["name"]))


def bits(permissions: int | str | list[str]) -> int:
    """Read permissions: a number, or their names in a list (`["view_channel"]`)."""
    if isinstance(permissions, list):
        return sum(Permission[name.upper()] for name in permissions)
    return int(permissions)


async def _body(request: web.Request) -> Json:
    body: Any = await request.json()
    if not isinstance(body, dict):
        raise PersonError("Send a JSON object.")
    return body


def _guild(state: State, guild_id: Any) -> Guild:
    guild = state.guilds.get(int(guild_id))
    if guild is None:
        raise PersonError("There is no such server.")
    return guild


def _channel(state: State, channel_id: Any) -> Channel:
    return state.channel(int(channel_id))


def _user(state: State, asked: Json) -> User:
    user = state.users.get(int(asked["user_id"]))
    if user is None:
        raise PersonError("There is no such person.")
    return user
