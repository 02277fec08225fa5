"""Commands sent to Discord anew, on the sandbox."""

from argparse import Namespace
from pathlib import Path

import pytest

from bot.commandline.sync import sync_commands
from bot.config import DatabaseSettings, DiscordSettings, Settings
from bot.errors import BotError, TokenError
from sandbox.discord import DEFAULT_TOKEN
from tests.people import Loopback, served


def settings(loopback: Loopback, folder: Path) -> Settings:
    """Point at the loopback."""
    return Settings(
        discord=DiscordSettings(api_base=f"{loopback.base}/api/v10"),
        database=DatabaseSettings(url=f"sqlite:///{folder}/greenlit.db"),
    )


async def syncs(loopback: Loopback) -> int:
    """Count how often commands were sent."""
    return sum(
        times
        for route, times in loopback.state.counts.requests.items()
        if route.startswith("PUT ") and route.endswith("/commands")
    )


async def test_commands_are_sent_each_time_whatever_discord_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", DEFAULT_TOKEN)
    async with served() as loopback:
        for time in (1, 2):
            assert await sync_commands(Namespace(), settings(loopback, tmp_path)) == 0
            assert await syncs(loopback) == time
    assert "commands of ours now" in capsys.readouterr().out


async def test_a_wrong_token_and_a_discord_away_are_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "wrong")
    async with served() as loopback:
        with pytest.raises(TokenError, match="does not accept"):
            await sync_commands(Namespace(), settings(loopback, tmp_path))
        monkeypatch.setenv("DISCORD_TOKEN", DEFAULT_TOKEN)
        loopback.state.faults.outage = True
        with pytest.raises(BotError, match="could not be reached"):
            await sync_commands(Namespace(), settings(loopback, tmp_path))
