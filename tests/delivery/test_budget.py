import aiohttp

from bot.delivery.budget import WITHIN_S, InvalidRequests, watched
from bot.metrics import REGISTRY
from tests.fakes import FakeWeb


class Watch:
    """A watch that goes on when told to."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


def test_few_invalid_requests_silence_nobody() -> None:
    invalid = InvalidRequests(3, time=Watch())
    for status in (200, 204, 404, 500, 401, 403):
        invalid.note(status)
    assert invalid.wait_s() == 0


def test_too_many_ask_for_silence_until_the_first_of_them_is_forgotten() -> None:
    watch = Watch()
    invalid = InvalidRequests(3, time=watch)
    for status in (401, 403, 429):
        invalid.note(status)
        watch.at += 10
    assert invalid.wait_s() == WITHIN_S - 30
    watch.at += WITHIN_S - 30
    assert invalid.wait_s() == 0


def test_limit_that_others_reached_does_not_count() -> None:
    invalid = InvalidRequests(1, time=Watch())
    invalid.note(429, "shared")
    assert invalid.wait_s() == 0


async def test_every_answer_to_a_watched_session_is_counted() -> None:
    invalid = InvalidRequests(2)
    async with FakeWeb() as web, aiohttp.ClientSession(trace_configs=[watched(invalid)]) as session:
        for scope in ("shared", "user", "user"):
            url = web.put("/limited", b"", 429, X_RateLimit_Scope=scope)
            await session.get(url)
    assert invalid.wait_s() > 0
    assert (REGISTRY.get_sample_value("greenlit_discord_answers_total", {"status": "429"}) or 0) >= 3
