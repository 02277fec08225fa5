"""The limits of messages that Discord tells in words and not in its description.

Sources: https://discord.com/developers/docs/resources/message#embed-object-embed-limits,
https://discord.com/developers/docs/components/reference
"""

from collections.abc import Iterator

from sandbox.discord.errors import empty_message, invalid_field
from sandbox.discord.nouns import Flag, Json

MAX_CONTENT = 2000
MAX_EMBEDS_TEXT = 6000
MAX_COMPONENTS = 40

_ACTION_ROW, _BUTTON, _LINK_STYLE, _PREMIUM_STYLE = 1, 2, 5, 6

Path = tuple[str | int, ...]


def check_message(body: Json, *, at: Path = (), partial: bool = False) -> None:
    """Refuse a message that the description lets through and Discord does not.

    `at` is where the message lies in the body; `partial` is an edit, which may lack everything.
    """
    content = body.get("content") or ""
    if len(content) > MAX_CONTENT:
        raise invalid_field(
            (*at, "content"), "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_CONTENT} or fewer in length."
        )
    embeds = body.get("embeds") or []
    _check_embeds(embeds, (*at, "embeds"))
    components = body.get("components") or []
    v2 = bool((body.get("flags") or 0) & Flag.COMPONENTS_V2)
    _check_components(components, (*at, "components"), v2=v2)
    if v2 and (content or embeds):
        raise invalid_field(
            (*at, "flags"),
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "The message cannot use content or embeds with components v2.",
        )
    if not partial and not (content.strip() or embeds or components or body.get("attachments")):
        raise empty_message()


def embed_text_length(embed: Json) -> int:
    """Count the characters that Discord's total of 6000 counts."""
    fields = embed.get("fields") or []
    texts = [
        embed.get("title"),
        embed.get("description"),
        (embed.get("footer") or {}).get("text"),
        (embed.get("author") or {}).get("name"),
        *(field["name"] for field in fields),
        *(field["value"] for field in fields),
    ]
    return sum(len(text.strip()) for text in texts if text)


def _check_embeds(embeds: list[Json], at: Path) -> None:
    for position, embed in enumerate(embeds):
        if not any(embed.get(key) for key in _VISIBLE):
            raise invalid_field(
                (*at, position, "description"), "BASE_TYPE_REQUIRED", "This field is required"
            )
        for number, field in enumerate(embed.get("fields") or []):
            for key in ("name", "value"):
                if not field[key].strip():
                    raise invalid_field(
                        (*at, position, "fields", number, key), "BASE_TYPE_REQUIRED", "This field is required"
                    )
    if sum(map(embed_text_length, embeds)) > MAX_EMBEDS_TEXT:
        raise invalid_field(
            at, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MAX_EMBEDS_TEXT}"
        )


_VISIBLE = ("title", "description", "author", "footer", "fields", "image", "thumbnail", "url", "timestamp")


def _check_components(components: list[Json], at: Path, *, v2: bool) -> None:
    if not v2:
        for position, component in enumerate(components):
            if component["type"] != _ACTION_ROW:
                raise invalid_field(
                    (*at, position), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).'
                )
        if len(components) > 5:
            raise invalid_field(at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    seen: set[str] = set()
    everything = list(walk_components(components, at))
    if len(everything) > MAX_COMPONENTS:
        raise invalid_field(
            at,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The total number of components cannot exceed 40.",
        )
    for path, component in everything:
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in seen:
            raise invalid_field(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        seen.add(custom_id or "")
        if component["type"] == _ACTION_ROW:
            _check_row(component["components"], path)
        if component["type"] == _BUTTON:
            _check_button(component, path)


def _check_row(inside: list[Json], path: Path) -> None:
    if len(inside) > 1 and any(component["type"] != _BUTTON for component in inside):
        raise invalid_field(
            path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The components width in the action row exceeds 5."
        )


def _check_button(button: Json, path: Path) -> None:
    style = button["style"]
    if style == _LINK_STYLE:
        if not button.get("url") or button.get("custom_id"):
            raise invalid_field((*path, "url"), "BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
    elif style != _PREMIUM_STYLE and (not button.get("custom_id") or button.get("url")):
        raise invalid_field(
            (*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required"
        )
    if style != _PREMIUM_STYLE and not (button.get("label") or button.get("emoji")):
        raise invalid_field(path, "BUTTON_COMPONENT_INVALID_LABEL", "A label or an emoji is required")


def walk_components(components: list[Json], at: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Give every component with its place in the body, those inside it after it."""
    for position, component in enumerate(components):
        yield (*at, position), component
        yield from walk_components(component.get("components") or [], (*at, position, "components"))
        if isinstance(component.get("accessory"), dict):
            yield (*at, position, "accessory"), component["accessory"]
