"""A person's value for an option: checked, and written as the bot gets it."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sandbox.discord.errors import PersonError
from sandbox.discord.nouns import Channel, Json, User
from sandbox.discord.render.people import member_json, role_json, user_json
from sandbox.discord.render.places import thread_fields
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


@dataclass(slots=True)
class Reading:
    """What is gathered while a person's options are read."""

    state: State
    channel: Channel
    user: User
    resolved: dict[str, Json] = field(default_factory=dict)

    def note(self, sort: str, ident: str, written: Json) -> None:
        """Remember what an id in the options stands for."""
        self.resolved.setdefault(sort, {})[ident] = written


def read_value(reading: Reading, option: Json, given: Any) -> Any:
    """Give the value as Discord sends it; PersonError where its client would not."""
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


def _channel(reading: Reading, option: Json, given: Any) -> str:
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
        **(thread_fields(channel) if channel.kind.is_thread else {}),
    }
    reading.note("channels", str(channel.id), written)
    return str(channel.id)


def _user(reading: Reading, option: Json, given: Any) -> str:
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


def _role(reading: Reading, option: Json, given: Any) -> str:
    guild = reading.state.guild_of(reading.channel)
    role = guild.roles.get(int(given)) if guild is not None and str(given).isdigit() else None
    if role is None:
        raise PersonError(f"{option['name']}: there is no such role.")
    reading.note("roles", str(role.id), role_json(role))
    return str(role.id)
