"""The operator's metrics."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot import metrics
from bot.metrics import Sample, write_metrics

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def lines(sample: Sample) -> list[str]:
    return write_metrics(sample, NOON).decode().splitlines()


def test_page_tells_what_was_looked_up() -> None:
    oldest_at = NOON - timedelta(seconds=90)
    page = lines(Sample(is_ready=True, guilds=3, shows=80_000, pending=7, oldest_at=oldest_at))
    assert "greenlit_ready 1.0" in page
    assert "greenlit_guilds 3.0" in page
    assert "greenlit_catalogue_shows 80000.0" in page
    assert "greenlit_outbox_pending 7.0" in page
    assert "greenlit_outbox_oldest_seconds 90.0" in page


def test_an_empty_outbox_has_no_age() -> None:
    assert "greenlit_outbox_oldest_seconds 0.0" in lines(Sample(True, 3, shows=1, pending=0))


def test_what_the_database_does_not_tell_is_no_number() -> None:
    page = lines(Sample(is_ready=False, guilds=3))
    assert "greenlit_ready 0.0" in page
    assert {"greenlit_outbox_pending NaN", "greenlit_outbox_oldest_seconds NaN"} <= set(page)
    assert "greenlit_catalogue_shows NaN" in page


def test_page_tells_the_process_and_the_version() -> None:
    page = write_metrics(Sample(True, 0), NOON).decode()
    assert "process_resident_memory_bytes" in page
    assert "greenlit_version{" in page


async def test_the_event_loops_lag_is_measured() -> None:
    name = "greenlit_event_loop_lag_seconds_count"
    before = metrics.REGISTRY.get_sample_value(name) or 0
    with suppress(TimeoutError):
        async with asyncio.timeout(0.1):
            await metrics.watch_event_loop(0.001)
    assert (metrics.REGISTRY.get_sample_value(name) or 0) > before
