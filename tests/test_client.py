import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from discord import app_commands
from discord.gateway import DiscordWebSocket

from bot import clock
from bot.client import GREETING
from bot.errors import BotError, StorageError, TokenError
from bot.model import GuildId
from bot.storage.database import Database
from bot.storage.guilds import add_guild, get_guild
from sandbox.discord import DEFAULT_TOKEN
from tests.fakes import discord_error
from tests.people import People, logged_in, served


@pytest.fixture
async def people(sqlite_database: Database) -> AsyncIterator[People]:
    """Robin and Sam, on a server with the bot."""
    async with served() as loopback, logged_in(loopback, sqlite_database) as people:
        yield people


async def until(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what is waited for knows nothing of tests
            await asyncio.sleep(0.005)


def greetings(messages: list[dict[str, Any]]) -> int:
    return sum(message["content"] == GREETING for message in messages)


async def test_wrong_token_is_told_in_a_sentence(sqlite_database: Database) -> None:
    async with served() as loopback:
        client = await loopback.client(sqlite_database)
        async with client:
            with pytest.raises(TokenError, match="does not accept DISCORD_TOKEN"):
                await client.run_until_closed("wrong")


async def test_discord_in_trouble_at_start_is_waited_for(sqlite_database: Database) -> None:
    async with served() as loopback:
        people = People(loopback.session, loopback.base, loopback.state, sqlite_database, None)  # type: ignore[arg-type]  # not yet
        await people.go_wrong("status", route="GET /users/@me", status=503, times=2)
        await people.go_wrong("reset_before", route="GET /gateway/bot", times=3)
        async with logged_in(loopback, sqlite_database) as logged:
            assert len(logged.client.guilds) == 1


async def test_token_revoked_while_running_ends_with_a_sentence(sqlite_database: Database) -> None:
    async with served() as loopback:
        client = await loopback.client(sqlite_database)
        people = People(loopback.session, loopback.base, loopback.state, sqlite_database, client)
        task = asyncio.create_task(client.run_until_closed(DEFAULT_TOKEN))
        await asyncio.wait_for(client.logged_in.wait(), 10)
        await asyncio.wait_for(client.wait_until_ready(), 10)
        await people.go_wrong("revoke_token")
        with pytest.raises(TokenError, match="no longer accepts"):
            await task


async def test_gateway_that_closes_for_good_ends_with_a_sentence(sqlite_database: Database) -> None:
    async with served() as loopback:
        client = await loopback.client(sqlite_database)
        people = People(loopback.session, loopback.base, loopback.state, sqlite_database, client)
        task = asyncio.create_task(client.run_until_closed(DEFAULT_TOKEN))
        await asyncio.wait_for(client.logged_in.wait(), 10)
        await asyncio.wait_for(client.wait_until_ready(), 10)
        await people.go_wrong("close_gateway", code=4012)
        with pytest.raises(BotError, match="4012"):
            await task


async def test_invalidated_session_begins_anew_at_the_same_discord(sqlite_database: Database) -> None:
    async with served() as loopback, logged_in(loopback, sqlite_database):
        port = loopback.base.rpartition(":")[2]
        assert str(DiscordWebSocket.DEFAULT_GATEWAY.port) == port


async def test_commands_are_sent_only_when_they_changed_or_are_gone(sqlite_database: Database) -> None:
    async with served() as loopback:
        for _ in range(2):
            async with logged_in(loopback, sqlite_database):
                pass
        synced = [route for route in loopback.state.counts.requests if route.startswith("PUT ")]
        assert [loopback.state.counts.requests[route] for route in synced] == [1]
        for application in loopback.state.applications.values():
            application.commands.clear()
        async with logged_in(loopback, sqlite_database):
            assert loopback.state.counts.requests[synced[0]] == 2


async def test_server_is_greeted_once_in_its_life(sqlite_database: Database) -> None:
    async with served() as loopback:
        async with logged_in(loopback, sqlite_database) as people:
            await until(lambda: people.state.counts.requests["POST /channels/{channel_id}/messages"])
            assert greetings(await people.messages("general")) == 1
            guild_id = await people.guild_id()
            await people.session.delete(f"{people.base}/sandbox/guilds/{guild_id}")
            await until(lambda: not people.client.guilds)
            await people.session.post(f"{people.base}/sandbox/guilds", json={"guild_id": str(guild_id)})
            await until(lambda: people.client.guilds)
        async with logged_in(loopback, sqlite_database) as people:
            assert greetings(await people.messages("general")) == 1


async def test_server_without_a_system_channel_is_greeted_where_we_may_write(people: People) -> None:
    people.state.guilds[await people.guild_id()].system_channel_id = None
    asked = {"name": "Quiet", "channels": ["talk"]}
    await people.session.post(f"{people.base}/sandbox/guilds", json=asked)
    await until(lambda: len(people.client.guilds) == 2)


async def test_greeting_that_cannot_be_sent_keeps_nobody_from_working(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await people.go_wrong("status", route="POST /channels/*/messages", status=403, times=1)
    await people.session.post(f"{people.base}/sandbox/guilds", json={"name": "Closed"})
    await until(lambda: "greeting failed" in caplog.text)
    await people.session.post(f"{people.base}/sandbox/guilds", json={"name": "Mute", "permissions": "1024"})
    await until(lambda: len(people.client.guilds) == 3)
    assert (await people.use("status"))["status"] == "answered"


async def test_servers_that_came_and_went_meanwhile_are_noticed(sqlite_database: Database) -> None:
    gone = GuildId(77)
    async with sqlite_database.transaction() as tx:
        await add_guild(tx, gone, clock.now())
    async with served() as loopback, logged_in(loopback, sqlite_database) as people:
        async with asyncio.timeout(5):
            while True:
                async with sqlite_database.reading() as tx:
                    left, here = await get_guild(tx, gone), await get_guild(tx, await people.guild_id())
                if left and left.left_at and here and not here.left_at:
                    break
                await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("bug"), "went wrong on my side"),
        (StorageError("locked"), "cannot reach my memory"),
        (app_commands.NoPrivateMessage(), "not in private messages"),
        (app_commands.MissingPermissions(["manage_guild"]), "manage this server"),
        (app_commands.CommandSignatureMismatch.__new__(app_commands.CommandSignatureMismatch), "has changed"),
    ],
)
async def test_every_error_becomes_a_kind_sentence(
    people: People, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    async def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(sys.modules["cogs.status"], "server_status", fail)
    seen = await people.use("status")
    assert told in seen["message"]["content"]


async def test_interaction_whose_time_is_over_is_only_logged(
    people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def too_late(*_: object) -> None:
        raise discord_error(404, 10062)

    monkeypatch.setattr(sys.modules["cogs.status"], "server_status", too_late)
    assert (await people.use("status"))["status"] == "thinking"
    assert "interaction too late" in caplog.text


async def test_reply_that_discord_does_not_take_is_only_logged(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    people.state.answer_window_s = 0.3
    await people.go_wrong("status", route="POST /interactions/*", status=404, times=2)
    assert (await people.use("status"))["status"] == "failed"
    assert "reply failed" in caplog.text
    assert (await people.use("status"))["status"] == "answered"
