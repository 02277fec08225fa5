"""What a control request names: its body, and the things in it."""

from typing import Any

from aiohttp import web

from sandbox.discord.errors import PersonError
from sandbox.discord.nouns import Channel, Guild, Json, User
from sandbox.discord.state import State


async def read_body(request: web.Request) -> Json:
    """Read a request's JSON object."""
    body: Any = await request.json()
    if not isinstance(body, dict):
        raise PersonError("Send a JSON object.")
    return body


def find_guild(state: State, guild_id: Any) -> Guild:
    """Find a server by its id."""
    guild = state.guilds.get(int(guild_id))
    if guild is None:
        raise PersonError("There is no such server.")
    return guild


def find_channel(state: State, channel_id: Any) -> Channel:
    """Find a channel by its id."""
    return state.channel(int(channel_id))


def find_user(state: State, asked: Json) -> User:
    """Find the person whom the request acts for."""
    user = state.users.get(int(asked["user_id"]))
    if user is None:
        raise PersonError("There is no such person.")
    return user
