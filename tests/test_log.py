"""Log lines: readable, parseable, and free of secrets."""

import json
import logging

import pytest

from bot.log import fields, start_logging

TOKEN_SHAPED = ".".join(("M" * 24, "G" * 6, "x" * 38))


@pytest.fixture(autouse=True)
def restore_logging() -> object:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_text_line_has_event_and_fields(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("info", "text")
    logging.getLogger("bot.jobs.poll").info("feed polled", extra=fields(feed=12, name="TV Line", error=""))
    line = capsys.readouterr().err.strip()
    assert line.endswith('INFO bot.jobs.poll feed polled feed=12 name="TV Line" error=""')


def test_json_line_can_be_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("debug", "json")
    logging.getLogger("bot.x").warning("feed polled", extra=fields(feed=12))
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["event"], line["feed"]) == ("WARNING", "feed polled", 12)


@pytest.mark.parametrize("style", ["text", "json"])
def test_secrets_are_masked_even_in_tracebacks(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("info", style, ["hunter2"])  # type: ignore[arg-type] # parametrised over both literals
    log = logging.getLogger("bot.x")
    try:
        raise RuntimeError(f"hunter2 and {TOKEN_SHAPED}")
    except RuntimeError:
        log.exception(
            "sent to https://x/webhooks/123/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", extra=fields(key="hunter2")
        )
    written = capsys.readouterr().err
    assert "hunter2" not in written
    assert TOKEN_SHAPED not in written
    assert "aaaaaaaaaaaaaaaaaaaa" not in written
    assert "RuntimeError" in written
