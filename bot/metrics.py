"""What the bot counts and measures for its operator, in Prometheus' words.

One registry of this module, so that a place that counts needs one line and no parameter. No decision
ever reads it. Counters grow where things happen; what can be looked up is looked up when /metrics is
asked (`Sample`).
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from bot import __version__

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY = CollectorRegistry()
LAG_TICK_S = 0.5
_SHORT_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_LONG_S = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 3 * 3600, 12 * 3600, 24 * 3600, 72 * 3600)

ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

polls = Counter(
    "greenlit_polls", "Polls by outcome: read, unchanged (304) or failed.", ["outcome"], registry=REGISTRY
)
poll_seconds = Histogram(
    "greenlit_poll_seconds", "From request to stored, a poll.", buckets=_SHORT_S, registry=REGISTRY
)
articles = Counter(
    "greenlit_articles", "Feed entries: new, changed or dropped.", ["outcome"], registry=REGISTRY
)
claims = Counter("greenlit_claims", "Claims that articles make, by kind.", ["kind"], registry=REGISTRY)
stories = Counter("greenlit_stories", "Stories that nobody had told before.", registry=REGISTRY)
announcements = Counter(
    "greenlit_announcements",
    "What became of attempts to announce: sent, edited, later, closed, given_up or refused.",
    ["outcome"],
    registry=REGISTRY,
)
article_to_message_seconds = Histogram(
    "greenlit_article_to_message_seconds",
    "From an article's publication to its message in a channel.",
    buckets=_LONG_S,
    registry=REGISTRY,
)
send_seconds = Histogram(
    "greenlit_send_seconds",
    "One message to Discord and its answer; waits for a channel's rate limit included.",
    buckets=_SHORT_S,
    registry=REGISTRY,
)
pacer_wait_seconds = Histogram(
    "greenlit_pacer_wait_seconds",
    "How long announcements wait for their turn below Discord's global limit.",
    buckets=_SHORT_S,
    registry=REGISTRY,
)
discord_answers = Counter(
    "greenlit_discord_answers",
    "Discord's answers by HTTP status; 429 is too many.",
    ["status"],
    registry=REGISTRY,
)
event_loop_lag_seconds = Histogram(
    "greenlit_event_loop_lag_seconds",
    f"How late a timer of {LAG_TICK_S} s rang: above a second the gateway suffers.",
    buckets=_SHORT_S,
    registry=REGISTRY,
)
outbox_pending = Gauge(
    "greenlit_outbox_pending", "Announcements that wait to be sent or edited.", registry=REGISTRY
)
outbox_oldest_seconds = Gauge(
    "greenlit_outbox_oldest_seconds", "How long the oldest unsent announcement has waited.", registry=REGISTRY
)
catalogue_shows = Gauge("greenlit_catalogue_shows", "Shows in the catalogue.", registry=REGISTRY)
guilds = Gauge("greenlit_guilds", "Servers that have the bot.", registry=REGISTRY)
ready = Gauge("greenlit_ready", "1 while nothing keeps the bot from its work (/readyz).", registry=REGISTRY)
_version = Gauge("greenlit_version", "Always 1; the label is the version.", ["version"], registry=REGISTRY)
_version.labels(__version__).set(1)


@dataclass(frozen=True, slots=True)
class Sample:
    """What is looked up when the page is asked; None where the database did not answer."""

    is_ready: bool
    guilds: int
    shows: int | None = None
    pending: int | None = None
    oldest_at: datetime | None = None


def write_metrics(sample: Sample, now: datetime) -> bytes:
    """Give the page, in Prometheus' text format."""
    ready.set(sample.is_ready)
    guilds.set(sample.guilds)
    catalogue_shows.set(_or_nan(sample.shows))
    outbox_pending.set(_or_nan(sample.pending))
    waited_s = 0.0 if sample.oldest_at is None else (now - sample.oldest_at).total_seconds()
    outbox_oldest_seconds.set(_or_nan(None if sample.pending is None else max(waited_s, 0.0)))
    return generate_latest(REGISTRY)


async def watch_event_loop(tick_s: float = LAG_TICK_S) -> None:
    """Measure, until cancelled, how late the event loop comes to what is due."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + tick_s
        await asyncio.sleep(tick_s)
        event_loop_lag_seconds.observe(max(loop.time() - due, 0.0))


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
