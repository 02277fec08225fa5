"""The rest of the world in a process of its own: the sandbox's Discord, and feeds that stay the same."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import aiohttp
from aiohttp import web

from bench.rss import long_document
from bot.model import ChannelId, GuildId
from sandbox.discord import DEFAULT_BOT_ID, ROBIN_ID, State, add_discord
from sandbox.discord.nouns import Role
from sandbox.discord.world import EVERYONE_MAY, add_bot, add_channel, found_guild

_HOSTS = 50
_ETAG = '"the only one"'
_WRITTEN_AT = datetime(2026, 5, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Servers:
    """Which servers have the bot, and how large each is."""

    guilds: int = 0
    channels: int = 1
    roles: int = 0
    """Besides @everyone and the bot's own."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Where it all is."""

    base: str
    hosts: tuple[str, ...]
    """Addresses that lead to it too, as a feed's host is asked for one document at a time."""
    channels: tuple[tuple[GuildId, ChannelId], ...]
    """One of each server."""

    def feed(self, number: int) -> str:
        """Give the address of a feed."""
        return f"{self.hosts[number % len(self.hosts)]}/feeds/{number}.xml"

    async def refusals(self) -> int:
        """Say how many requests were answered 429."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.base}/sandbox/counts") as answer:
            return sum((await answer.json())["too_many"].values())


@contextmanager
def world_beside(servers: Servers = Servers()) -> Iterator[Beside]:
    """Let it run until the block ends; it also ends when we do."""
    started = multiprocessing.get_context("spawn")
    ours, theirs = started.Pipe()
    process = started.Process(target=_run, args=(theirs, servers))
    process.start()
    theirs.close()
    try:
        yield ours.recv()
    finally:
        ours.close()
        process.join()


def _run(parent: Connection, servers: Servers) -> None:
    asyncio.run(_serve(parent, servers))


async def _serve(parent: Connection, servers: Servers) -> None:
    state, app = State(), web.Application()
    channels = _found(state, servers)
    add_discord(app, state)
    app.router.add_get("/feeds/{number}.xml", _feed)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    hosts = await _more_hosts(runner, port)
    base = f"http://127.0.0.1:{port}"
    parent.send(Beside(base, hosts or (base,), channels))
    with suppress(EOFError):
        await asyncio.to_thread(parent.recv)
    await runner.cleanup()


async def _more_hosts(runner: web.AppRunner, port: int) -> tuple[str, ...]:
    """Listen on further loopback addresses; on some systems there is only one."""
    hosts = []
    with suppress(OSError):
        for number in range(1, _HOSTS + 1):
            await web.TCPSite(runner, f"127.0.1.{number}", port).start()
            hosts.append(f"http://127.0.1.{number}:{port}")
    return tuple(hosts)


def _found(state: State, servers: Servers) -> tuple[tuple[GuildId, ChannelId], ...]:
    """Let the bot be in so many servers and in no other; give a channel of each."""
    state.guilds.clear()
    state.channels.clear()
    bot, robin = state.applications[DEFAULT_BOT_ID], state.users[ROBIN_ID]
    chosen = []
    for number in range(servers.guilds):
        guild = found_guild(state, f"Server {number}", owner=robin)
        for place in range(servers.channels - 1):
            add_channel(state, guild, f"channel-{place}", topic="What we talk about here")
        for place in range(servers.roles):
            role = Role(state.ids.new(), f"Role {place}", EVERYONE_MAY, position=place + 2)
            guild.roles[role.id] = role
        add_bot(state, guild, bot)
        chosen.append((GuildId(guild.id), ChannelId(next(iter(guild.channels)))))
    return tuple(chosen)


async def _feed(request: web.Request) -> web.Response:
    if request.headers.get("If-None-Match") == _ETAG:
        return web.Response(status=304, headers={"ETag": _ETAG})
    body = long_document(1, _WRITTEN_AT)
    return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": _ETAG})
