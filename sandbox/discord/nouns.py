"""The nouns of the stand-in: people, servers, channels, messages and interactions.

They are mutable: together they are the stand-in's only memory. Times are seconds since 1970.
"""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

Json = dict[str, Any]


class ChannelKind(IntEnum):
    """Discord's channel types that the stand-in has."""

    TEXT = 0
    DM = 1
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    FORUM = 15

    @property
    def is_thread(self) -> bool:
        """Say whether it lives below another channel."""
        return self in (ChannelKind.ANNOUNCEMENT_THREAD, ChannelKind.PUBLIC_THREAD)


class Flag(IntEnum):
    """Message flags that change what the stand-in does."""

    CROSSPOSTED = 1 << 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    COMPONENTS_V2 = 1 << 15


class InteractionKind(IntEnum):
    """What a person did to the bot."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(slots=True)
class User:
    """A person or a bot."""

    id: int
    name: str
    display_name: str
    bot: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        """What a message writes to mention it."""
        return f"<@{self.id}>"


@dataclass(slots=True)
class Application:
    """A bot's registration: its account, its token and the commands it told Discord of."""

    user: User
    token: str
    commands: dict[int | None, dict[int, Json]] = field(default_factory=dict)
    """By server (None: everywhere), then by command id."""
    privileged_intents: int = 0
    """Which of the intents that need Discord's leave it has."""
    identifies_left: int = 1000

    @property
    def id(self) -> int:
        """The application's id, which is its user's too."""
        return self.user.id


@dataclass(slots=True)
class Role:
    """A named set of permissions; the one with the server's id is @everyone."""

    id: int
    name: str
    permissions: int = 0
    position: int = 0
    mentionable: bool = False
    managed_by: int | None = None
    """The bot whose own role it is."""


@dataclass(slots=True)
class Overwrite:
    """What a channel allows or denies a role (kind 0) or a member (kind 1) beside the server's rules."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Member:
    """A user in a server. `roles` are role ids, without @everyone."""

    user: User
    joined_at: float
    roles: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Tag:
    """A forum's label for threads."""

    id: int
    name: str


@dataclass(slots=True)
class Channel:
    """A place for messages: of a server, a thread below such a channel, or between two people."""

    id: int
    kind: ChannelKind
    guild_id: int | None = None
    name: str = ""
    topic: str | None = None
    position: int = 0
    parent_id: int | None = None
    owner_id: int | None = None
    """Who started the thread."""
    created_at: float = 0.0
    archived: bool = False
    locked: bool = False
    tags: list[Tag] = field(default_factory=list)
    requires_tag: bool = False
    applied_tags: tuple[int, ...] = ()
    recipients: tuple[User, ...] = ()
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)


@dataclass(slots=True)
class Guild:
    """A server."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    """Threads included."""
    system_channel_id: int | None = None
    unavailable: bool = False


@dataclass(slots=True)
class Mentions:
    """Whom a message calls: what is allowed to, not what its text spells."""

    users: tuple[User, ...] = ()
    roles: tuple[int, ...] = ()
    everyone: bool = False


@dataclass(slots=True)
class Message:
    """A message as it stands now. `kind` 19 is a reply, 20 a command's answer."""

    id: int
    channel: Channel
    author: User
    created_at: float
    kind: int = 0
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    flags: int = 0
    mentions: Mentions = field(default_factory=Mentions)
    nonce: str | int | None = None
    edited_at: float | None = None
    reply_to: "Message | None" = None
    reference: Json | None = None
    interaction: "Interaction | None" = None
    seen_by: int | None = None
    """The only user who sees it; None for everybody."""

    @property
    def ephemeral(self) -> bool:
        """Say whether one person alone sees it."""
        return self.seen_by is not None


@dataclass(slots=True)
class Interaction:
    """What a person did to a bot, and what the bot made of it.

    `answer_kind` is the callback's type once there was one; `answered` is set then,
    `settled` when there is something to see (or the bot has nothing more to say).
    """

    id: int
    token: str
    kind: InteractionKind
    application: Application
    user: User
    channel: Channel
    asked: Json
    """The interaction's `data` as the bot gets it."""
    created_at: float
    command_name: str = ""
    pressed: Message | None = None
    """The message whose component was used."""
    answer_kind: int | None = None
    original: Message | None = None
    """What `@original` means."""
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] | None = None
    modal: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    settled: asyncio.Event = field(default_factory=asyncio.Event)
