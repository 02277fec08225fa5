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
    """What a message says: kind, season, premiere, how many outlets it names, and what it replies to."""

    kind: str
    season: int | None
    premiere: str | None
    sources: int
    reply_to: int | None = None
    """The place of the message among those of its channel."""


def expected() -> list[Announced]:
    """What the history holds of The Diplomat, told again within a fortnight counting once.

    A season's further date replies to its first one, whose message shows the last by then.
    """
    told: dict[tuple[str, int | None, str | None], set[str]] = {}
    for article in read_history().articles:
        says = [one for one in article.says if one.show == DIPLOMAT]
        for one in sorted(says, key=lambda one: WEIGHTIEST_FIRST.index(one.kind)):
            told.setdefault((one.kind, one.season, one.premiere), set()).add(article.outlet.name)
    messages: list[Announced] = []
    for (kind, season, premiere), outlets in told.items():
        dates = [one[2] for one in told if one[:2] == (kind, season)]
        first = next((n for n, one in enumerate(messages) if one[:2] == (kind, season)), None)
        if kind != "premiere_date":
            messages.append(Announced(kind, season, None, len(outlets)))
        elif first is None:
            messages.append(Announced(kind, season, dates[-1], len(outlets)))
        else:
            messages.append(Announced(kind, season, premiere, len(outlets), reply_to=first))
    return messages


def announced(message: Json, channel: list[Json]) -> Announced:
    """Read an announcement in its channel as a person does."""
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
        replied_to(message, channel),
    )


def replied_to(message: Json, channel: list[Json]) -> int | None:
    """Give the place of the message that this one replies to."""
    reference = message.get("message_reference")
    return reference and [one["id"] for one in channel].index(reference["message_id"])


def premiere(shown: str) -> str:
    """Read `<t:1730376000:D> …` as a day, `fall 2025` as a part of a year."""
    stamp = re.match(r"<t:(\d+):D>", shown)
    if stamp:
        return datetime.fromtimestamp(int(stamp[1]), UTC).date().isoformat()
    part, year = shown.split()
    return f"{year}-{part}"


def assert_dated_anew(messages: list[Json]) -> None:
    """The first word of season 3's start says by now that there is a day, and so does the reply to it."""
    told = "**Now dated: 16 October 2025**"
    first, follow_up = [one for one in messages if told in one["embeds"][0]["description"]]
    assert first["edited_timestamp"] is not None
    assert follow_up["message_reference"]["message_id"] == first["id"]


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
        assert [announced(message, messages) for message in messages] == expected()
        assert_dated_anew(messages)
        counts = await stage.get("/sandbox/counts")
        assert counts["invalid"] == {}
        assert counts["too_many"] == {}
        process.terminate()
        assert await process.wait() == 0
    assert "window overrun" not in (tmp_path / "bot.log").read_text()
