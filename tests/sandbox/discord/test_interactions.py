"""Answers to interactions as Discord takes and refuses them, request by request."""

import asyncio
from typing import Any

import pytest

from sandbox.discord import DEFAULT_BOT_ID, SAM_ID
from sandbox.discord.interactions import new_token
from sandbox.discord.nouns import Flag, Interaction, InteractionKind
from tests.sandbox.discord.place import Json, Place, Reply


def refusal(reply: Reply) -> tuple[int, int]:
    """Give the status and Discord's code."""
    return reply.status, reply.body["code"]


class Asked:
    """An interaction that waits for its answer."""

    def __init__(self, place: Place, kind: InteractionKind = InteractionKind.COMMAND) -> None:
        state = place.state
        self.place = place
        self.interaction = Interaction(
            state.ids.new(),
            new_token(),
            kind,
            state.applications[DEFAULT_BOT_ID],
            state.users[SAM_ID],
            place.channel("general"),
            {},
            state.now(),
        )
        state.interactions[self.interaction.token] = self.interaction
        self.webhook = f"/webhooks/{DEFAULT_BOT_ID}/{self.interaction.token}"
        self.original = f"{self.webhook}/messages/@original"

    async def answer(self, kind: int, told: Json | None = None, query: str = "") -> Reply:
        """Answer it."""
        path = f"/interactions/{self.interaction.id}/{self.interaction.token}/callback{query}"
        return await self.place.ask("POST", path, {"type": kind, "data": told or {}})


@pytest.fixture
def asked(place: Place) -> Asked:
    return Asked(place)


async def test_an_answer_is_empty_unless_asked_for(place: Place, asked: Asked) -> None:
    assert (await asked.answer(4, {"content": "hello"})).status == 204
    told = await Asked(place).answer(4, {"content": "hello", "flags": 64}, "?with_response=1")
    assert told.body["resource"]["message"]["content"] == "hello"
    assert told.body["interaction"]["response_message_ephemeral"] is True


async def test_a_second_answer_comes_too_often(asked: Asked) -> None:
    await asked.answer(5)
    assert refusal(await asked.answer(4, {"content": "again"})) == (400, 40060)


async def test_an_answer_after_three_seconds_comes_too_late(place: Place, asked: Asked) -> None:
    place.clock.passed_s = 3.1
    assert refusal(await asked.answer(4, {"content": "late"})) == (404, 10062)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (InteractionKind.COMMAND, 7),
        (InteractionKind.COMMAND, 8),
        (InteractionKind.COMPONENT, 7),
        (InteractionKind.AUTOCOMPLETE, 4),
        (InteractionKind.MODAL, 9),
    ],
)
async def test_an_answer_must_fit_its_interaction(place: Place, kind: InteractionKind, answer: int) -> None:
    told: Json = {"content": "c", "custom_id": "c", "title": "t", "components": []}
    if answer == 9:
        line = {"type": 4, "custom_id": "x", "style": 1, "label": "l"}
        told = {"custom_id": "c", "title": "t", "components": [{"type": 1, "components": [line]}]}
    assert refusal(await Asked(place, kind).answer(answer, told)) == (400, 50035)


async def test_an_answers_breach_is_told_below_data(asked: Asked) -> None:
    reply = await asked.answer(4, {"content": "c" * 2001})
    assert refusal(reply) == (400, 50035)
    assert "content" in reply.body["errors"]["data"]
    assert refusal(await asked.answer(4, {})) == (400, 50006)
    assert asked.interaction.answer_kind is None


async def test_the_answer_is_read_changed_and_deleted(place: Place, asked: Asked) -> None:
    await asked.answer(5, {"flags": 64})
    loading = (await place.ask("GET", asked.original)).body
    assert loading["flags"] == Flag.LOADING | Flag.EPHEMERAL
    edited = (await place.ask("PATCH", asked.original, {"content": "done"})).body
    assert (edited["content"], edited["flags"], edited["edited_timestamp"]) == ("done", 64, None)
    by_id = f"{asked.webhook}/messages/{edited['id']}"
    assert (await place.ask("GET", by_id)).body["content"] == "done"
    assert (await place.ask("DELETE", asked.original)).status == 204
    assert refusal(await place.ask("GET", asked.original)) == (404, 10008)


async def test_an_ephemeral_answer_is_hidden_from_the_channel(place: Place, asked: Asked) -> None:
    sent = (await asked.answer(4, {"content": "c", "flags": 64}, "?with_response=true")).body
    message_id = sent["interaction"]["response_message_id"]
    general = place.channel("general")
    assert (await place.ask("GET", f"/channels/{general.id}/messages")).body == []
    assert refusal(await place.ask("GET", f"/channels/{general.id}/messages/{message_id}")) == (404, 10008)


async def test_nothing_follows_before_the_answer_or_after_a_quarter_of_an_hour(
    place: Place, asked: Asked
) -> None:
    follow_up = {"content": "more"}
    assert refusal(await place.ask("POST", asked.webhook, follow_up)) == (404, 10015)
    await asked.answer(4, {"content": "c"})
    assert (await place.ask("POST", asked.webhook, follow_up)).status == 200
    place.clock.passed_s = 901
    assert refusal(await place.ask("POST", asked.webhook, follow_up)) == (401, 50027)


async def test_follow_ups_need_no_token_and_have_a_limit_of_their_own(place: Place, asked: Asked) -> None:
    await asked.answer(4, {"content": "c"})
    place.headers = {}
    replies = [await place.ask("POST", asked.webhook, {"content": "more"}) for _ in range(6)]
    assert [reply.status for reply in replies] == [200] * 5 + [429]


async def test_an_answer_calls_people_but_no_roles_by_default(place: Place, asked: Asked) -> None:
    text = f"<@{SAM_ID}> @everyone"
    told = (await asked.answer(4, {"content": text}, "?with_response=1")).body["resource"]["message"]
    assert ([user["id"] for user in told["mentions"]], told["mention_everyone"]) == ([str(SAM_ID)], False)


async def test_components_get_numbers_where_the_bot_gave_none(place: Place, asked: Asked) -> None:
    button: dict[str, Any] = {"type": 2, "style": 1, "label": "l", "custom_id": "a"}
    row = {"type": 1, "components": [button, {**button, "custom_id": "b", "id": 1}]}
    told = (await asked.answer(4, {"components": [row]}, "?with_response=1")).body["resource"]["message"]
    assert told["components"][0]["id"] == 2
    assert [one["id"] for one in told["components"][0]["components"]] == [3, 1]


async def test_old_interactions_are_forgotten(place: Place, asked: Asked) -> None:
    place.clock.passed_s = 5000
    command = {"name": "follow", "description": "d"}
    await place.ask("POST", f"/applications/{DEFAULT_BOT_ID}/commands", command)
    channel_id = place.channel("general").id
    await place.control("POST", "/commands", {"channel_id": channel_id, "user_id": SAM_ID, "name": "follow"})
    await asyncio.sleep(0)
    assert asked.interaction.token not in place.state.interactions
