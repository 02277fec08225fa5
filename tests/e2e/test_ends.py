"""How the bot ends: by a signal with all written down, by a revoked token with a sentence."""

import asyncio
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.e2e.stage import Stage, bot, sandbox, until
from tests.e2e.test_history import begin, news_days

POSTS = "POST /channels/*/messages"


async def until_a_message_is_under_way(stage: Stage) -> None:
    """Let Discord take its time with the next announcement, and wait until it has it."""
    told = {"action": "delay", "delay_s": 2, "route": POSTS, "times": 1}
    await stage.post("/sandbox/faults", told)
    await stage.post("/sandbox/newsroom", {"until": news_days()[0].isoformat()})
    path = stage.environment["GREENLIT_DATABASE__URL"].removeprefix("sqlite:///")

    async def is_under_way() -> bool:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            leased = database.execute("SELECT count(*) FROM announcements WHERE leased_until IS NOT NULL")
            return bool(leased.fetchone()[0])

    await until(is_under_way)


async def test_signal_lets_what_is_under_way_finish_and_be_written_down(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as stage, bot(stage, tmp_path) as process:
        await begin(stage)
        await until_a_message_is_under_way(stage)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
        assert time.monotonic() - began < 10
        (message,) = await stage.messages("tv-news")
        log = (tmp_path / "bot.log").read_text()
        assert f"message={message['id']}" in log
        assert "unrecorded" not in log
        assert log.rstrip().rpartition("\n")[2].rstrip().endswith("stopped")


async def test_revoked_token_ends_it_with_a_sentence_and_no_storm(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as stage, bot(stage, tmp_path) as process:
        await begin(stage)
        await stage.post("/sandbox/faults", {"action": "revoke_token"})
        async with asyncio.timeout(15):
            assert await process.wait() == 2
        assert "Discord no longer accepts" in (tmp_path / "bot.log").read_text()
        assert (await stage.get("/sandbox/counts"))["statuses"].get("401", 0) <= 5
