"""Discord's OpenAPI document, ready to hold requests against.

Discord's own remarks are applied while reading it: `oneOf` means "one of the list" as `anyOf`
does, integers may be sent as numeric strings, and ids as numbers.
Source: https://discord.com/developers/docs/reference#id-serialization
"""

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

_DOCUMENT = Path(__file__).with_name("openapi.json.xz")
_NAME = "urn:discord"
NUMERIC_PATTERN = "^-?[0-9]+$"
_NUMERIC = {"type": "string", "pattern": NUMERIC_PATTERN}


class Contract:
    """The operations of Discord's API; validators are compiled when first asked for."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._paths: dict[str, Any] = document["paths"]
        components = _relaxed(document["components"]["schemas"])
        self._registry = jsonschema_rs.Registry([(_NAME, {"components": {"schemas": components}})])
        self._bodies: dict[tuple[str, str], jsonschema_rs.Draft202012Validator | None] = {}
        self._parameters: dict[tuple[str, str], list[Parameter]] = {}

    def knows(self, method: str, template: str) -> bool:
        """Say whether Discord has this operation."""
        return method.lower() in self._paths.get(template, {})

    def body_validator(self, method: str, template: str) -> jsonschema_rs.Draft202012Validator | None:
        """Give what judges the operation's JSON body; None where it has none."""
        key = (method, template)
        if key not in self._bodies:
            content = self._operation(method, template).get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            self._bodies[key] = self._compiled(schema) if schema is not None else None
        return self._bodies[key]

    def answer_validator(
        self, method: str, template: str, status: int
    ) -> jsonschema_rs.Draft202012Validator | None:
        """Give what judges our own answers; None where the description says nothing of their body."""
        answer = self._operation(method, template)["responses"].get(str(status), {})
        schema = answer.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return None
        return jsonschema_rs.Draft202012Validator(_absolute(schema), registry=self._registry)

    def parameters(self, method: str, template: str) -> "list[Parameter]":
        """Give the operation's path and query parameters."""
        key = (method, template)
        if key not in self._parameters:
            shared = self._paths[template].get("parameters", [])
            written = [*shared, *self._operation(method, template).get("parameters", [])]
            self._parameters[key] = [
                Parameter(one["name"], one["in"], one["schema"], self._compiled(one["schema"]))
                for one in written
                if one["in"] in ("path", "query")
            ]
        return self._parameters[key]

    def _operation(self, method: str, template: str) -> dict[str, Any]:
        operation: dict[str, Any] = self._paths[template][method.lower()]
        return operation

    def _compiled(self, schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(
            _absolute(_relaxed(schema)),
            registry=self._registry,
            validate_formats=True,
            formats={"uri": _is_web_address},
        )


class Parameter:
    """One value of a path or a query."""

    def __init__(
        self, name: str, place: str, schema: dict[str, Any], validator: jsonschema_rs.Draft202012Validator
    ) -> None:
        self.name = name
        self.place = place
        self.validator = validator
        self._schema = schema

    def read(self, text: str) -> Any:
        """Turn what the address says into the value that the schema means."""
        sort = self._schema.get("type")
        sorts = sort if isinstance(sort, list) else [sort]
        if "boolean" in sorts and text.lower() in ("0", "1", "true", "false"):
            return text.lower() in ("1", "true")
        if "integer" in sorts and text.lstrip("-").isdigit():
            return int(text)
        return text


@cache
def load_contract() -> Contract:
    """Read the document; once for the process."""
    with lzma.open(_DOCUMENT) as packed:
        return Contract(json.load(packed))


def _relaxed(schema: Any) -> Any:
    """Give the schema with `oneOf` read as `anyOf`, and integers and ids let through in either form."""
    if isinstance(schema, list):
        return [_relaxed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    read = {("anyOf" if key == "oneOf" else key): _relaxed(part) for key, part in schema.items()}
    if read.get("format") == "snowflake":
        return {"anyOf": [read, {"type": "integer", "minimum": 0}]}
    sort = read.get("type")
    integral = sort == "integer" or (isinstance(sort, list) and "integer" in sort)
    if integral and not {"enum", "const", "anyOf", "allOf"} & read.keys():
        return {"anyOf": [read, _NUMERIC]}
    return read


def _absolute(schema: Any) -> Any:
    """Give the schema with references that lead into the registry."""
    if isinstance(schema, list):
        return [_absolute(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: f"{_NAME}{part}" if key == "$ref" and isinstance(part, str) else _absolute(part)
        for key, part in schema.items()
    }


def _is_web_address(text: str) -> bool:
    """Say whether Discord takes `text` for an address: its scheme, a host, no blanks."""
    scheme, mark, rest = text.partition("://")
    known = scheme.lower() in ("http", "https", "discord", "attachment")
    return bool(known and mark and rest and not rest.startswith("/") and not any(map(str.isspace, text)))
