from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.delivery.outcome import MAX_CLOSED_ATTEMPTS, GiveUp, Later, Outcome, Refused, judge


def answer(status: int, code: int = 0, headers: dict[str, str] | None = None) -> discord.HTTPException:
    response = SimpleNamespace(status=status, reason="", headers=headers or {})
    sorts = {403: discord.Forbidden, 404: discord.NotFound}
    sort = discord.DiscordServerError if status >= 500 else sorts.get(status, discord.HTTPException)
    return sort(response, {"code": code, "message": "No"})  # type: ignore[arg-type]  # as much of one as is read


@pytest.mark.parametrize(
    ("error", "attempts", "outcome"),
    [
        (answer(403, 50001), 0, Later(600, "we may not write there: No (50001)")),
        (answer(403, 50013), 1, Later(1200, "we may not write there: No (50013)")),
        (answer(403, 50013), 9, Later(21_600, "we may not write there: No (50013)")),
        (answer(403, 50013), MAX_CLOSED_ATTEMPTS - 1, GiveUp("we may not write there: No (50013)")),
        (answer(404, 10003), 0, GiveUp("the channel is gone")),
        (answer(404, 10004), 0, GiveUp("the server is gone")),
        (answer(404, 10008), 0, GiveUp("the message was deleted")),
        (answer(404), 0, Later(600, "we may not write there: No (0)")),
        (answer(400, 50035), 0, GiveUp("Discord answered 400: No (50035)")),
        (answer(401), 0, Refused("Discord no longer accepts the token")),
        (answer(429, 0, {"Retry-After": "90"}), 0, Later(90, "Discord wants silence", for_all=True)),
        (answer(429), 0, Later(60, "Discord wants silence", for_all=True)),
        (answer(500), 0, Later(5, "Discord answered 500")),
        (answer(503), 3, Later(40, "Discord answered 503")),
        (answer(503), 99, Later(600, "Discord answered 503")),
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
