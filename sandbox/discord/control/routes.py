"""Where each control endpoint is, and how each refuses."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.discord.control import acting, places, watching
from sandbox.discord.errors import ApiError, PersonError
from sandbox.discord.state import State

_Handler = Callable[[State, web.Request], Awaitable[web.StreamResponse]]


def add_control(app: web.Application, state: State) -> None:
    """Serve the control endpoints."""
    routes: list[tuple[str, str, _Handler]] = [
        ("GET", "/guilds", places.list_guilds),
        ("POST", "/guilds", places.add_guild),
        ("DELETE", "/guilds/{guild_id}", places.remove_from_guild),
        ("POST", "/channels", places.add_channel),
        ("PATCH", "/channels/{channel_id}", places.change_channel),
        ("DELETE", "/channels/{channel_id}", places.delete_channel),
        ("GET", "/channels/{channel_id}/messages", watching.list_messages),
        ("POST", "/messages", acting.write_message),
        ("GET", "/commands", acting.list_commands),
        ("POST", "/commands", acting.use_command),
        ("POST", "/autocomplete", acting.type_option),
        ("POST", "/components", acting.use_component),
        ("POST", "/modals", acting.submit_modal),
        ("GET", "/interactions/{interaction_id}", acting.show_interaction),
        ("GET", "/dms", watching.list_dms),
        ("GET", "/events", watching.stream_events),
        ("POST", "/faults", watching.add_fault),
        ("DELETE", "/faults", watching.clear_faults),
        ("GET", "/counts", watching.show_counts),
        ("GET", "/files/{file_id}/{name}", watching.give_file),
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
