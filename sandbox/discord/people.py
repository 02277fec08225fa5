"""What people do in the sandbox: use commands, type into options, press components, fill modals in.

Here Discord's own client is stood in for too, so what it would not let a person do is refused
with PersonError and never reaches the bot.
"""

from sandbox.discord.command_options import Found, find_command, read_options
from sandbox.discord.errors import PersonError
from sandbox.discord.interactions import new_token
from sandbox.discord.nouns import (
    Application,
    Channel,
    Interaction,
    InteractionKind,
    Json,
    Message,
    User,
)
from sandbox.discord.outcomes import outcome
from sandbox.discord.permissions import Permission
from sandbox.discord.posting import Draft, post
from sandbox.discord.state import State

ANSWER_TIMEOUT_S = 15.0
_STRING_SELECT = 3


async def use_command(
    state: State,
    channel: Channel,
    user: User,
    name: str,
    options: Json,
    *,
    timeout_s: float = ANSWER_TIMEOUT_S,
) -> Json:
    """Use the slash command `name` (`"follow"`, `"setup channel"`), and give what the person sees of it."""
    found = _findable(state, channel, user, name)
    asked = read_options(state, channel, user, found, options)
    interaction = _new(state, InteractionKind.COMMAND, found.application, user, channel, asked)
    interaction.command_name = name
    return await outcome(state, interaction, timeout_s)


async def type_option(
    state: State, channel: Channel, user: User, name: str, options: Json, focused: str
) -> Json:
    """Type into the option `focused`, whose present text is in `options`; gives an outcome with `choices`."""
    found = _findable(state, channel, user, name)
    asked = read_options(state, channel, user, found, options, focused=focused)
    interaction = _new(state, InteractionKind.AUTOCOMPLETE, found.application, user, channel, asked)
    return await outcome(state, interaction, state.answer_window_s)


async def use_component(
    state: State,
    message: Message,
    user: User,
    custom_id: str,
    values: list[str] | None = None,
    *,
    timeout_s: float = ANSWER_TIMEOUT_S,
) -> Json:
    """Press a button or choose `values` of a select below a message."""
    if message.seen_by not in (None, user.id) or not state.may(user.id, message.channel):
        raise PersonError("You cannot see this message.")
    component = _find_component(message.components, custom_id)
    if component is None or component.get("disabled"):
        raise PersonError("This component is not there or is disabled.")
    asked: Json = {"custom_id": custom_id, "component_type": component["type"], "id": component.get("id", 0)}
    if values is not None:
        asked["values"] = _checked_values(component, values)
    application = state.applications[message.author.id]
    interaction = _new(state, InteractionKind.COMPONENT, application, user, message.channel, asked)
    interaction.pressed = message
    return await outcome(state, interaction, timeout_s)


async def submit_modal(
    state: State,
    opened_by: Interaction,
    user: User,
    values: dict[str, str | list[str]],
    *,
    timeout_s: float = ANSWER_TIMEOUT_S,
) -> Json:
    """Submit the modal that `opened_by` was answered with; `values` by the inputs' custom ids."""
    modal = opened_by.modal
    if modal is None or opened_by.user.id != user.id:
        raise PersonError("There is no such modal for you.")
    asked: Json = {
        "custom_id": modal["custom_id"],
        "components": [_filled(one, values) for one in modal["components"]],
    }
    interaction = _new(state, InteractionKind.MODAL, opened_by.application, user, opened_by.channel, asked)
    interaction.pressed = opened_by.pressed
    return await outcome(state, interaction, timeout_s)


def write(state: State, channel: Channel, user: User, content: str) -> Message:
    """Write a message as a person."""
    granted = state.may(user.id, channel)
    sending = Permission.SEND_MESSAGES_IN_THREADS if channel.kind.is_thread else Permission.SEND_MESSAGES
    if not granted & sending or not content.strip():
        raise PersonError("You cannot write this here.")
    return post(state, channel, user, Draft({"content": content}))


def _findable(state: State, channel: Channel, user: User, name: str) -> Found:
    """Find a command that this person may use here."""
    granted = state.may(user.id, channel)
    if not granted & Permission.VIEW_CHANNEL or not granted & Permission.USE_APPLICATION_COMMANDS:
        raise PersonError("You cannot use commands in this channel.")
    found = find_command(state, channel, name)
    needed = found.command["default_member_permissions"]
    if needed is not None and channel.guild_id is not None:
        lacking = int(needed) & ~granted
        closed = int(needed) == 0 and not granted & Permission.ADMINISTRATOR
        if lacking or closed:
            raise PersonError("You do not have permission to use this command.")
    return found


def _new(
    state: State, kind: InteractionKind, application: Application, user: User, channel: Channel, asked: Json
) -> Interaction:
    return Interaction(state.ids.new(), new_token(), kind, application, user, channel, asked, state.now())


def _find_component(components: list[Json], custom_id: str) -> Json | None:
    for component in components:
        if component.get("custom_id") == custom_id:
            return component
        inside = [*(component.get("components") or []), component.get("accessory") or {}]
        found = _find_component([one for one in inside if one], custom_id)
        if found is not None:
            return found
    return None


def _checked_values(select: Json, values: list[str]) -> list[str]:
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise PersonError(f"Choose {least} to {most}.")
    if select["type"] == _STRING_SELECT:
        known = {option["value"] for option in select["options"]}
        if not set(values) <= known:
            raise PersonError("That is not among the choices.")
    return values


def _filled(component: Json, values: dict[str, str | list[str]]) -> Json:
    """Give a modal's component with what the person put into it."""
    filled: Json = {"type": component["type"], "id": component.get("id", 0)}
    if "components" in component:
        filled["components"] = [_filled(one, values) for one in component["components"]]
    if isinstance(component.get("component"), dict):
        filled["component"] = _filled(component["component"], values)
    if "custom_id" in component:
        put = values.get(component["custom_id"], component.get("value") or "")
        filled["custom_id"] = component["custom_id"]
        filled["values" if isinstance(put, list) else "value"] = put
    return filled
