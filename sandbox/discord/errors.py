"""Discord's refusals, with its codes and its words.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from typing import Any


class ApiError(Exception):
    """A request is refused with `status` and Discord's error body."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.errors = errors

    @property
    def body(self) -> dict[str, Any]:
        """Give what Discord answers."""
        told: dict[str, Any] = {"message": str(self), "code": self.code}
        if self.errors is not None:
            told["errors"] = self.errors
        return told


class PersonError(Exception):
    """A person tried what Discord's own client would not let them do; the message says why."""


def unauthorized() -> ApiError:
    """Refuse a token that is wrong or revoked."""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """Refuse an address that leads nowhere."""
    return ApiError(404, 0, "404: Not Found")


def unknown(noun: str) -> ApiError:
    """Refuse an id that names nothing: `noun` is Discord's word."""
    codes = {
        "Application": 10002,
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Webhook": 10015,
        "interaction": 10062,
        "application command": 10063,
    }
    return ApiError(404, codes[noun], f"Unknown {noun}")


def missing_access() -> ApiError:
    """Refuse what the bot cannot see."""
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    """Refuse what the bot sees and may not do."""
    return ApiError(403, 50013, "Missing Permissions")


def already_acknowledged() -> ApiError:
    """Refuse a second answer to an interaction."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def already_crossposted() -> ApiError:
    """Refuse to publish twice."""
    return ApiError(400, 40033, "This message has already been crossposted.")


def wrong_channel_kind() -> ApiError:
    """Refuse an action that the kind of channel does not have."""
    return ApiError(400, 50024, "Cannot execute action on this channel type")


def empty_message() -> ApiError:
    """Refuse a message with nothing in it."""
    return ApiError(400, 50006, "Cannot send an empty message")


def not_the_author() -> ApiError:
    """Refuse to edit what somebody else wrote."""
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def invalid_json() -> ApiError:
    """Refuse a body that is no JSON."""
    return ApiError(400, 50109, "The request body contains invalid JSON.")


def invalid_form(errors: dict[str, Any]) -> ApiError:
    """Refuse a request that breaks the description; `errors` is Discord's tree."""
    return ApiError(400, 50035, "Invalid Form Body", errors)


def invalid_field(path: tuple[str | int, ...], code: str, message: str) -> ApiError:
    """Refuse one field at `path`."""
    return invalid_form(grown({}, path, code, message))


def grown(tree: dict[str, Any], path: tuple[str | int, ...], code: str, message: str) -> dict[str, Any]:
    """Add one error at `path` to `tree`, and give the tree."""
    branch = tree
    for step in path:
        branch = branch.setdefault(str(step), {})
    branch.setdefault("_errors", []).append({"code": code, "message": message})
    return tree
