"""An ordeal: the real bot is killed again and again while Discord fails in every way it knows."""

import asyncio
import json
import random
import socket
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.e2e.stage import Json, Stage, bot, sandbox
from tests.e2e.wire import SHOWS, News, Wires, wires

CHANNELS_EACH = 5
"""So many channels a server has; each follows `SHOWS_EACH` shows."""
SHOWS_EACH = 2
_POSTS = "POST /channels/*/messages"
_ATTACHED = "GET /gateway*"
_FAULTS: tuple[Json, ...] = (
    {"action": "status", "status": 500, "route": _POSTS, "times": 5},
    {"action": "status", "status": 503, "times": 3},
    {"action": "status", "status": 502, "route": "PATCH *", "times": 5},
    {"action": "delay", "delay_s": 2, "route": _POSTS, "times": 20},
    {"action": "reset_before", "route": _POSTS, "times": 5},
    {"action": "reset_after", "route": _POSTS, "times": 5},
    {"action": "reset_after", "share": 0.2, "times": 10},
    {"action": "status", "status": 500, "route": _ATTACHED, "times": 1},
    {"action": "close_gateway", "code": 4000},
    {"action": "cut_gateway"},
    {"action": "reconnect_gateway"},
    {"action": "invalidate_sessions"},
    {"action": "outage", "on": True},
    {"action": "gateway_down", "on": True},
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much, how often, and the chance that decides the moments."""

    stories: int
    channels: int
    kills: int
    seed: int = 1
    longest_life_s: float = 4.0
    """Half of the lives are counted from the process's start, half from when it first reads a feed."""
    drain_s: float = 60.0
    """So long the last bot may take for what is left."""
    silent_life_s: float = 0.0
    """So long a bot that is not killed gets no answer to its heartbeats."""


@dataclass(slots=True)
class Figures:
    """What came of it."""

    expected: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    requests: dict[str, Json] = field(default_factory=dict)
    metrics: str = ""
    """The page of the last bot, when all was sent."""
    sent_again: int = 0
    """Messages that the bot sent once more, as it could not know of the first time."""

    @property
    def is_clean(self) -> bool:
        """Say whether each story came once, in order, everywhere."""
        return not (self.lost or self.doubled or self.disordered)


class Ordeal:
    """One run of a plan."""

    def __init__(
        self, plan: Plan, stage: Stage, news: Wires, folder: Path, report: Callable[[str], object]
    ) -> None:
        self.plan = plan
        self.figures = Figures()
        self._stage = stage
        self._wires = news
        self._folder = folder
        self._report = report
        self._chance = random.Random(plan.seed)  # noqa: S311 - the same moments in each run
        self._settings = {
            "GREENLIT_FEEDS": json.dumps(news.feeds),
            "GREENLIT_ANNOUNCE__CHANNEL_HOURLY_CAP": "100000",  # each story is to be a message
        }
        self._page = f"127.0.0.1:{free_port()}"
        self._settings["GREENLIT_HTTP__BIND"] = self._page
        self._followed: dict[str, list[str]] = {}
        """The shows that each channel hears of, by its id."""

    async def run(self) -> Figures:
        """Set up, torment, let it recover, count."""
        async with self._bot():
            await self._stage.until_commands_are_there()
            await self._set_up()
        await self._torment()
        if self.plan.silent_life_s:
            await self._live_in_silence()
        async with self._bot():
            await self._recover()
            self.figures.metrics = await self._stage.page(f"http://{self._page}/metrics")
        await self._count()
        return self.figures

    def _bot(self) -> "asyncio._AsyncGeneratorContextManager[asyncio.subprocess.Process]":
        return bot(self._stage, self._folder, **self._settings)

    async def _set_up(self) -> None:
        """Let servers follow shows in their channels, as people do."""
        values: dict[str, str] = {}
        for first in range(0, self.plan.channels, CHANNELS_EACH):
            names = [f"news-{number}" for number in range(first, first + CHANNELS_EACH)]
            guild = await self._stage.post("/sandbox/guilds", {"name": f"Server {first}", "channels": names})
            ids = {channel["name"]: channel["id"] for channel in guild["channels"]}
            for number, name in enumerate(names, first):
                heard = [SHOWS[(number * SHOWS_EACH + n) % len(SHOWS)][0] for n in range(SHOWS_EACH)]
                self._followed[ids[name]] = heard
                for show in heard:
                    values[show] = values.get(show) or await self._stage.picked(f"{show} (")
                    await self._stage.type_in(ids[name], "follow", show=values[show], channel=ids[name])

    async def _torment(self) -> None:
        """Kill the bot at random moments of its lives, and let something go wrong in each."""
        for life in range(self.plan.kills):
            self._wires.told += (self.plan.stories - self._wires.told) // (self.plan.kills - life)
            async with self._bot() as process:
                await self._live(self._chance.uniform(0.1, self.plan.longest_life_s))
                process.kill()
                await process.wait()
            self.figures.kills += 1
            self._report(f"killed {self.figures.kills} times, {self._wires.told} stories told")
            if self._chance.random() < 0.5:
                let_time_pass(self._stage.database)

    async def _live(self, life_s: float) -> None:
        if self._chance.random() < 0.5:
            await self._wires.until_read()
        trouble_at = self._chance.uniform(0, life_s)
        await asyncio.sleep(trouble_at)
        async with self._trouble():
            await asyncio.sleep(life_s - trouble_at)

    async def _live_in_silence(self) -> None:
        async with self._bot():
            await self._stage.post("/sandbox/faults", {"action": "no_acks", "on": True})
            await asyncio.sleep(self.plan.silent_life_s)
            await self._stage.delete("/sandbox/faults")
        self.figures.faults["heartbeats unanswered"] += 1

    @asynccontextmanager
    async def _trouble(self) -> AsyncIterator[None]:
        """Let one thing go wrong, and be mended afterwards."""
        fault = self._chance.choice((*_FAULTS, None))
        channel = self._chance.choice(sorted(self._followed))
        if fault is None:
            self.figures.faults["permission lost"] += 1
            await self._stage.patch(f"/sandbox/channels/{channel}", {"deny": ["send_messages"]})
        else:
            self.figures.faults[
                " ".join(str(fault[key]) for key in ("action", "status") if key in fault)
            ] += 1
            await self._stage.post("/sandbox/faults", fault)
        yield
        await self._stage.delete("/sandbox/faults")
        if fault is None:
            await self._stage.patch(f"/sandbox/channels/{channel}", {"deny": [], "allow": ["send_messages"]})

    async def _recover(self) -> None:
        """Wait until everything is sent, as far as it will ever be."""
        self._wires.told = self.plan.stories
        let_time_pass(self._stage.database)
        with suppress(TimeoutError):
            async with asyncio.timeout(self.plan.drain_s):
                await self._until_all_are_there()
                await self._stage.until_sent()

    async def _until_all_are_there(self) -> None:
        for channel, shows in self._followed.items():
            expected = sum(one.show in shows for one in self._wires.news)
            while len(set(await self._told_in(channel))) < expected:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.2)

    async def _count(self) -> None:
        for channel in self._followed:
            told, expected = await self._told_in(channel), self._expected_in(channel)
            self.figures.expected += len(expected)
            self.figures.lost += len(set(expected) - set(told))
            self.figures.doubled += len(told) - len(set(told))
            self.figures.disordered += sum(a.at > b.at for a, b in pairwise(told))
        log = (self._folder / "bot.log").read_text()
        self.figures.sent_again = log.count(" announcement sent ") - self.figures.expected
        self.figures.requests = await self._stage.get("/sandbox/counts")

    def _expected_in(self, channel: str) -> list[News]:
        return [one for one in self._wires.news if one.show in self._followed[channel]]

    async def _told_in(self, channel: str) -> list[News]:
        headlines = self._wires.headlines()
        messages = await self._stage.get(f"/sandbox/channels/{channel}/messages")
        titles = [embed.get("title", "") for message in messages for embed in message["embeds"]]
        return [headlines[title] for title in map(unescaped, titles) if title in headlines]


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def unescaped(title: str) -> str:
    """Read markdown as people see it."""
    return title.replace("\\", "").replace("\u200b", "")


def let_time_pass(database: Path) -> None:
    """Change the outbox as if so much time had gone by that every lease and every wait is over."""
    with closing(sqlite3.connect(database, timeout=10)) as opened, opened:
        opened.execute(
            "UPDATE announcements SET leased_until = NULL, due_at = created_at WHERE due_at IS NOT NULL"
        )


async def undergo(plan: Plan, folder: Path, report: Callable[[str], object] = lambda _: None) -> Figures:
    """Run `plan` with sandbox, wires and bot of its own; `report` hears how it goes."""
    async with sandbox(folder) as stage, wires(plan.stories) as news:
        return await Ordeal(plan, stage, news, folder, report).run()
