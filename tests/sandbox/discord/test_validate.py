"""Requests against Discord's own description, and the limits it tells in words."""

import time
from typing import Any

import pytest

from sandbox.discord.command_rules import check_commands
from sandbox.discord.contract import load_contract
from sandbox.discord.errors import ApiError
from sandbox.discord.message_rules import check_message
from sandbox.discord.rest.serve import ENDPOINTS
from sandbox.discord.validate import check_body, read_parameters

MESSAGES = "/channels/{channel_id}/messages"
COMMANDS = "/applications/{application_id}/commands"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


def errors(method: str, template: str, body: Any) -> Any:
    """Give the errors tree that a body meets; None where it is fine."""
    try:
        check_body(load_contract(), method, template, body)
    except ApiError as error:
        assert (error.status, error.code) == (400, 50035)
        return error.errors
    return None


def code(tree: Any, *path: str) -> str:
    """Give the code of the single error at `path`."""
    for step in path:
        tree = tree[step]
    (error,) = tree["_errors"]
    return str(error["code"])


def test_every_endpoint_is_one_that_discord_describes() -> None:
    assert all(load_contract().knows(one.method, one.template) for one in ENDPOINTS)


def test_the_description_is_read_well_under_a_second() -> None:
    load_contract.cache_clear()
    began_at = time.process_time()
    check_body(load_contract(), "POST", MESSAGES, {"content": "hello"})
    assert time.process_time() - began_at < 0.7


def test_each_breach_is_told_at_its_place() -> None:
    tree = errors(
        "POST",
        MESSAGES,
        {
            "content": 5,
            "nonce": "n" * 26,
            "embeds": [
                {"description": "d" * 4097, "color": 1 << 24, "url": "ftp://x", "fields": [{"name": "n"}]}
            ],
            "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "l" * 81}]}],
        },
    )
    assert code(tree, "content") == "STRING_TYPE_CONVERT"
    assert code(tree, "nonce") == "BASE_TYPE_MAX_LENGTH"
    assert code(tree, "embeds", "0", "description") == "BASE_TYPE_MAX_LENGTH"
    assert code(tree, "embeds", "0", "color") == "NUMBER_TYPE_MAX"
    assert code(tree, "embeds", "0", "url") == "URL_TYPE_INVALID_URL"
    assert code(tree, "embeds", "0", "fields", "0", "value") == "BASE_TYPE_REQUIRED"
    assert code(tree, "components", "0", "components", "0", "label") == "BASE_TYPE_MAX_LENGTH"


@pytest.mark.parametrize(
    ("embed", "path", "expected"),
    [
        ({"timestamp": "yesterday"}, ("timestamp",), "DATE_TIME_TYPE_PARSE"),
        ({"title": ["t"]}, ("title",), "STRING_TYPE_CONVERT"),
        ({"fields": "f"}, ("fields",), "LIST_TYPE_CONVERT"),
        ({"author": 1}, ("author",), "MODEL_TYPE_CONVERT"),
        ({"color": "red"}, ("color",), "NUMBER_TYPE_COERCE"),
        ({"color": -1}, ("color",), "NUMBER_TYPE_MIN"),
        (
            {"fields": [{"name": "n", "value": "v", "inline": "x"}]},
            ("fields", "0", "inline"),
            "BOOLEAN_TYPE_CONVERT",
        ),
    ],
)
def test_breaches_have_discords_codes(embed: Any, path: tuple[str, ...], expected: str) -> None:
    assert code(errors("POST", MESSAGES, {"embeds": [embed]}), "embeds", "0", *path) == expected


def test_what_discord_ignores_is_let_through() -> None:
    assert errors("POST", MESSAGES, {"embeds": [{"title": "t", "flags": 0}]}) is None
    assert errors("PATCH", f"{MESSAGES}/{{message_id}}", {"content": "c", "tts": False}) is None


def test_integers_may_be_sent_as_numeric_strings() -> None:
    assert errors("POST", MESSAGES, {"embeds": [{"title": "t", "color": "255"}]}) is None


def test_a_command_without_a_name_is_refused() -> None:
    assert code(errors("PUT", COMMANDS, [{"description": "d"}]), "0", "name") == "BASE_TYPE_REQUIRED"


def test_more_than_twenty_five_choices_are_refused() -> None:
    choices = [{"name": str(number), "value": str(number)} for number in range(26)]
    tree = errors("POST", CALLBACK, {"type": 8, "data": {"choices": choices}})
    assert code(tree, "data", "choices") == "BASE_TYPE_MAX_LENGTH"


def test_query_and_path_are_checked_too() -> None:
    contract = load_contract()
    read = read_parameters(contract, "GET", MESSAGES, {"channel_id": "7"}, {"limit": "50", "before": "12"})
    assert read == {"limit": 50, "before": "12"}
    with pytest.raises(ApiError) as refusal:
        read_parameters(contract, "GET", MESSAGES, {"channel_id": "seven"}, {"limit": "500"})
    assert refusal.value.errors is not None
    assert refusal.value.errors.keys() == {"channel_id", "limit"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"content": "c" * 2001}, "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"description": "d" * 4000}, {"description": "d" * 2001}]}, "MAX_EMBED_SIZE_EXCEEDED"),
        ({"embeds": [{"color": 1}]}, "BASE_TYPE_REQUIRED"),
        ({"embeds": [{"fields": [{"name": " ", "value": "v"}]}]}, "BASE_TYPE_REQUIRED"),
        ({"components": [{"type": 10, "content": "text"}]}, "UNION_TYPE_CHOICES"),
        ({"components": [{"type": 1, "components": []}] * 6}, "BASE_TYPE_BAD_LENGTH"),
        ({"flags": 1 << 15, "content": "c"}, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    ],
)
def test_limits_told_in_words_are_kept(body: Any, expected: str) -> None:
    with pytest.raises(ApiError) as refusal:
        check_message(body)
    assert refusal.value.code == 50035
    assert expected in str(refusal.value.errors)


@pytest.mark.parametrize(
    ("buttons", "expected"),
    [
        ([{"style": 1, "label": "l"}], "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"),
        ([{"style": 5, "label": "l"}], "BUTTON_COMPONENT_URL_REQUIRED"),
        ([{"style": 1, "custom_id": "a"}], "BUTTON_COMPONENT_INVALID_LABEL"),
        ([{"style": 1, "custom_id": "a", "label": "l"}] * 2, "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ],
)
def test_buttons_must_be_whole_and_different(buttons: list[Any], expected: str) -> None:
    row = {"type": 1, "components": [{"type": 2, **button} for button in buttons]}
    with pytest.raises(ApiError) as refusal:
        check_message({"components": [row]})
    assert expected in str(refusal.value.errors)


def test_an_empty_message_is_refused_and_an_empty_edit_is_not() -> None:
    with pytest.raises(ApiError) as refusal:
        check_message({"content": "  "})
    assert refusal.value.code == 50006
    check_message({}, partial=True)


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([{"name": "a", "description": "d"}] * 2, "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        ([{"name": "Upper", "description": "d"}], "APPLICATION_COMMAND_INVALID_NAME"),
        ([{"name": "a", "description": ""}], "BASE_TYPE_REQUIRED"),
        (
            [
                {
                    "name": "a",
                    "description": "d",
                    "options": [{"name": "x", "required": False}, {"name": "y", "required": True}],
                }
            ],
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            [{"name": "a", "description": "d", "options": [{"name": "x"}, {"name": "x"}]}],
            "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
        ),
        (
            [
                {
                    "name": "a",
                    "description": "d",
                    "options": [{"name": str(n), "description": "x" * 400} for n in range(25)],
                }
            ],
            "APPLICATION_COMMAND_TOO_LARGE",
        ),
    ],
)
def test_commands_keep_the_rules_of_naming_and_order(commands: list[Any], expected: str) -> None:
    with pytest.raises(ApiError) as refusal:
        check_commands(commands, bulk=True)
    assert expected in str(refusal.value.errors)
