from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.delivery.look import MAX_LOOKED_AT
from bot.delivery.outcome import Later, Sent
from bot.delivery.send import Sender
from bot.model import Announcement, AnnouncementId, MessageId
from tests.delivery.test_embed import announcement
from tests.fakes import FakeDiscord, discord_error

DOUBTFUL = replace(announcement(), attempts=4, doubtful_since=datetime.fromisoformat("2023-05-01T12:00Z"))


async def send(fake: FakeDiscord, one: Announcement) -> Any:
    return await Sender(cast(discord.Client, fake)).send(one)


async def sent_with_lost_answer(*, forgets_nonces: bool) -> FakeDiscord:
    fake = FakeDiscord(forgets_nonces=forgets_nonces)
    fake.lost_answers = [TimeoutError()]
    assert isinstance(await send(fake, announcement()), Later)
    return fake


@pytest.mark.parametrize("forgets_nonces", [True, False])
async def test_message_of_a_lost_answer_is_found_and_not_sent_again(forgets_nonces: bool) -> None:
    fake = await sent_with_lost_answer(forgets_nonces=forgets_nonces)
    assert await send(fake, DOUBTFUL) == Sent(MessageId(1000))
    assert len(fake.messages) == 1


async def test_what_is_not_there_is_sent() -> None:
    fake = FakeDiscord(forgets_nonces=True)
    await send(fake, replace(announcement(), id=AnnouncementId(2)))
    assert await send(fake, DOUBTFUL) == Sent(MessageId(1001))


async def test_look_ends_where_no_attempt_had_been_made() -> None:
    fake = await sent_with_lost_answer(forgets_nonces=True)
    await send(fake, replace(announcement(), id=AnnouncementId(2)))
    assert DOUBTFUL.doubtful_since is not None
    fake.messages[1].created_at = DOUBTFUL.doubtful_since - timedelta(days=2)
    assert await send(fake, DOUBTFUL) == Sent(MessageId(1002))


async def test_look_goes_no_further_back_than_its_limit() -> None:
    fake = await sent_with_lost_answer(forgets_nonces=True)
    fake.messages += [replace(fake.messages[0], components=[]) for _ in range(MAX_LOOKED_AT)]
    await send(fake, DOUBTFUL)
    assert len(fake.messages) == MAX_LOOKED_AT + 2


async def test_same_buttons_of_another_bot_are_not_ours() -> None:
    fake = await sent_with_lost_answer(forgets_nonces=True)
    fake.messages[0].author = SimpleNamespace(id=8)
    await send(fake, DOUBTFUL)
    assert len(fake.messages) == 2


async def test_without_permission_to_look_it_is_sent_rather_than_lost() -> None:
    fake = await sent_with_lost_answer(forgets_nonces=True)
    fake.history_failure = discord_error(403, 50013)
    assert await send(fake, DOUBTFUL) == Sent(MessageId(1001))


async def test_discord_in_trouble_while_looking_sends_nothing() -> None:
    fake = await sent_with_lost_answer(forgets_nonces=True)
    fake.history_failure = discord_error(503)
    assert isinstance(await send(fake, DOUBTFUL), Later)
    assert len(fake.messages) == 1
