"""5,000 broken documents through the parser's process, for `make soak`: none lost, no stall, no crash."""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from bot.errors import ParseError
from bot.feeds.fetch import Fetched
from bot.jobs.parsing import Parser
from tests.feeds.test_mutations import CORPUS, NOON, entries_of_feedparser, mutated

MAX_STALL_S = 0.1
_TICK_S = 0.01


@dataclass(slots=True)
class Figures:
    """What came of it."""

    documents: int = 0
    refused: int = 0
    """No feeds any more, told as a ParseError."""
    lost: int = 0
    """Documents of which feedparser alone would give more entries."""
    longest_stall_s: float = 0.0
    """The event loop's own work without a pause, in processor time, so that a busy machine counts not."""

    @property
    def is_clean(self) -> bool:
        """Say whether all is as it must be."""
        return self.lost == 0 and self.longest_stall_s <= MAX_STALL_S


def documents(count: int) -> Iterator[bytes]:
    """Break the captured feeds, each as often as the others."""
    names = sorted(path.name for path in CORPUS.glob("*.xml"))
    for name in names:
        yield from mutated(name, -(-count // len(names)))


async def watch(figures: Figures) -> None:
    """Measure how much processor time the event loop's thread takes between two ticks."""
    while True:
        before = time.thread_time()
        await asyncio.sleep(_TICK_S)
        figures.longest_stall_s = max(figures.longest_stall_s, time.thread_time() - before)


async def break_all(broken: list[bytes]) -> Figures:
    """Parse every document as the bot does, and hold the outcome against feedparser alone."""
    figures = Figures()
    watching = asyncio.create_task(watch(figures))
    parser = Parser()
    with ProcessPoolExecutor(1) as other:
        for body in broken:
            alone = asyncio.get_running_loop().run_in_executor(other, entries_of_feedparser, body)
            fetched = Fetched("https://tv.example/", body)
            try:
                parsed = await parser.parse(fetched, source="TV", read_at=NOON)
                told = len(parsed.articles) + len(parsed.dropped)
            except ParseError:
                told = 0
                figures.refused += 1
            figures.documents += 1
            figures.lost += told < await alone
    watching.cancel()
    parser.close()
    return figures


def main() -> int:
    """Break them and print what came of it; 1 where something was lost or the event loop stalled."""
    parser = argparse.ArgumentParser(description="Parse broken feeds.")
    parser.add_argument("--documents", type=int, default=5000)
    if not CORPUS.is_dir():
        print(f"There are no captured feeds at {CORPUS}: nothing to break.")
        return 0
    broken = list(documents(parser.parse_args().documents))
    figures = asyncio.run(break_all(broken))
    print(f"{figures.documents} broken documents, {figures.refused} no feeds any more")
    print(f"documents with entries lost: {figures.lost}")
    print(f"longest stall of the event loop: {figures.longest_stall_s * 1000:.0f} ms")
    return 0 if figures.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
