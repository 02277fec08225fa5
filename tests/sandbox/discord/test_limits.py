"""Rate limits, on a clock of their own."""

from dataclasses import dataclass

import pytest

from sandbox.discord.limits import INVALID_PER_WINDOW, Limits, Verdict

SEND = ("POST", "/channels/{channel_id}/messages")


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(clock)


def send(limits: Limits, channel: int = 1, bot: int = 1) -> Verdict:
    return limits.judge(bot, *SEND, {"channel_id": str(channel)}, counts_globally=True)


def test_the_sixth_message_in_five_seconds_is_refused(limits: Limits, clock: Clock) -> None:
    remaining = [send(limits).headers["X-RateLimit-Remaining"] for _ in range(5)]
    assert remaining == ["4", "3", "2", "1", "0"]
    clock.now += 1.5
    refused = send(limits)
    assert refused.refused == {"message": "You are being rate limited.", "retry_after": 3.5, "global": False}
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert refused.headers["X-RateLimit-Reset-After"] == "3.500"
    clock.now += 3.5
    assert send(limits).refused is None


def test_another_channel_has_a_bucket_of_its_own(limits: Limits) -> None:
    for _ in range(5):
        send(limits, channel=1)
    assert send(limits, channel=2).refused is None


def test_the_fifty_first_request_of_a_second_is_refused_everywhere(limits: Limits, clock: Clock) -> None:
    assert all(send(limits, channel=channel).refused is None for channel in range(50))
    refused = send(limits, channel=99)
    assert refused.refused is not None
    assert refused.refused["global"] is True
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert send(limits, channel=99, bot=2).refused is None
    clock.now += 1
    assert send(limits, channel=99).refused is None


def test_interaction_answers_are_exempt_from_the_global_limit(limits: Limits) -> None:
    path = {"interaction_id": "1", "interaction_token": "t"}
    template = "/interactions/{interaction_id}/{interaction_token}/callback"
    for _ in range(60):
        assert limits.judge(1, "POST", template, path, counts_globally=False).refused is None


def test_ten_thousand_refusals_shut_the_address_out_for_a_while(limits: Limits, clock: Clock) -> None:
    for _ in range(INVALID_PER_WINDOW):
        assert not limits.banned()
        limits.count_invalid()
    assert limits.banned()
    clock.now += 601
    assert not limits.banned()


def test_limits_that_are_switched_off_refuse_nothing(limits: Limits) -> None:
    limits.enabled = False
    assert all(send(limits).refused is None for _ in range(100))


def test_forgetting_opens_every_window_anew(limits: Limits) -> None:
    for _ in range(6):
        send(limits)
    limits.forget()
    assert send(limits).refused is None
