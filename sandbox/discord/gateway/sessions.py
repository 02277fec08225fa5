"""Gateway sessions: what a bot is told, in order, also across a lost connection."""

import json
import secrets
from collections import deque
from enum import IntFlag
from typing import Any

from sandbox.discord.gateway.link import Link
from sandbox.discord.nouns import Application

_KEPT_EVENTS = 10_000


class Intent(IntFlag):
    """What a session may ask to hear."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


class Session:
    """What one shard of a bot listens to. Its `link` is None while it is not connected."""

    def __init__(
        self, application: Application, intents: int, shard: tuple[int, int], link: Link | None
    ) -> None:
        self.id = secrets.token_hex(16)
        self.application = application
        self.intents = intents
        self.shard = shard
        self.link = link
        self.sequence = 0
        self.lost_at: float | None = None
        self._kept: deque[tuple[int, str]] = deque(maxlen=_KEPT_EVENTS)

    def hears_guild(self, guild_id: int | None) -> bool:
        """Say whether this shard is told of the server; direct messages (None) are shard 0's."""
        number, count = self.shard
        return (0 if guild_id is None else (guild_id >> 22) % count) == number

    def dispatch(self, event: str, payload: Any) -> None:
        """Tell the bot of `event` now, or when it resumes."""
        self.sequence += 1
        text = json.dumps({"op": 0, "t": event, "s": self.sequence, "d": payload}, separators=(",", ":"))
        self._kept.append((self.sequence, text))
        if self.link is not None:
            self.link.send(text)

    def can_resume(self, sequence: int) -> bool:
        """Say whether everything after `sequence` is still kept."""
        oldest = self._kept[0][0] if self._kept else 1
        return oldest - 1 <= sequence <= self.sequence

    def replay(self, sequence: int) -> None:
        """Tell again what came after `sequence`."""
        if self.link is not None:
            for number, text in self._kept:
                if number > sequence:
                    self.link.send(text)
