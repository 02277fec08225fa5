import aiohttp
import discord
import pytest

from bot.delivery.outcome import Closed, GiveUp, Later, Outcome, Refused, judge, probe_wait_s
from tests.fakes import discord_error


@pytest.mark.parametrize(
    ("error", "attempts", "outcome"),
    [
        (discord_error(403, 50001), 0, Closed("I may not see the channel; I need View Channel there")),
        (discord_error(403, 1), 9, Closed("Discord refuses: No (1)")),
        (discord_error(404, 10003), 0, Closed("the channel was deleted")),
        (discord_error(404), 0, Closed("Discord refuses: No (0)")),
        (discord_error(400, 160005), 0, Closed("the thread is locked")),
        (discord_error(400, 30007), 0, Closed("Discord refuses: No (30007)")),
        (discord_error(404, 10008), 0, GiveUp("the message was deleted")),
        (discord_error(400, 50035), 0, GiveUp("Discord answered 400: No (50035)")),
        (discord_error(401), 0, Refused("Discord no longer accepts the token")),
        (discord_error(429, 0, {"Retry-After": "90"}), 0, Later(90, "Discord wants silence", for_all=True)),
        (
            discord_error(429, 30046, {"Retry-After": "300"}),
            0,
            Later(300, "one of Discord's limits: No (30046)"),
        ),
        (discord_error(429), 0, Later(60, "Discord wants silence", for_all=True)),
        (discord_error(500), 0, Later(5, "Discord answered 500")),
        (discord_error(503), 3, Later(40, "Discord answered 503")),
        (discord_error(503), 99, Later(600, "Discord answered 503")),
        (discord.RateLimited(31.5), 0, Later(31.5, "Discord's rate limit")),
        (TimeoutError(), 0, Later(5, "Discord did not answer in time")),
        (
            aiohttp.ServerDisconnectedError(),
            1,
            Later(10, "Discord could not be reached: ServerDisconnectedError"),
        ),
        (
            ConnectionResetError(104, "reset"),
            0,
            Later(5, "Discord could not be reached: ConnectionResetError"),
        ),
    ],
)
def test_every_answer_has_its_outcome(error: Exception, attempts: int, outcome: Outcome) -> None:
    assert judge(error, attempts) == outcome


def test_closed_channel_is_tried_ever_more_rarely() -> None:
    assert [probe_wait_s(probes) for probes in (0, 1, 5, 999)] == [600, 1200, 19_200, 21_600]


@pytest.mark.parametrize(("status", "code"), [(404, 10003), (400, 50083), (400, 160005)])
def test_message_in_a_thread_that_is_gone_or_closed_closes_no_channel(status: int, code: int) -> None:
    assert judge(discord_error(status, code), 0, is_edit=True) == GiveUp("the thread is closed or gone")
