"""The gateway, frame by frame."""

import asyncio
import json
import zlib
from typing import Any

import aiohttp
import pytest

from sandbox.discord import DEFAULT_BOT_ID, DEFAULT_TOKEN, SAM_ID, people
from sandbox.discord.gateway.sessions import Intent
from sandbox.discord.nouns import Overwrite
from sandbox.discord.permissions import Permission
from sandbox.discord.world import add_bot, found_guild
from tests.sandbox.discord.place import Json, Opener, Place

GUILDS = int(Intent.GUILDS)


class Wire:
    """A bot's end of the gateway."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, *, compressed: bool = False) -> None:
        self.socket = socket
        self._stream = zlib.decompressobj() if compressed else None

    async def send(self, op: int, told: Any) -> None:
        """Send a payload."""
        await self.socket.send_json({"op": op, "d": told})

    async def hear(self) -> Json:
        """Give the next payload."""
        frame = await self.socket.receive(timeout=2)
        assert frame.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY), frame
        text = self._stream.decompress(frame.data) if self._stream is not None else frame.data
        payload: Json = json.loads(text)
        return payload

    async def hear_events(self, count: int) -> list[str]:
        """Give the names of the next events."""
        return [(await self.hear())["t"] for _ in range(count)]

    async def hear_code(self) -> int | None:
        """Read up to the end, and give its close code."""
        while not self.socket.closed:
            await self.socket.receive(timeout=2)
        return self.socket.close_code

    async def identify(self, intents: int = GUILDS, **more: Any) -> Json:
        """Identify, and give READY."""
        await self.send(2, {"token": DEFAULT_TOKEN, "intents": intents, "properties": {}, **more})
        ready = await self.hear()
        assert ready["t"] == "READY"
        session: Json = ready["d"]
        return session


async def connect(place: Place, query: str = "") -> Wire:
    """Open a connection and hear its hello."""
    address = place.base.replace("http", "ws") + f"/gateway?v=10&encoding=json{query}"
    wire = Wire(await place.session.ws_connect(address), compressed="zlib-stream" in query)
    assert (await wire.hear())["op"] == 10
    return wire


@pytest.mark.parametrize("query", ["", "&compress=zlib-stream"])
async def test_who_identifies_hears_ready_and_its_servers(place: Place, query: str) -> None:
    wire = await connect(place, query)
    ready = await wire.identify()
    assert ready["resume_gateway_url"] == place.state.gateway_url
    assert ready["guilds"] == [{"id": str(place.guild.id), "unavailable": True}]
    told = await wire.hear()
    assert told["t"] == "GUILD_CREATE"
    assert {"general", "tv-news", "mods"} <= {channel["name"] for channel in told["d"]["channels"]}
    assert [member["user"]["username"] for member in told["d"]["members"]] == ["greenlit"]


async def test_heartbeats_are_acknowledged_unless_told_otherwise(place: Place) -> None:
    wire = await connect(place)
    await wire.send(1, None)
    assert (await wire.hear())["op"] == 11
    await place.control("POST", "/faults", {"action": "no_acks"})
    await wire.send(1, None)
    await place.control("POST", "/faults", {"action": "reconnect_gateway"})
    await wire.identify()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"token": "wrong", "intents": 1}, 4004),
        ({"token": "", "intents": 1}, 4004),
        ({"token": DEFAULT_TOKEN, "intents": 1 << 40}, 4013),
        ({"token": DEFAULT_TOKEN, "intents": int(Intent.MESSAGE_CONTENT)}, 4014),
        ({"token": DEFAULT_TOKEN, "intents": 1, "shard": [2, 2]}, 4010),
    ],
)
async def test_a_wrong_identify_has_its_close_code(place: Place, told: Json, code: int) -> None:
    wire = await connect(place)
    await wire.send(2, told)
    assert await wire.hear_code() == code


@pytest.mark.parametrize(
    ("frame", "code"),
    [("no json", 4002), ('{"op": 99}', 4001), ('{"op": 3, "d": {}}', 4003), ('"' + "x" * 5000 + '"', 4002)],
)
async def test_a_wrong_payload_has_its_close_code(place: Place, frame: str, code: int) -> None:
    wire = await connect(place)
    await wire.socket.send_str(frame)
    assert await wire.hear_code() == code


async def test_identifying_twice_closes_the_connection(place: Place) -> None:
    wire = await connect(place)
    await wire.identify()
    await wire.send(2, {"token": DEFAULT_TOKEN, "intents": 1})
    assert await wire.hear_code() == 4005


async def test_a_resume_replays_what_was_missed(place: Place) -> None:
    wire = await connect(place)
    ready = await wire.identify(GUILDS | Intent.GUILD_MESSAGES)
    sequence = (await wire.hear())["s"]
    await place.control("POST", "/faults", {"action": "close_gateway", "code": 4000})
    assert await wire.hear_code() == 4000
    people.write(place.state, place.channel("general"), place.state.users[SAM_ID], "missed")
    again = await connect(place)
    await again.send(6, {"token": DEFAULT_TOKEN, "session_id": ready["session_id"], "seq": sequence})
    missed = await again.hear()
    assert (missed["t"], missed["s"]) == ("MESSAGE_CREATE", sequence + 1)
    assert missed["d"]["content"] == ""  # the bot has no message-content intent
    assert await again.hear_events(1) == ["RESUMED"]


async def test_a_session_that_ended_or_waited_too_long_must_identify_anew(place: Place) -> None:
    wire = await connect(place)
    ready = await wire.identify()
    await wire.socket.close(code=1000)
    resume = {"token": DEFAULT_TOKEN, "session_id": ready["session_id"], "seq": 1}
    again = await connect(place)
    await again.send(6, resume)
    assert (await again.hear())["op"] == 9
    ready = await again.identify()
    await again.socket.close(code=4000)
    session = place.state.hub.sessions[ready["session_id"]]
    while session.lost_at is None:  # noqa: ASYNC110 - the stand-in tells nobody when it has noticed
        await asyncio.sleep(0)
    place.clock.passed_s = 181
    late = await connect(place)
    await late.send(6, {**resume, "session_id": ready["session_id"]})
    refused = await late.hear()
    assert (refused["op"], refused["d"]) == (9, False)


async def test_a_bot_that_falls_silent_is_let_go(open_place: Opener) -> None:
    place = await open_place(heartbeat_s=0.02)
    wire = await connect(place)
    assert await wire.hear_code() == 4009


async def test_each_shard_hears_of_its_own_servers(place: Place) -> None:
    number = (place.guild.id >> 22) % 2
    mine, other = await connect(place), await connect(place)
    assert len((await mine.identify(shard=[number, 2]))["guilds"]) == 1
    assert (await other.identify(shard=[1 - number, 2]))["guilds"] == []


async def test_only_who_asks_for_messages_hears_of_them(place: Place) -> None:
    quiet, nosy = await connect(place), await connect(place)
    await quiet.identify(GUILDS)
    await nosy.identify(GUILDS | Intent.GUILD_MESSAGES)
    await place.write(place.channel("general"), content="hello")
    await place.control("POST", "/guilds", {"name": "Elsewhere"})
    assert await quiet.hear_events(2) == ["GUILD_CREATE", "GUILD_CREATE"]
    assert await nosy.hear_events(3) == ["GUILD_CREATE", "MESSAGE_CREATE", "GUILD_CREATE"]


async def test_changes_to_a_server_are_told(place: Place) -> None:
    wire = await connect(place)
    await wire.identify()
    news, guild_id = place.channel("tv-news"), place.guild.id
    await place.control("PATCH", f"/channels/{news.id}", {"deny": ["send_messages"]})
    await place.control("DELETE", f"/channels/{news.id}")
    await place.control(
        "POST", "/faults", {"action": "role_permissions", "guild_id": guild_id, "permissions": 0}
    )
    await place.control("POST", "/faults", {"action": "guild_unavailable", "guild_id": guild_id})
    await place.control("POST", "/faults", {"action": "guild_unavailable", "guild_id": guild_id, "on": False})
    await place.control("DELETE", f"/guilds/{guild_id}")
    await place.control("POST", "/guilds", {"guild_id": guild_id})
    assert await wire.hear_events(8) == [
        "GUILD_CREATE",
        "CHANNEL_UPDATE",
        "CHANNEL_DELETE",
        "GUILD_ROLE_UPDATE",
        "GUILD_DELETE",
        "GUILD_CREATE",
        "GUILD_DELETE",
        "GUILD_CREATE",
    ]


async def test_a_deleted_channel_takes_its_threads_and_its_duties_along(place: Place) -> None:
    general = place.channel("general")
    general.overwrites[DEFAULT_BOT_ID] = Overwrite(DEFAULT_BOT_ID, 1, allow=Permission.CREATE_PUBLIC_THREADS)
    wire = await connect(place)
    await wire.identify()
    opened = await place.ask("POST", f"/channels/{general.id}/threads", {"name": "talk", "type": 11})
    assert opened.status == 201
    await place.control("PATCH", f"/channels/{opened.body['id']}", {"archived": True})
    await place.control("DELETE", f"/channels/{general.id}")
    assert await wire.hear_events(6) == [
        "GUILD_CREATE",
        "THREAD_CREATE",
        "THREAD_UPDATE",
        "THREAD_DELETE",
        "CHANNEL_DELETE",
        "GUILD_UPDATE",
    ]
    assert place.guild.system_channel_id is None


async def test_members_are_asked_for_in_vain(place: Place) -> None:
    wire = await connect(place)
    await wire.identify()
    await wire.hear()
    await wire.send(8, {"guild_id": str(place.guild.id), "query": "", "limit": 0, "nonce": "n"})
    told = await wire.hear()
    assert (told["t"], told["d"]["members"], told["d"]["nonce"]) == ("GUILD_MEMBERS_CHUNK", [], "n")


async def test_a_resume_with_a_wrong_token_or_sequence_is_closed(place: Place) -> None:
    ready = await (await connect(place)).identify()
    for told, code in (({"token": "wrong"}, 4004), ({"token": DEFAULT_TOKEN, "seq": None}, 4007)):
        wire = await connect(place)
        await wire.send(6, {"session_id": ready["session_id"], **told})
        assert await wire.hear_code() == code


async def test_two_and_a_half_thousand_servers_are_the_most_a_shard_may_have(place: Place) -> None:
    application = place.state.applications[DEFAULT_BOT_ID]
    for number in range(2500):
        guild = found_guild(place.state, f"server {number}", owner=place.state.users[SAM_ID])
        add_bot(place.state, guild, application)
    wire = await connect(place)
    await wire.send(2, {"token": DEFAULT_TOKEN, "intents": 1})
    assert await wire.hear_code() == 4011


async def test_invalidated_sessions_and_revoked_tokens_are_told(place: Place) -> None:
    wire = await connect(place)
    await wire.identify()
    await wire.hear()
    await place.control("POST", "/faults", {"action": "invalidate_sessions"})
    assert (await wire.hear())["op"] == 9
    await place.control("POST", "/faults", {"action": "revoke_token"})
    assert await wire.hear_code() == 4004
    assert (await place.ask("GET", "/users/@me")).status == 401
    await place.control("POST", "/faults", {"action": "revoke_token", "on": False})
    assert (await place.ask("GET", "/users/@me")).status == 200


async def test_the_gateway_can_be_down_while_requests_are_answered(place: Place) -> None:
    wire = await connect(place)
    await place.control("POST", "/faults", {"action": "gateway_down"})
    await wire.hear_code()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await connect(place)
    assert (await place.ask("GET", "/users/@me")).status == 200
    await place.control("POST", "/faults", {"action": "gateway_down", "on": False})
    await connect(place)


async def test_an_outage_cuts_everything(place: Place) -> None:
    wire = await connect(place)
    await place.control("POST", "/faults", {"action": "outage"})
    await wire.hear_code()
    with pytest.raises(aiohttp.ClientError):
        await place.ask("GET", "/users/@me")
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await connect(place)
    await place.control("DELETE", "/faults")
    await asyncio.wait_for(connect(place), 2)
