"""A whole Discord on the loopback, our real client logged in to it, and people who use it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import aiohttp
import discord
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.catalogue.search import SearchIndex
from bot.catalogue.tvmaze import Tvmaze
from bot.client import GreenlitClient
from bot.guilds.shows import ShowFinder
from bot.model import GuildId
from bot.storage.database import Database
from bot.storage.shows import add_shows, list_shows
from sandbox.discord import DEFAULT_TOKEN, State, add_discord
from sandbox.tvmaze import add_tvmaze, read_catalogue


@dataclass
class People:
    """Robin owns the server, Sam is a member; both do what the tests say, through the sandbox."""

    session: aiohttp.ClientSession
    base: str
    state: State
    database: Database
    client: GreenlitClient

    async def guild(self, place: int = 0) -> dict[str, Any]:
        """Give a server of the sandbox."""
        async with self.session.get(f"{self.base}/sandbox/guilds") as response:
            return (await response.json())[place]  # type: ignore[no-any-return]  # JSON

    async def guild_id(self) -> GuildId:
        """Give the id of the first server."""
        return GuildId(int((await self.guild())["id"]))

    async def channel(self, name: str) -> str:
        """Give the id of a channel of the first server."""
        channels = (await self.guild())["channels"]
        return next(str(one["id"]) for one in channels if one["name"] == name)

    async def person(self, name: str) -> str:
        """Give the id of a person."""
        people = (await self.guild())["people"]
        return next(str(one["id"]) for one in people if one["username"] == name)

    async def use(
        self, name: str, who: str = "robin", at: str = "tv-news", **options: str | bool
    ) -> dict[str, Any]:
        """Use a slash command and give what the person sees."""
        place = {"channel_id": await self.channel(at), "user_id": await self.person(who)}
        asked = place | {"name": name, "options": options, "timeout_s": 2}
        return await self._post("commands", asked)

    async def type_into(self, name: str, option: str, typed: str) -> dict[str, str]:
        """Type into an option and give the choices, value by label."""
        place = {"channel_id": await self.channel("tv-news"), "user_id": await self.person("robin")}
        seen = await self._post("autocomplete", place | {"name": name, "focused": option, "typed": typed})
        return {choice["name"]: choice["value"] for choice in seen["choices"]}

    async def press(self, message: dict[str, Any], label: str, *values: str) -> dict[str, Any]:
        """Press the button of that label, or choose `values` in the select of that placeholder."""
        rows = [one for row in message["components"] for one in row["components"]]
        part = next(one for one in rows if label in (one.get("label"), one.get("placeholder")))
        asked = {
            "message_id": message["id"],
            "user_id": await self.person("robin"),
            "custom_id": part["custom_id"],
        }
        return await self._post("components", asked | ({"values": list(values)} if values else {}))

    async def go_wrong(self, action: str, **what: Any) -> None:
        """Let something go wrong, see the sandbox's Discord."""
        await self._post("faults", {"action": action, **what})

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        """Give a channel's messages, the oldest first."""
        address = f"{self.base}/sandbox/channels/{await self.channel(channel)}/messages"
        async with self.session.get(address) as response:
            return await response.json()  # type: ignore[no-any-return]  # JSON

    async def _post(self, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        async with self.session.post(f"{self.base}/sandbox/{path}", json=asked) as response:
            assert response.status < 500
            return await response.json()  # type: ignore[no-any-return]  # JSON

    async def change(self, channel: str, **what: Any) -> None:
        """Change a channel, as the server's owner may."""
        address = f"{self.base}/sandbox/channels/{await self.channel(channel)}"
        async with self.session.patch(address, json=what) as response:
            assert response.status == 200


@dataclass
class Loopback:
    """A Discord and a TVmaze of May 2023 on the loopback."""

    base: str
    state: State
    session: aiohttp.ClientSession

    async def client(self, database: Database) -> GreenlitClient:
        """Build our client for it; discord.py keeps the address in its classes, see `served`."""
        finder = await filled_finder(database, Tvmaze(self.session, f"{self.base}/tvmaze"))
        client = GreenlitClient(database, finder, api_base=f"{self.base}/api/v10", retry_s=0.01)
        client._connection.guild_ready_timeout = 0.05  # discord.py waits 2 s for further servers
        return client


@asynccontextmanager
async def served(state: State | None = None, port: int = 0) -> AsyncIterator[Loopback]:
    """Serve them while the context lasts, then let discord.py forget the address."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    app, state = web.Application(), state or State()
    add_discord(app, state)
    add_tvmaze(app, read_catalogue(lambda: date(2023, 5, 1)))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        async with aiohttp.ClientSession() as session:
            yield Loopback(f"http://127.0.0.1:{runner.addresses[0][1]}", state, session)
    finally:
        await runner.cleanup()
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def logged_in(loopback: Loopback, database: Database) -> AsyncIterator[People]:
    """Log our client in and let people act while the context lasts."""
    client = await loopback.client(database)
    task = asyncio.create_task(client.run_until_closed(DEFAULT_TOKEN))
    await asyncio.wait_for(client.logged_in.wait(), 10)
    await asyncio.wait_for(client.wait_until_ready(), 10)
    try:
        yield People(loopback.session, loopback.base, loopback.state, database, client)
    finally:
        await client.close()
        await task


async def filled_finder(database: Database, tvmaze: Tvmaze) -> ShowFinder:
    """Mirror the sandbox's TVmaze."""
    number = 0
    while (listings := await tvmaze.page(number)) is not None:
        number += 1
        async with database.transaction() as tx:
            await add_shows(tx, listings)
    async with database.reading() as tx:
        return ShowFinder(database, SearchIndex(await list_shows(tx)), tvmaze, complete=True)


def embed_of(seen: dict[str, Any]) -> discord.Embed:
    """Give the embed of an answer."""
    return discord.Embed.from_dict(seen["message"]["embeds"][0])
