"""Requests held against Discord's description: what breaks it becomes Discord's 400 and its errors tree."""

from collections.abc import Iterable, Mapping
from typing import Any

import jsonschema_rs

from sandbox.discord.contract import NUMERIC_PATTERN, Contract
from sandbox.discord.errors import grown, invalid_form

Kind = jsonschema_rs.ValidationErrorKind

_TYPE_ERRORS = {
    "string": ("STRING_TYPE_CONVERT", "Could not interpret value as string."),
    "integer": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "number": ("NUMBER_TYPE_COERCE", "Value is not float."),
    "boolean": ("BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    "array": ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "object": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"),
}


def check_body(contract: Contract, method: str, template: str, body: Any) -> None:
    """Raise Discord's 400 where `body` breaks the operation's schema."""
    validator = contract.body_validator(method, template)
    if validator is not None:
        _refuse(validator.iter_errors(body))


def read_parameters(
    contract: Contract, method: str, template: str, path: Mapping[str, str], query: Mapping[str, str]
) -> dict[str, Any]:
    """Give the query's values, read as the description means them; raise Discord's 400 for bad ones."""
    tree: dict[str, Any] = {}
    read: dict[str, Any] = {}
    for parameter in contract.parameters(method, template):
        written = (path if parameter.place == "path" else query).get(parameter.name)
        if written is None:
            continue
        value = parameter.read(written)
        if parameter.place == "query":
            read[parameter.name] = value
        for error in parameter.validator.iter_errors(value):
            _grow(tree, (parameter.name,), error)
    if tree:
        raise invalid_form(tree)
    return read


def _refuse(errors: Iterable[jsonschema_rs.ValidationError]) -> None:
    tree: dict[str, Any] = {}
    for error in errors:
        _grow(tree, (), error)
    if tree:
        raise invalid_form(tree)


def _grow(tree: dict[str, Any], place: tuple[str | int, ...], error: jsonschema_rs.ValidationError) -> None:
    """Add `error` to the tree; of a union's branches the one that was meant speaks."""
    for leaf in breaches(error):
        path = (*place, *leaf.instance_path)
        if isinstance(leaf.kind, Kind.Required):
            path = (*path, leaf.kind.property)
        grown(tree, path, *_told(leaf))


def breaches(error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError]:
    """Give the single breaches that `error` stands for: itself, or those of the branch that was meant."""
    if not isinstance(error.kind, Kind.AnyOf):
        return [error]
    depth = len(error.instance_path)
    branches = ([leaf for inner in branch for leaf in breaches(inner)] for branch in error.kind.context)
    return min(branches, key=lambda leaves: _distance(leaves, depth))


def _distance(leaves: list[jsonschema_rs.ValidationError], depth: int) -> tuple[int, int]:
    """Measure how far a union's branch is from what was sent."""
    return sum(_strangeness(leaf, depth) for leaf in leaves), len(leaves)


def _strangeness(leaf: jsonschema_rs.ValidationError, depth: int) -> int:
    """Say how clearly `leaf` shows that a branch is about another sort of thing: 2 for "nothing", 1 or 0."""
    match leaf.kind:
        case Kind.Type(types) if len(leaf.instance_path) == depth:
            return 2 if types == ["null"] else 1
        case Kind.Enum() | Kind.Constant():
            return int(leaf.instance_path[depth:] == ["type"])
        case Kind.Pattern(pattern):
            return int(pattern == NUMERIC_PATTERN)
        case _:
            return 0


def _told(error: jsonschema_rs.ValidationError) -> tuple[str, str]:
    """Give Discord's code and words for one breach."""
    match error.kind:
        case Kind.Required():
            return "BASE_TYPE_REQUIRED", "This field is required"
        case Kind.MaxLength(limit) | Kind.MaxItems(limit) | Kind.MaxProperties(limit):
            return "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length."
        case Kind.MinLength(limit) | Kind.MinItems(limit) | Kind.MinProperties(limit):
            return "BASE_TYPE_MIN_LENGTH", f"Must be {limit} or more in length."
        case Kind.Maximum(limit):
            return "NUMBER_TYPE_MAX", f"Value should be less than or equal to {limit}."
        case Kind.Minimum(limit):
            return "NUMBER_TYPE_MIN", f"Value should be greater than or equal to {limit}."
        case Kind.Enum() | Kind.Constant():
            return "BASE_TYPE_CHOICES", f"Value is not one of the choices: {error.message}."
        case Kind.UniqueItems():
            return "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value"
        case Kind.Pattern(pattern) if pattern == NUMERIC_PATTERN:
            return _TYPE_ERRORS["integer"]
        case Kind.Pattern():
            return "NUMBER_TYPE_COERCE", "Value is not snowflake."
        case Kind.Format("date-time"):
            return "DATE_TIME_TYPE_PARSE", "Could not parse value. Should be ISO8601."
        case Kind.Format("uri"):
            return "URL_TYPE_INVALID_URL", "Not a well formed URL."
        case Kind.Type(types):
            sort = next((one for one in types if one != "null"), "string")
            return _TYPE_ERRORS.get(sort, _TYPE_ERRORS["string"])
        case _:
            return "BASE_TYPE_INVALID", error.message
