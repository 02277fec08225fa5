"""Parsing in another process, and what a wicked document may do to it."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import ParseError
from bot.feeds.fetch import Fetched
from bot.jobs.parsing import Parser
from tests.fakes import crash, hang, rss

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
FEED = Fetched("https://outlet.test/feed", rss(("/1", "One")).encode(), "text/xml")

PARSES_ONCE = """
import asyncio
from bot.jobs.parsing import Parser
from tests.jobs.test_parsing import FEED, NOW

async def parse_once():
    await Parser().parse(FEED, source="TVLine", read_at=NOW)
    print("parsed", flush=True)
    await asyncio.Event().wait()

asyncio.run(parse_once())
"""


async def test_a_document_is_parsed_in_another_process_and_its_errors_come_back() -> None:
    parser = Parser()
    try:
        parsed = await parser.parse(FEED, source="TVLine", read_at=NOW)
        assert [article.title for article in parsed.articles] == ["One"]
        with pytest.raises(ParseError, match=r"outlet\.test"):
            await parser.parse(Fetched("https://outlet.test/feed", b""), source="TVLine", read_at=NOW)
    finally:
        parser.close()


async def test_a_document_that_is_never_done_costs_its_own_feed_only() -> None:
    parser = Parser(hang, timeout_s=0.05)
    try:
        for _ in range(2):
            with pytest.raises(ParseError, match=r"not parsed within 0\.05 s"):
                await parser.parse(FEED, source="TVLine", read_at=NOW)
    finally:
        parser.close()


async def test_a_document_that_kills_its_parser_costs_its_own_feed_only() -> None:
    parser = Parser(crash)
    try:
        for _ in range(2):
            with pytest.raises(ParseError, match="made its parser crash"):
                await parser.parse(FEED, source="TVLine", read_at=NOW)
    finally:
        parser.close()


async def test_a_bot_that_is_killed_leaves_no_parser_behind() -> None:
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARSES_ONCE, cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE
    )  # fmt: skip
    assert bot.stdout is not None
    assert await bot.stdout.readline() == b"parsed\n"
    bot.kill()
    async with asyncio.timeout(20):
        assert await bot.stdout.read() == b""  # it ends when the last process that could write there has
    await bot.wait()


def test_a_parser_that_never_worked_closes_quietly() -> None:
    Parser().close()
