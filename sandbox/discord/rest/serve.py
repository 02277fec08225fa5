"""The way of every request: faults, token, limits, description, handler, answer."""

import json
import re
from typing import Any

from aiohttp import web

from sandbox.discord.attachments import Upload
from sandbox.discord.contract import load_contract
from sandbox.discord.errors import ApiError, invalid_json, not_found, unauthorized
from sandbox.discord.limits import Verdict
from sandbox.discord.nouns import Application
from sandbox.discord.rest import callbacks, channels, commands, guilds, me, messages
from sandbox.discord.rest.routing import Answer, Call, Endpoint
from sandbox.discord.state import State
from sandbox.discord.validate import check_body, read_parameters

PREFIX = "/api/v10"

ENDPOINTS: list[Endpoint] = [
    endpoint
    for resource in (me, guilds, commands, channels, messages, callbacks)
    for endpoint in resource.endpoints.all
]

_INVALID = (401, 403, 429)
_FILE = re.compile(r"files\[(\d{1,2})\]")


class ResetError(Exception):
    """The connection is to be cut instead of answered."""


class TooManyError(Exception):
    """The request meets a limit that it could not know of: one shared with others."""

    def __init__(self, wait_s: float) -> None:
        super().__init__("the sandbox was told to refuse")
        body = {"message": "The resource is being rate limited.", "retry_after": wait_s, "global": False}
        self.verdict = Verdict({"Retry-After": str(int(wait_s) + 1), "X-RateLimit-Scope": "shared"}, body)


def add_rest(app: web.Application, state: State) -> None:
    """Serve every endpoint, and Discord's 404 for all other addresses below the prefix."""

    async def let_go(_: web.Application) -> None:
        state.faults.clear()

    app.on_shutdown.append(let_go)
    fixed_first = sorted(ENDPOINTS, key=lambda endpoint: endpoint.template.replace("@", "\x00"))
    for endpoint in fixed_first:
        app.router.add_route(endpoint.method, PREFIX + endpoint.template, _Served(state, endpoint).answer)
    app.router.add_route("*", PREFIX + "/{rest:.*}", _Nowhere(state).answer)


class _Served:
    """An endpoint as aiohttp calls it."""

    def __init__(self, state: State, endpoint: Endpoint) -> None:
        self._state = state
        self._endpoint = endpoint

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Walk a request through all that may become of it."""
        state, endpoint = self._state, self._endpoint
        state.learn_address(request.host)
        verdict = Verdict({})
        cut_after = False
        try:
            cut_after = await _meet_faults(state, endpoint)
            application = _authenticate(state, endpoint, request)
            verdict = _judge(state, endpoint, request, application)
            if verdict.refused is not None:
                return _respond(state, endpoint.route, Answer(verdict.refused, 429), verdict)
            call = await _read(state, endpoint, request, application)
            result = await endpoint.handler(call)
            answer = result if isinstance(result, Answer) else Answer(result)
        except ResetError:
            return _cut(state, endpoint, request)
        except TooManyError as error:
            answer, verdict = Answer(error.verdict.refused, 429), error.verdict
        except ApiError as error:
            answer = Answer(error.body, error.status)
        return (
            _cut(state, endpoint, request) if cut_after else _respond(state, endpoint.route, answer, verdict)
        )


class _Nowhere:
    """What answers where nothing is."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Say so."""
        error = not_found()
        path = request.path.removeprefix(PREFIX)
        return _respond(
            self._state, f"{request.method} {path}", Answer(error.body, error.status), Verdict({})
        )


async def _meet_faults(state: State, endpoint: Endpoint) -> bool:
    """Suffer what waits for this route; True where the connection is to be cut at the end."""
    if state.faults.outage:
        raise ResetError
    cut_after = False
    for fault in state.faults.strike(endpoint.route):
        match fault.action:
            case "delay":
                await state.faults.hold(fault.delay_s)
            case "status" if fault.status == 429:
                raise TooManyError(fault.delay_s or 1.0)
            case "status":
                raise ApiError(fault.status, 0, f"{fault.status}: the sandbox was told to fail")
            case "reset_before":
                raise ResetError
            case _:
                cut_after = True
    return cut_after


def _authenticate(state: State, endpoint: Endpoint, request: web.Request) -> Application | None:
    """Find out who asks; 401 for a wrong token, also where none would be needed."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    application = state.application_of(token) if scheme == "Bot" and token else None
    if application is None and (endpoint.needs_token or "Authorization" in request.headers):
        raise unauthorized()
    return application


def _judge(
    state: State, endpoint: Endpoint, request: web.Request, application: Application | None
) -> Verdict:
    if state.limits.banned():
        return Verdict({"Retry-After": "600"}, {"message": "You are blocked", "code": 1015})
    bot_id = application.id if application is not None else 0
    path = dict(request.match_info)
    globally = endpoint.counts_globally and application is not None
    return state.limits.judge(bot_id, endpoint.method, endpoint.template, path, counts_globally=globally)


async def _read(
    state: State, endpoint: Endpoint, request: web.Request, application: Application | None
) -> Call:
    """Read the request and hold it against the description."""
    contract = load_contract()
    path = dict(request.match_info)
    query = read_parameters(contract, endpoint.method, endpoint.template, path, request.query)
    call = Call(state, path, query, caller=application)
    if contract.body_validator(endpoint.method, endpoint.template) is not None:
        call.body, call.files = await _read_body(request)
        check_body(contract, endpoint.method, endpoint.template, call.body)
    return call


async def _read_body(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        uploads = ((_FILE.fullmatch(name), part) for name, part in form.items())
        files = {
            int(found[1]): Upload(part.filename, part.content_type, part.file.read())
            for found, part in uploads
            if found is not None and isinstance(part, web.FileField)
        }
        return _parsed(str(form.get("payload_json", "{}"))), files
    return _parsed(await request.text() or "{}"), {}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise invalid_json() from error


def _respond(state: State, route: str, answer: Answer, verdict: Verdict) -> web.Response:
    body = answer.body
    status = 204 if body is None else answer.status
    state.counts.record(route, status, body if isinstance(body, dict) else None)
    if status in _INVALID:
        state.limits.count_invalid()
    headers = {"Via": "1.1 google", **verdict.headers}
    if isinstance(body, dict) and body.get("code") == 1015:
        del headers["Via"]  # as when Discord's front door, not Discord, refuses
    if body is None:
        return web.Response(status=status, headers=headers)
    headers["Content-Type"] = "application/json"  # without a charset: clients compare it to the letter
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)


def _cut(state: State, endpoint: Endpoint, request: web.Request) -> web.Response:
    state.counts.record_cut(endpoint.route)
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
