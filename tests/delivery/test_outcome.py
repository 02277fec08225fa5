import aiohttp
import discord
import pytest

from bot.delivery.outcome import MAX_CLOSED_ATTEMPTS, GiveUp, Later, Outcome, Refused, judge
from tests.fakes import discord_error


@pytest.mark.parametrize(
    ("error", "attempts", "outcome"),
    [
        (discord_error(403, 50001), 0, Later(600, "we may not write there: No (50001)")),
        (discord_error(403, 50013), 1, Later(1200, "we may not write there: No (50013)")),
        (discord_error(403, 50013), 9, Later(21_600, "we may not write there: No (50013)")),
        (discord_error(403, 50013), MAX_CLOSED_ATTEMPTS - 1, GiveUp("we may not write there: No (50013)")),
        (discord_error(404, 10003), 0, GiveUp("the channel is gone")),
        (discord_error(404, 10004), 0, GiveUp("the server is gone")),
        (discord_error(404, 10008), 0, GiveUp("the message was deleted")),
        (discord_error(404), 0, Later(600, "we may not write there: No (0)")),
        (discord_error(400, 50035), 0, GiveUp("Discord answered 400: No (50035)")),
        (discord_error(401), 0, Refused("Discord no longer accepts the token")),
        (discord_error(429, 0, {"Retry-After": "90"}), 0, Later(90, "Discord wants silence", for_all=True)),
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
