"""What people do: write, use commands, type, press, fill in."""

from aiohttp import web

from sandbox.discord import people
from sandbox.discord.control.asking import find_channel, find_user, read_body
from sandbox.discord.control.views import registered_commands
from sandbox.discord.errors import PersonError
from sandbox.discord.outcomes import find_interaction, outcome_json
from sandbox.discord.render.messages import message_json
from sandbox.discord.state import State


async def write_message(state: State, request: web.Request) -> web.Response:
    """Let a person write."""
    asked = await read_body(request)
    channel, user = find_channel(state, asked["channel_id"]), find_user(state, asked)
    return web.json_response(message_json(people.write(state, channel, user, str(asked["content"]))))


async def list_commands(state: State, request: web.Request) -> web.Response:
    """Give the commands that a person could use."""
    guild_id = int(request.query["guild_id"]) if "guild_id" in request.query else None
    return web.json_response(registered_commands(state, guild_id))


async def use_command(state: State, request: web.Request) -> web.Response:
    """Let a person use a command, and give the outcome."""
    asked = await read_body(request)
    outcome = await people.use_command(
        state,
        find_channel(state, asked["channel_id"]),
        find_user(state, asked),
        str(asked["name"]),
        asked.get("options") or {},
        timeout_s=float(asked.get("timeout_s") or people.ANSWER_TIMEOUT_S),
    )
    return web.json_response(outcome)


async def type_option(state: State, request: web.Request) -> web.Response:
    """Let a person type into an option, and give the choices."""
    asked = await read_body(request)
    focused = str(asked["focused"])
    options = {**(asked.get("options") or {}), focused: str(asked.get("typed", ""))}
    channel, user = find_channel(state, asked["channel_id"]), find_user(state, asked)
    outcome = await people.type_option(state, channel, user, str(asked["name"]), options, focused)
    return web.json_response(outcome)


async def use_component(state: State, request: web.Request) -> web.Response:
    """Let a person press or choose, and give the outcome."""
    asked = await read_body(request)
    message_id = int(asked["message_id"])
    message = next(
        (one.messages[message_id] for one in state.channels.values() if message_id in one.messages), None
    )
    if message is None:
        raise PersonError("There is no such message.")
    outcome = await people.use_component(
        state,
        message,
        find_user(state, asked),
        str(asked["custom_id"]),
        asked.get("values"),
        timeout_s=float(asked.get("timeout_s") or people.ANSWER_TIMEOUT_S),
    )
    return web.json_response(outcome)


async def submit_modal(state: State, request: web.Request) -> web.Response:
    """Let a person submit a modal, and give the outcome."""
    asked = await read_body(request)
    interaction = find_interaction(state, int(asked["interaction_id"]))
    values = asked.get("values") or {}
    return web.json_response(await people.submit_modal(state, interaction, find_user(state, asked), values))


async def show_interaction(state: State, request: web.Request) -> web.Response:
    """Give an outcome as it stands now."""
    interaction = find_interaction(state, int(request.match_info["interaction_id"]))
    return web.json_response(outcome_json(interaction))
