"""How an endpoint is written down: its method, its path as Discord's description has it, its handler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.discord.attachments import Upload
from sandbox.discord.errors import missing_access, missing_permissions, unauthorized
from sandbox.discord.nouns import Application, Channel, Json
from sandbox.discord.permissions import Permission
from sandbox.discord.state import State


@dataclass(slots=True)
class Call:
    """One request, read and checked."""

    state: State
    path: dict[str, str]
    query: dict[str, Any]
    body: Any = None
    files: dict[int, Upload] = field(default_factory=dict)
    caller: Application | None = None
    """Whose token came with it; endpoints whose address holds a token need none."""

    @property
    def application(self) -> Application:
        """The bot that asks."""
        if self.caller is None:
            raise unauthorized()
        return self.caller

    def id(self, name: str) -> int:
        """Give an id from the path."""
        return int(self.path[name])

    def channel(self, *needed: Permission) -> Channel:
        """Give the path's channel if the bot may do what is `needed` there.

        404/10003 where there is none, 403/50001 where the bot does not see it, 403/50013 otherwise.
        """
        channel = self.state.channel(self.id("channel_id"))
        granted = self.state.may(self.application.id, channel)
        if not granted & Permission.VIEW_CHANNEL:
            raise missing_access()
        if any(not granted & permission for permission in needed):
            raise missing_permissions()
        return channel


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a status and a JSON body; None for 204."""

    body: Any = None
    status: int = 200


Handler = Callable[[Call], Awaitable[Json | list[Json] | Answer | None]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`needs_token`: only for bots; `counts_globally`: takes part in the bot's 50 a second."""

    method: str
    template: str
    handler: Handler
    needs_token: bool = True
    counts_globally: bool = True

    @property
    def route(self) -> str:
        """Name it, as counts and faults do."""
        return f"{self.method} {self.template}"


class Endpoints:
    """A resource's endpoints, gathered by decorating their handlers."""

    def __init__(self) -> None:
        self.all: list[Endpoint] = []

    def add(
        self, method: str, template: str, *, needs_token: bool = True, counts_globally: bool = True
    ) -> Callable[[Handler], Handler]:
        """Register the decorated handler."""

        def register(handler: Handler) -> Handler:
            self.all.append(Endpoint(method, template, handler, needs_token, counts_globally))
            return handler

        return register
