"""The limits of command definitions that Discord tells in words and not in its description.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

import re
from typing import Any

from sandbox.discord.errors import ApiError, invalid_field
from sandbox.discord.nouns import Json

MAX_COMMAND_TEXT = 8000
MAX_COMMANDS = 100

_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
_CHAT_INPUT = 1

Path = tuple[str | int, ...]


def check_commands(commands: list[Json], *, bulk: bool) -> None:
    """Refuse command definitions that break the naming, order or size rules."""
    names: set[tuple[int, str]] = set()
    for position, command in enumerate(commands):
        at: Path = (position,) if bulk else ()
        sort = command.get("type") or _CHAT_INPUT
        if (sort, command["name"]) in names:
            raise invalid_field(
                at, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        names.add((sort, command["name"]))
        if sort == _CHAT_INPUT:
            _check_command(command, at)
    if len(commands) > MAX_COMMANDS:
        raise ApiError(400, 30032, "Maximum number of application commands reached (100).")


def _check_command(command: Json, at: Path) -> None:
    if not command.get("description"):
        raise invalid_field((*at, "description"), "BASE_TYPE_REQUIRED", "This field is required")
    _check_name(command["name"], at)
    _check_options(command.get("options") or [], (*at, "options"))
    if _text_length(command) > MAX_COMMAND_TEXT:
        raise invalid_field(at, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")


def _check_options(options: list[Json], at: Path) -> None:
    names: set[str] = set()
    optional_seen = False
    for position, option in enumerate(options):
        path = (*at, position)
        _check_name(option["name"], path)
        if option["name"] in names:
            raise invalid_field(
                path,
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                "Option name must not be the same as any other option",
            )
        names.add(option["name"])
        if option.get("required") and optional_seen:
            raise invalid_field(
                path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")
        if option.get("autocomplete") and option.get("choices"):
            raise invalid_field(
                (*path, "autocomplete"),
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
                "Autocomplete options cannot have choices",
            )
        _check_options(option.get("options") or [], (*path, "options"))


def _check_name(name: str, at: Path) -> None:
    if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
        raise invalid_field((*at, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _text_length(described: Json) -> int:
    texts: list[Any] = [described["name"], described.get("description")]
    texts += [text for choice in described.get("choices") or [] for text in (choice["name"], choice["value"])]
    own = sum(len(text) for text in texts if isinstance(text, str))
    return own + sum(map(_text_length, described.get("options") or []))
