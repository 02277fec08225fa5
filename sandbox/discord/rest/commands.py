"""Application commands: what the bot tells Discord it understands."""

from sandbox.discord.command_rules import check_commands
from sandbox.discord.errors import ApiError, missing_access, unknown
from sandbox.discord.nouns import Json
from sandbox.discord.rest.routing import Answer, Call, Endpoints

endpoints = Endpoints()

_EVERYWHERE = "/applications/{application_id}/commands"
_IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
_CHAT_INPUT = 1


@endpoints.add("GET", _EVERYWHERE)
@endpoints.add("GET", _IN_GUILD)
async def list_commands(call: Call) -> list[Json]:
    """Give all commands of the scope."""
    return list(_scope(call).values())


@endpoints.add("PUT", _EVERYWHERE)
@endpoints.add("PUT", _IN_GUILD)
async def replace_commands(call: Call) -> list[Json]:
    """Replace all commands of the scope; those that stay as they were keep their ids."""
    check_commands(call.body, bulk=True)
    scope = _scope(call)
    before = dict(scope)
    scope.clear()
    for wanted in call.body:
        _put(call, scope, _defined(call, wanted), _same(before, wanted))
    return list(scope.values())


@endpoints.add("POST", _EVERYWHERE)
@endpoints.add("POST", _IN_GUILD)
async def create_command(call: Call) -> Answer:
    """Add a command, or replace the one of that name."""
    check_commands([call.body], bulk=False)
    scope = _scope(call)
    before = _same(scope, call.body)
    return Answer(_put(call, scope, _defined(call, call.body), before), 201 if before is None else 200)


@endpoints.add("GET", f"{_EVERYWHERE}/{{command_id}}")
@endpoints.add("GET", f"{_IN_GUILD}/{{command_id}}")
async def get_command(call: Call) -> Json:
    """Give one command."""
    return _command(call)


@endpoints.add("PATCH", f"{_EVERYWHERE}/{{command_id}}")
@endpoints.add("PATCH", f"{_IN_GUILD}/{{command_id}}")
async def edit_command(call: Call) -> Json:
    """Change what the body names."""
    before = _command(call)
    merged = {**before, **call.body}
    check_commands([merged], bulk=False)
    return _put(call, _scope(call), _defined(call, merged), before)


@endpoints.add("DELETE", f"{_EVERYWHERE}/{{command_id}}")
@endpoints.add("DELETE", f"{_IN_GUILD}/{{command_id}}")
async def delete_command(call: Call) -> None:
    """Forget a command."""
    del _scope(call)[int(_command(call)["id"])]


def _scope(call: Call) -> dict[int, Json]:
    """Give the path's commands: everywhere or a server's."""
    if call.id("application_id") != call.application.id:
        raise missing_access()
    guild_id = call.id("guild_id") if "guild_id" in call.path else None
    if guild_id is not None:
        guild = call.state.guilds.get(guild_id)
        if guild is None or call.application.id not in guild.members:
            raise missing_access()
    return call.application.commands.setdefault(guild_id, {})


def _command(call: Call) -> Json:
    command = _scope(call).get(call.id("command_id"))
    if command is None:
        raise unknown("application command")
    return command


def _same(scope: dict[int, Json], wanted: Json) -> Json | None:
    """Find the command of that name and type."""
    key = (wanted["name"], wanted.get("type") or _CHAT_INPUT)
    return next((one for one in scope.values() if (one["name"], one["type"]) == key), None)


def _put(call: Call, scope: dict[int, Json], command: Json, before: Json | None) -> Json:
    """Store a command under its id; its version grows only with a change."""
    if before is not None:
        command = {"id": before["id"], "version": before["version"], **command}
    elif not call.state.limits.take_command(call.application.id):
        raise ApiError(400, 30034, "Max number of daily application command creates has been reached (200)")
    else:
        command = {"id": str(call.state.ids.new()), "version": "", **command}
    if command != before:
        command["version"] = str(call.state.ids.new())
    scope[int(command["id"])] = command
    return command


def _defined(call: Call, wanted: Json) -> Json:
    """Give a command as Discord writes it, with what it takes for granted."""
    may = wanted.get("default_member_permissions")
    command: Json = {
        "application_id": str(call.application.id),
        "type": wanted.get("type") or _CHAT_INPUT,
        "name": wanted["name"],
        "name_localizations": wanted.get("name_localizations"),
        "description": wanted.get("description") or "",
        "description_localizations": wanted.get("description_localizations"),
        "options": wanted.get("options") or [],
        "default_member_permissions": str(may) if may is not None else None,
        "dm_permission": True if wanted.get("dm_permission") is None else wanted["dm_permission"],
        "contexts": wanted.get("contexts"),
        "integration_types": wanted.get("integration_types") or [0],
        "nsfw": bool(wanted.get("nsfw")),
    }
    if "guild_id" in call.path:
        command["guild_id"] = call.path["guild_id"]
    return command
