"""The bot killed without warning, again and again, loses nothing and says nothing twice."""

import asyncio
from itertools import cycle
from pathlib import Path

from tests.e2e.stage import bot, sandbox
from tests.e2e.test_history import announced, begin, expected, news_days

KILLED_AFTER_S = (0.2, 0.9, 1.3)
"""After a day's news came out: before it is read, while it is stored and sent, soon after that."""


async def test_killed_in_the_middle_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as stage:
        async with bot(stage, tmp_path):
            await begin(stage)
        for day, after_s in zip(news_days(), cycle(KILLED_AFTER_S), strict=False):
            async with bot(stage, tmp_path) as process:
                await stage.until_feeds_are_read()
                await stage.post("/sandbox/newsroom", {"until": day.isoformat()})
                await asyncio.sleep(after_s)
                process.kill()
        async with bot(stage, tmp_path):
            await stage.until_feeds_are_read()
            await stage.until_sent()
        messages = await stage.messages("tv-news")
    assert [announced(message, messages) for message in messages] == expected()
