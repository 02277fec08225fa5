"""A person's slash command, matched with what the bot registered and written as the bot gets it."""

from dataclasses import dataclass

from sandbox.discord.errors import PersonError
from sandbox.discord.nouns import Application, Channel, Json, User
from sandbox.discord.option_values import OptionKind, Reading, read_value
from sandbox.discord.state import State

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
    reading = Reading(state, channel, user)
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
                one["value"] = read_value(reading, option, given[name])
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
