"""A person's slash command, matched with what the bot registered and written as the bot gets it."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sandbox.discord.errors import PersonError
from sandbox.discord.nouns import Application, Channel, Json, User
from sandbox.discord.render.people import member_json, role_json, user_json
from sandbox.discord.state import State


class OptionKind(IntEnum):
    """Discord's option types."""

    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10


_GROUPS = (OptionKind.SUB_COMMAND, OptionKind.SUB_COMMAND_GROUP)
_CHAT_INPUT = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A registered command with the way down to the subcommand that was named."""

    application: Application
    command: Json
    way: tuple[Json, ...]

    @property
    def options(self) -> list[Json]:
        """The options of the innermost subcommand."""
        innermost = self.way[-1] if self.way else self.command
        options: list[Json] = innermost.get("options") or []
        return options


@dataclass(slots=True)
class _Reading:
    """What is gathered while a person's options are read."""

    state: State
    channel: Channel
    user: User
    resolved: dict[str, Json] = field(default_factory=dict)

    def note(self, sort: str, ident: str, written: Json) -> None:
        """Remember what an id in the options stands for."""
        self.resolved.setdefault(sort, {})[ident] = written


def find_command(state: State, channel: Channel, name: str) -> Found:
    """Find the command that `name` names; the server's own before those for everywhere."""
    first, *rest = name.split() or [""]
    for application in state.bots_in(channel):
        scopes = [application.commands.get(channel.guild_id, {}), application.commands.get(None, {})]
        for command in (one for scope in scopes for one in scope.values()):
            if command["name"] == first and command["type"] == _CHAT_INPUT:
                return Found(application, command, _way(command, rest))
    raise PersonError(f"There is no command /{name}.")


def read_options(
    state: State, channel: Channel, user: User, found: Found, given: Json, *, focused: str | None = None
) -> Json:
    """Write the interaction's `data`; `focused` is the option that is being typed into.

    PersonError for what Discord's client would not send: an unknown option, a missing one (unless
    the person still types), a value of the wrong kind or out of bounds.
    """
    reading = _Reading(state, channel, user)
    known = {option["name"]: option for option in found.options}
    strange = given.keys() - known.keys()
    if strange:
        raise PersonError(f"There is no option {', '.join(sorted(strange))}.")
    written: list[Json] = []
    for name, option in known.items():
        if name in given and given[name] is not None:
            one: Json = {"name": name, "type": option["type"]}
            if name == focused:
                one |= {"value": str(given[name]), "focused": True}
            else:
                one["value"] = _value(reading, option, given[name])
            written.append(one)
        elif option.get("required") and focused is None:
            raise PersonError(f"The option {name} is required.")
    if focused is not None and not known.get(focused, {}).get("autocomplete"):
        raise PersonError(f"The option {focused} has no autocomplete.")
    for step in reversed(found.way):
        written = [{"name": step["name"], "type": step["type"], "options": written}]
    return _asked(found, channel, written, reading.resolved)


def _asked(found: Found, channel: Channel, options: list[Json], resolved: dict[str, Json]) -> Json:
    asked: Json = {"id": found.command["id"], "name": found.command["name"], "type": found.command["type"]}
    if "guild_id" in found.command:
        asked["guild_id"] = str(channel.guild_id)
    if options:
        asked["options"] = options
    if resolved:
        asked["resolved"] = resolved
    return asked


def _way(command: Json, names: list[str]) -> tuple[Json, ...]:
    steps: list[Json] = []
    options: list[Json] = command.get("options") or []
    for name in names:
        step = next((one for one in options if one["name"] == name and one["type"] in _GROUPS), None)
        if step is None:
            raise PersonError(f"There is no command /{command['name']} {' '.join(names)}.")
        steps.append(step)
        options = step.get("options") or []
    if any(option["type"] in _GROUPS for option in options):
        raise PersonError(f"/{command['name']} needs a subcommand.")
    return tuple(steps)


def _value(reading: _Reading, option: Json, given: Any) -> Any:
    choices = option.get("choices") or []
    if choices and given not in [choice["value"] for choice in choices]:
        raise PersonError(f"{given!r} is no choice of {option['name']}.")
    match OptionKind(option["type"]):
        case OptionKind.STRING:
            return _text(option, given)
        case OptionKind.INTEGER | OptionKind.NUMBER as kind:
            return _number(option, given, whole=kind is OptionKind.INTEGER)
        case OptionKind.BOOLEAN:
            return _boolean(option, given)
        case OptionKind.CHANNEL:
            return _channel(reading, option, given)
        case OptionKind.USER:
            return _user(reading, option, given)
        case OptionKind.ROLE:
            return _role(reading, option, given)
        case OptionKind.MENTIONABLE:
            is_user = str(given).isdigit() and int(given) in reading.state.users
            return (_user if is_user else _role)(reading, option, given)
        case _:
            raise PersonError(f"{option['name']} cannot be given here.")


def _text(option: Json, given: Any) -> str:
    text = str(given)
    least, most = option.get("min_length") or 0, option.get("max_length") or 6000
    if not least <= len(text) <= most:
        raise PersonError(f"{option['name']} needs {least} to {most} characters.")
    return text


def _number(option: Json, given: Any, *, whole: bool) -> int | float:
    try:
        number = int(given) if whole else float(given)
    except (TypeError, ValueError) as error:
        raise PersonError(f"{option['name']} needs a number.") from error
    least, most = option.get("min_value"), option.get("max_value")
    if (least is not None and number < least) or (most is not None and number > most):
        raise PersonError(f"{option['name']} is out of bounds.")
    return number


def _boolean(option: Json, given: Any) -> bool:
    if not isinstance(given, bool):
        raise PersonError(f"{option['name']} is true or false.")
    return given


def _channel(reading: _Reading, option: Json, given: Any) -> str:
    state = reading.state
    channel = state.channels.get(int(given)) if str(given).isdigit() else None
    kinds = option.get("channel_types") or []
    if channel is None or channel.guild_id != reading.channel.guild_id:
        raise PersonError("There is no such channel.")
    if kinds and channel.kind not in kinds:
        raise PersonError(f"{option['name']} cannot be a channel of this kind.")
    written = {
        "id": str(channel.id),
        "name": channel.name,
        "type": int(channel.kind),
        "permissions": str(state.may(reading.user.id, channel)),
        "parent_id": str(channel.parent_id) if channel.parent_id else None,
    }
    reading.note("channels", str(channel.id), written)
    return str(channel.id)


def _user(reading: _Reading, option: Json, given: Any) -> str:
    user = reading.state.users.get(int(given)) if str(given).isdigit() else None
    if user is None:
        raise PersonError(f"{option['name']}: there is no such person.")
    reading.note("users", str(user.id), user_json(user))
    guild = reading.state.guild_of(reading.channel)
    if guild is not None and user.id in guild.members:
        member = member_json(guild.members[user.id], with_user=False)
        member["permissions"] = str(reading.state.may(user.id, reading.channel))
        reading.note("members", str(user.id), member)
    return str(user.id)


def _role(reading: _Reading, option: Json, given: Any) -> str:
    guild = reading.state.guild_of(reading.channel)
    role = guild.roles.get(int(given)) if guild is not None and str(given).isdigit() else None
    if role is None:
        raise PersonError(f"{option['name']}: there is no such role.")
    reading.note("roles", str(role.id), role_json(role))
    return str(role.id)
