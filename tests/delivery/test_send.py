import asyncio
from dataclasses import replace
from typing import Any, cast

import discord
import pytest

from bot.delivery.outcome import GiveUp, Later, Sent
from bot.delivery.send import Sender, announcement_buttons
from bot.model import MessageId, Source
from tests.delivery.test_embed import AT, RENEWED, announcement
from tests.fakes import FakeChannel, FakeDiscord, discord_error


def sender(fake: FakeDiscord, max_send_s: float = 5) -> Sender:
    return Sender(cast(discord.Client, fake), max_send_s)


async def test_announcement_becomes_one_message_with_its_nonce() -> None:
    fake = FakeDiscord()
    assert await sender(fake).send(announcement()) == Sent(MessageId(1000))
    assert [(one.channel_id, one.nonce) for one in fake.messages] == [(3, "greenlit-1")]


async def test_answer_that_was_lost_makes_no_second_message() -> None:
    fake = FakeDiscord()
    fake.lost_answers = [TimeoutError()]
    assert isinstance(await sender(fake).send(announcement()), Later)
    assert await sender(fake).send(announcement()) == Sent(MessageId(1000))
    assert len(fake.messages) == 1


async def test_announcement_with_a_message_is_an_edit() -> None:
    fake = FakeDiscord()
    await sender(fake).send(announcement())
    grown = replace(RENEWED, sources=(*RENEWED.sources, Source("Variety", "https://variety.com/a", AT)))
    changed = replace(announcement(grown), message_id=MessageId(1000))
    assert await sender(fake).send(changed) == Sent(MessageId(1000))
    assert fake.messages[0].edits == 1
    assert "also Variety" in (fake.messages[0].embed.footer.text or "")


async def test_message_that_was_deleted_is_not_edited_again() -> None:
    fake = FakeDiscord()
    fake.failures = [discord_error(404, 10008)]
    outcome = await sender(fake).send(replace(announcement(), message_id=MessageId(1)))
    assert outcome == GiveUp("the message was deleted")


async def test_discord_that_does_not_answer_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object, **__: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(FakeChannel, "send", never)
    assert await sender(FakeDiscord(), 0.01).send(announcement()) == Later(
        5, "Discord did not answer in time"
    )


async def test_buttons_open_the_article_and_ask_what_is_known() -> None:
    view = announcement_buttons(announcement())
    assert [getattr(item, "url", None) or getattr(item, "custom_id", None) for item in view.children] == [
        "https://tvline.com/diplomat",
        "status:55:1",
    ]
    assert view.is_finished()


async def test_article_without_an_address_has_no_read_button() -> None:
    view = announcement_buttons(announcement(replace(RENEWED, sources=(Source("X", "", AT),))))
    assert len(view.children) == 1
