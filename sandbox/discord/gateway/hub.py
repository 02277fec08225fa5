"""Everybody who is told what happens."""

import asyncio
from typing import Any

from sandbox.discord.gateway.link import Link
from sandbox.discord.gateway.sessions import Intent, Session
from sandbox.discord.nouns import Application, Json


class Hub:
    """Everybody who listens: the bots' sessions and the pages that watch."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.links: set[Link] = set()
        """Every open connection, whether it has identified or not."""
        self.watchers: dict[asyncio.Queue[Json], int | None] = {}
        """What a page waits for, and the user who looks at it."""
        self.streams: set[asyncio.Task[Any]] = set()
        """The tasks that feed pages; they end with the application."""

    def tell_bot(self, application: Application, event: str, payload: Any, guild_id: int | None) -> bool:
        """Tell the shard that is responsible for the server; False where none of the bot's listens."""
        listening = [one for one in self.sessions_of(application) if one.hears_guild(guild_id)]
        for session in listening:
            session.dispatch(event, payload)
        return bool(listening)

    def tell_bots(
        self, applications: list[Application], event: str, payload: Any, guild_id: int | None, intent: Intent
    ) -> None:
        """Tell those bots' sessions that asked for `intent`."""
        for application in applications:
            for session in self.sessions_of(application):
                if session.hears_guild(guild_id) and session.intents & intent:
                    session.dispatch(event, payload)

    def tell_pages(self, happening: Json, seen_by: int | None = None) -> None:
        """Tell the pages; what is for one user's eyes goes to that user's alone."""
        for queue, user_id in self.watchers.items():
            if seen_by is None or seen_by == user_id:
                queue.put_nowait(happening)

    def sessions_of(self, application: Application) -> list[Session]:
        """Give the bot's sessions, those that wait for a resume included."""
        return [one for one in self.sessions.values() if one.application is application]
