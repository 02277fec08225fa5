"""The control endpoints, and the faults they can make."""

import asyncio
import json

import aiohttp
import pytest

from sandbox.discord import DEFAULT_BOT_ID, ROBIN_ID, SAM_ID, people
from sandbox.discord.errors import PersonError
from sandbox.discord.faults import Fault, Faults
from tests.sandbox.discord.place import Place

ROUTE = "POST /channels/*/messages"


async def test_the_sandbox_opens_with_the_couch_robin_and_sam(place: Place) -> None:
    (guild,) = (await place.control("GET", "/guilds")).body
    assert (guild["name"], guild["owner_id"], guild["has_bot"]) == ("The Couch", str(ROBIN_ID), True)
    assert [person["global_name"] for person in guild["people"]] == ["Robin", "Sam"]
    channels = {channel["name"]: channel for channel in guild["channels"]}
    assert channels["announcements"]["kind"] == "announcement"
    assert "send_messages" in channels["tv-news"]["bot_may"]
    assert channels["mods"]["bot_may"] == []


async def test_a_page_is_told_of_messages_and_of_ephemeral_ones_only_its_own(place: Place) -> None:
    news = place.channel("tv-news")
    async with place.session.get(f"{place.base}/sandbox/events?user_id={SAM_ID}") as stream:
        await stream.content.readuntil(b"\n\n")
        place.state.hub.tell_pages({"type": "message_created", "for": "robin"}, ROBIN_ID)
        sent = (await place.write(news, content="hello")).body
        await place.ask("PATCH", f"/channels/{news.id}/messages/{sent['id']}", {"content": "bye"})
        await place.ask("DELETE", f"/channels/{news.id}/messages/{sent['id']}")
        told = [
            json.loads((await stream.content.readuntil(b"\n\n")).removeprefix(b"data: ")) for _ in range(3)
        ]
    assert [one["type"] for one in told] == ["message_created", "message_edited", "message_deleted"]
    assert [one["message"]["content"] for one in told[:2]] == ["hello", "bye"]
    assert told[2] == {"type": "message_deleted", "id": sent["id"], "channel_id": str(news.id)}


async def test_permissions_are_taken_and_given_back_by_name(place: Place) -> None:
    news = place.channel("tv-news")
    changed = await place.control("PATCH", f"/channels/{news.id}", {"deny": ["send_messages"]})
    assert "send_messages" not in changed.body["bot_may"]
    changed = await place.control("PATCH", f"/channels/{news.id}", {"deny": 0})
    assert "send_messages" in changed.body["bot_may"]


async def test_a_new_channel_can_be_used_at_once(place: Place) -> None:
    asked = {"guild_id": place.guild.id, "name": "shows", "kind": "forum", "tags": ["renewed"]}
    made = (await place.control("POST", "/channels", asked)).body
    assert (made["kind"], made["available_tags"][0]["name"]) == ("forum", "renewed")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/commands", {"channel_id": 1, "user_id": SAM_ID, "name": "x"}, 404),
        ("POST", "/commands", {"name": "x"}, 400),
        ("POST", "/messages", ["no object"], 400),
        ("POST", "/components", {"message_id": 1, "user_id": SAM_ID, "custom_id": "x"}, 400),
        ("POST", "/modals", {"interaction_id": 1, "user_id": SAM_ID}, 400),
        ("POST", "/faults", {"action": "earthquake"}, 400),
        ("DELETE", "/guilds/1", None, 400),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    place: Place, method: str, path: str, body: object, status: int
) -> None:
    reply = await place.control(method, path, body)
    assert (reply.status, reply.body["status"]) == (status, "refused")
    assert reply.body["reason"]


async def test_a_fault_strikes_as_often_as_it_was_told(place: Place) -> None:
    news = place.channel("tv-news")
    await place.control("POST", "/faults", {"action": "status", "status": 502, "route": ROUTE, "times": 2})
    statuses = [(await place.write(news, content="c")).status for _ in range(3)]
    assert statuses == [502, 502, 200]
    assert len(news.messages) == 1


async def test_a_429_on_demand_asks_to_wait(place: Place) -> None:
    await place.control("POST", "/faults", {"action": "status", "status": 429, "delay_s": 0.5, "times": 1})
    reply = await place.write(place.channel("tv-news"), content="c")
    assert (reply.status, reply.body["retry_after"]) == (429, 0.5)
    assert reply.headers["X-RateLimit-Scope"] == "shared"


@pytest.mark.parametrize(("action", "stored"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_reset_comes_before_or_after_the_message_is_stored(
    place: Place, action: str, stored: int
) -> None:
    news = place.channel("tv-news")
    await place.control("POST", "/faults", {"action": action, "route": ROUTE, "times": 1})
    with pytest.raises(aiohttp.ClientError):
        await place.write(news, content="c", nonce="n", enforce_nonce=True)
    assert len(news.messages) == stored
    await place.write(news, content="c", nonce="n", enforce_nonce=True)
    assert len(news.messages) == 1
    assert place.state.counts.statuses[0] == 1


async def test_a_delay_holds_only_the_requests_it_is_meant_for(place: Place) -> None:
    await place.control("POST", "/faults", {"action": "delay", "delay_s": 30, "route": ROUTE})
    waiting = asyncio.create_task(place.write(place.channel("tv-news"), content="c"))
    assert (await place.ask("GET", "/users/@me")).status == 200
    assert not waiting.done()
    waiting.cancel()


def test_a_share_of_requests_is_struck_and_the_same_ones_each_time() -> None:
    def struck() -> list[bool]:
        faults = Faults(seed=7)
        faults.add(Fault("status", share=0.3))
        return [bool(faults.strike("GET /gateway")) for _ in range(1000)]

    first = struck()
    assert first == struck()
    assert 250 < sum(first) < 350


def test_a_fault_meets_its_own_route_only() -> None:
    fault = Fault("status", route="* /channels/*/messages")
    assert fault.matches("POST /channels/{channel_id}/messages")
    assert not fault.matches("POST /channels/{channel_id}/messages/{message_id}/crosspost")
    with pytest.raises(ValueError, match="no such fault"):
        Fault("flood")


@pytest.fixture
async def commands(place: Place) -> None:
    """Commands with every sort of option, registered."""
    options = [
        {
            "type": 3,
            "name": "show",
            "description": "d",
            "required": True,
            "autocomplete": True,
            "max_length": 10,
        },
        {"type": 4, "name": "season", "description": "d", "min_value": 1, "max_value": 99},
        {"type": 5, "name": "ping", "description": "d"},
        {"type": 6, "name": "who", "description": "d"},
        {"type": 7, "name": "channel", "description": "d", "channel_types": [0, 5]},
        {"type": 8, "name": "role", "description": "d"},
        {"type": 3, "name": "kind", "description": "d", "choices": [{"name": "Renewed", "value": "renewed"}]},
    ]
    step = {"type": 1, "name": "channel", "description": "d"}
    told = [
        {"name": "follow", "description": "d", "options": options},
        {"name": "setup", "description": "d", "options": [step]},
        {"name": "admin", "description": "d", "default_member_permissions": "0"},
    ]
    assert (await place.ask("PUT", f"/applications/{DEFAULT_BOT_ID}/commands", told)).status == 200


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("nothing", {}, "no command"),
        ("follow", {}, "required"),
        ("follow", {"show": "x", "colour": 1}, "no option colour"),
        ("follow", {"show": "x" * 11}, "characters"),
        ("follow", {"show": "x", "season": "two"}, "number"),
        ("follow", {"show": "x", "season": 100}, "bounds"),
        ("follow", {"show": "x", "ping": "yes"}, "true or false"),
        ("follow", {"show": "x", "who": 1}, "no such person"),
        ("follow", {"show": "x", "role": 1}, "no such role"),
        ("follow", {"show": "x", "channel": 1}, "no such channel"),
        ("follow", {"show": "x", "kind": "axed"}, "no choice"),
        ("setup", {}, "subcommand"),
        ("setup role", {}, "no command"),
        ("admin", {}, "permission"),
    ],
)
async def test_what_discords_client_would_not_send_is_refused(
    place: Place, name: str, options: dict[str, object], reason: str
) -> None:
    general = place.channel("general")
    with pytest.raises(PersonError, match=reason):
        await people.use_command(place.state, general, place.state.users[SAM_ID], name, options)


@pytest.mark.usefixtures("commands")
async def test_a_forum_is_no_choice_for_a_text_channel_option(place: Place) -> None:
    options = {"show": "x", "channel": place.channel("episode-talk").id}
    with pytest.raises(PersonError, match="kind"):
        await people.use_command(
            place.state, place.channel("general"), place.state.users[SAM_ID], "follow", options
        )


@pytest.mark.usefixtures("commands")
async def test_without_a_bot_listening_the_application_does_not_respond(place: Place) -> None:
    options = {"show": "x", "channel": place.channel("tv-news").id, "role": place.guild.id, "who": SAM_ID}
    asked = {
        "channel_id": place.channel("general").id,
        "user_id": SAM_ID,
        "name": "follow",
        "options": options,
    }
    outcome = (await place.control("POST", "/commands", asked)).body
    assert outcome["status"] == "failed"
    again = (await place.control("GET", f"/interactions/{outcome['interaction_id']}")).body
    assert again["interaction_id"] == outcome["interaction_id"]


@pytest.mark.usefixtures("commands")
async def test_nobody_uses_commands_where_they_see_nothing(place: Place) -> None:
    with pytest.raises(PersonError, match="cannot use commands"):
        await people.use_command(
            place.state, place.channel("mods"), place.state.users[SAM_ID], "follow", {"show": "x"}
        )
