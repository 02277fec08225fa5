"""The real bot on the sandbox: every story of the history announced once, in order, and nothing else."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from sandbox.newsroom import read_history
from tests.e2e.stage import Json, Stage, bot, sandbox

DIPLOMAT = "diplomat-netflix"
WORDS = {
    "Renewed": "renewed",
    "Premiere date": "premiere_date",
    "Casting": "casting",
    "Trailer": "trailer",
}
WEIGHTIEST_FIRST = ("renewed", "premiere_date", "casting", "trailer")


class Announced(NamedTuple):
    """What a message says: kind, season, premiere, and how many outlets it names."""

    kind: str
    season: int | None
    premiere: str | None
    sources: int


def expected() -> list[Announced]:
    """What the history holds of The Diplomat, told again within a fortnight counting once."""
    told: dict[tuple[str, int | None, str | None], set[str]] = {}
    for article in read_history().articles:
        says = [one for one in article.says if one.show == DIPLOMAT]
        for one in sorted(says, key=lambda one: WEIGHTIEST_FIRST.index(one.kind)):
            told.setdefault((one.kind, one.season, one.premiere), set()).add(article.outlet.name)
    return [Announced(*key, len(outlets)) for key, outlets in told.items()]


def announced(message: Json) -> Announced:
    """Read an announcement as a person does."""
    embed = message["embeds"][0]
    fields = {field["name"]: field["value"] for field in embed["fields"]}
    word = next(word for word in WORDS if f"**{word}**" in embed["description"])
    sources = embed["footer"]["text"].partition(" · Show data")[0]
    kind = WORDS[word]
    return Announced(
        kind,
        int(fields["Season"]) if "Season" in fields else None,
        premiere(fields["Premiere"]) if "Premiere" in fields and kind == "premiere_date" else None,
        1 + (sources.partition(" · also ")[2].count(",") + 1 if " · also " in sources else 0),
    )


def premiere(shown: str) -> str:
    """Read `<t:1730376000:D> …` as a day, `fall 2025` as a part of a year."""
    stamp = re.match(r"<t:(\d+):D>", shown)
    if stamp:
        return datetime.fromtimestamp(int(stamp[1]), UTC).date().isoformat()
    part, year = shown.split()
    return f"{year}-{part}"


async def begin(stage: Stage) -> None:
    """Set the bot up as a person would; its feeds have been read once, in silence."""
    await stage.until_commands_are_there()
    await stage.type("setup channel", channel=stage.channels["tv-news"])
    await stage.follow("The Diplomat (2023 · Netflix · US)")
    await stage.until_feeds_are_read()


def news_days() -> list[date]:
    """Give the days on which The Diplomat had news, and the last day of all."""
    articles = read_history().articles
    days = [article.at.date() for article in articles if any(one.show == DIPLOMAT for one in article.says)]
    return sorted({*days, articles[-1].at.date()})


async def tell(stage: Stage, days: list[date]) -> None:
    """Let the newsroom tell all up to each of `days` in turn, each read before the next."""
    for day in days:
        await stage.post("/sandbox/newsroom", {"until": day.isoformat()})
        await stage.until_feeds_are_read()


async def test_the_history_is_announced_once_in_order_and_nothing_else(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as stage, bot(stage, tmp_path) as process:
        await begin(stage)
        await tell(stage, news_days())
        await stage.until_sent()
        messages = await stage.messages("tv-news")
        assert [announced(message) for message in messages] == expected()
        counts = await stage.get("/sandbox/counts")
        assert counts["invalid"] == {}
        assert counts["too_many"] == {}
        process.terminate()
        assert await process.wait() == 0
    assert "window overrun" not in (tmp_path / "bot.log").read_text()
