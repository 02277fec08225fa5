"""Looking on: messages, events as they happen, counts, files; and faults."""

import asyncio
import json

from aiohttp import web

from sandbox.discord.control.asking import find_channel, read_body
from sandbox.discord.control.views import channel_view
from sandbox.discord.nouns import Json
from sandbox.discord.render.messages import message_json
from sandbox.discord.state import State
from sandbox.discord.trouble import make_trouble

_KEEP_ALIVE_S = 15.0


async def list_messages(state: State, request: web.Request) -> web.Response:
    """Give a channel's messages, oldest first, with one person's ephemeral ones."""
    channel = find_channel(state, request.match_info["channel_id"])
    user_id = int(request.query.get("user_id") or 0)
    shown = [message for message in channel.messages.values() if message.seen_by in (None, user_id)]
    return web.json_response([{**message_json(one), "ephemeral": one.ephemeral} for one in shown])


async def list_dms(state: State, request: web.Request) -> web.Response:
    """Give a person's direct-message channels."""
    user_id = int(request.query["user_id"])
    mine = [one for one in state.channels.values() if user_id in {user.id for user in one.recipients}]
    return web.json_response([channel_view(state, channel) for channel in mine])


async def stream_events(state: State, request: web.Request) -> web.StreamResponse:
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


async def add_fault(state: State, request: web.Request) -> web.Response:
    """Let something go wrong."""
    make_trouble(state, await read_body(request))
    return web.json_response({})


async def clear_faults(state: State, request: web.Request) -> web.Response:
    """Let all be well again."""
    state.faults.clear()
    return web.json_response({})


async def show_counts(state: State, request: web.Request) -> web.Response:
    """Give what was asked and answered so far."""
    return web.json_response(state.counts.json())


async def give_file(state: State, request: web.Request) -> web.Response:
    """Give an attachment."""
    content_type, content = state.files[int(request.match_info["file_id"])]
    return web.Response(body=content, content_type=content_type)
