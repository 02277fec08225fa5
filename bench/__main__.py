"""Measure and print: `python -m bench [NAME ...]`, all measurements by default.

Times depend on the machine and on what else it does; ratios are taken in one run and last longer.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from functools import cached_property

from bench.delivery import measure_delivery
from bench.fanout import measure_fan_out
from bench.footprint import measure_footprint
from bench.latency import measure_latency
from bench.material import CORPUS, Catalogue, load_articles, load_catalogue
from bench.memory import measure_memory
from bench.poll import measure_polling
from bench.search import Way, measure_search
from bench.stalls import measure_stalls
from bench.unchanged import Round, measure_unchanged
from bench.understanding import measure_growth, measure_reading
from bot.catalogue.names import Names
from bot.model import Article

_MANY = 80_000
_MOST_BESIDE_SCAN = 6.0
_MOST_GROWTH = 1.3
_LEAST_SHARE = 0.98
_MOST_RESIDENT_MB = 150
_FEW = 5_000
_MB = 1024 * 1024


class Material:
    """What the measurements share, loaded when first needed."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The shows."""
        return load_catalogue()

    @cached_property
    def names(self) -> Names:
        """Their names."""
        return Names(self.catalogue.shows)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """What is read."""
        return load_articles()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurements that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure speed and memory.")
    parser.add_argument("only", nargs="*", metavar="NAME", help=f"of {', '.join(PRINTED)}; default: all")
    chosen = parser.parse_args(arguments).only
    if unknown := set(chosen) - set(PRINTED):
        parser.error(f"there is no measurement called {', '.join(sorted(unknown))}")
    began = time.perf_counter()
    material = Material()
    whence = f"the corpus at {CORPUS}" if CORPUS.exists() else "the tests' data; there is no corpus"
    print(f"{material.catalogue} and {len(material.articles)} articles, from {whence}")
    for name, measure in PRINTED.items():
        if not chosen or name in chosen:
            measure(material)
    print(f"\nMeasured in {time.perf_counter() - began:.0f} s.")
    return 0


def _print_polling(material: Material) -> None:
    found = asyncio.run(measure_polling(material.catalogue, material.articles))
    _head(f"From document to outbox: {found.feeds} feeds, {found.articles:,} new articles")
    _line("all of it", _time(found.total_s), f"{_time(found.total_s / found.articles)} an article")
    _line("  of it understanding", _time(found.reading_s), f"{found.reading_s / found.total_s:.0%}")
    _line(
        "parsing alone",
        _time(found.parsing_s),
        f"all of it takes {found.total_s / found.parsing_s:.1f} times that",
    )
    _line("longest stall of the loop", _time(found.longest_stall_s))
    _line(
        "stories", f"{found.stories:,}", f"{found.announcements:,} announcements for {found.guilds} servers"
    )


def _print_stalls(_: Material) -> None:
    found = asyncio.run(measure_stalls())
    _head(f"A feed of {found.document_bytes / _MB:.1f} MB, {found.entries:,} entries")
    _line(
        "parsed by the worker",
        _time(found.worker_s),
        f"longest stall of the loop {_time(found.worker_stall_s)}",
    )
    _line(
        "parsed in the loop",
        _time(found.inside_s),
        f"longest stall of the loop {_time(found.inside_stall_s)}",
    )
    _line("ratio of the stalls", f"{found.inside_stall_s / found.worker_stall_s:.0f}")


def _print_understanding(material: Material) -> None:
    found = measure_reading(material.catalogue, material.names, material.articles)
    whole = found.understand_s
    _head(
        f"Understanding {found.articles} articles of {found.characters:.0f} characters, "
        f"{found.with_news} with news; {material.catalogue}"
    )
    _line("understanding", _time(whole), f"{1 / whole:,.0f} articles a second")
    for name, taken_s, floor in (
        ("bare scan: fold, find names", found.fold_and_find_s, f" (at most {_MOST_BESIDE_SCAN:g})"),
        ("  names in folded text", found.find_s, ""),
        ("  automaton over folded text", found.scan_s, ""),
    ):
        _line(name, _time(taken_s), f"understanding takes {whole / taken_s:.1f} times that{floor}")
    _line(
        "understanding news",
        _time(found.news_s),
        f"{found.news_s / found.news_scan_s:.1f} times the bare scan of the same articles",
    )
    _line(
        "one regex a show",
        _time(found.regexes_s),
        f"{found.regexes_s / whole:.0f} times understanding; reckoned from a sample",
    )


def _print_growth(material: Material) -> None:
    found = measure_growth(material.catalogue, material.names, material.articles, many=_MANY)
    ratio, scans = found.many_s / found.few_s, found.many_scan_s / found.few_scan_s
    _head("The same articles with more shows; the fewer hold those that are named")
    _line(
        f"understanding, {found.few:,} shows", _time(found.few_s), f"finding names {_time(found.few_scan_s)}"
    )
    _line(
        f"understanding, {found.many:,} shows",
        _time(found.many_s),
        f"finding names {_time(found.many_scan_s)}",
    )
    _line("ratio", f"{ratio:.2f}", f"(at most {_MOST_GROWTH}); finding names {scans:.2f}")


def _print_search(material: Material) -> None:
    found = measure_search(material.catalogue.grown(_MANY).shows)
    _head(f"Finding a show among {found.shows:,} by two letters, three quarters, all, all with two swapped")
    for way in (found.index, *found.others):
        _line(way.name, _time(way.p50_s), _found(way, found.index))


def _found(way: Way, index: Way) -> str:
    shares = f"found {way.start:.0%}, {way.begun:.0%}, {way.whole:.0%}, {way.misspelt:.0%}"
    slower = "" if way is index else f"; {way.p50_s / index.p50_s:.1f} times the index"
    return f"p99 {_time(way.p99_s)}; {shares} of {way.queries} queries{slower}"


def _print_memory(_: Material) -> None:
    _head(f"Memory for {_MANY:,} shows, each line in a process of its own")
    for build, found in measure_memory(_MANY).items():
        _line(
            build,
            _size(found.added_bytes),
            f"besides the shows, {_size(found.shows_bytes)}; resident {_size(found.resident_bytes)}, "
            f"at the most {_size(found.peak_bytes)}",
        )


def _print_fan_out(_: Material) -> None:
    found = asyncio.run(measure_fan_out())
    _head(f"One story to {found.guilds:,} servers, from commit to outbox")
    rate = f"{found.guilds / found.statement_s:,.0f} rows a second"
    _line("the one statement", _time(found.statement_s), rate)
    _line("with story and commit", _time(found.whole_s))
    _line(
        "an insert for each server",
        _time(found.singly_s),
        f"{found.singly_s / found.whole_s:.0f} times as long",
    )


def _print_delivery(_: Material) -> None:
    found = asyncio.run(measure_delivery())
    _head(f"{found.announcements:,} announcements into {found.channels} channels, at Discord's limits")
    rate = f"{found.announcements / found.taken_s:.2f} of {found.allowed_per_second:g} a second"
    _line("sent in", _time(found.taken_s), rate)
    _line("share of the allowed rate", f"{found.share:.3f}", f"(at least {_LEAST_SHARE})")
    _line("answers of 429", f"{found.refusals}", f"(none); {found.failures} other failures")
    _line("processor", _time(found.cpu_s / found.announcements), "a message")


def _print_latency(material: Material) -> None:
    found = asyncio.run(measure_latency(material.catalogue.grown(_FEW)))
    _head(f"From article to message, {found.stories} stories of a channel each; fetching not counted")
    _line("one at a time, p50", _time(found.alone.p50_s), f"p99 {_time(found.alone.p99_s)}")
    _line("all at once, p50", _time(found.at_once.p50_s), f"p99 {_time(found.at_once.p99_s)}")
    share = f"{found.pace_s / found.at_once.p99_s:.0%} of that p99"
    _line("  of it Discord's pace", _time(found.pace_s), share)


def _print_footprint(_: Material) -> None:
    found = asyncio.run(measure_footprint())
    servers = found.servers
    _head(
        f"The whole bot in {servers.guilds:,} servers of {servers.channels} channels, {found.shows:,} shows"
    )
    _line("start to catalogue in memory", _time(found.loaded_s))
    _line("start to READY", _time(found.ready_s))
    if found.resident_bytes and found.peak_bytes and found.parser_bytes:
        most = f"(at most {_MOST_RESIDENT_MB} MB); at its peak {_size(found.peak_bytes)}"
        _line("resident", _size(found.resident_bytes), most)
        _line("the parser's processes", _size(found.parser_bytes), "besides")


def _print_unchanged(_: Material) -> None:
    found = asyncio.run(measure_unchanged())
    ours, readers = found.ours, found.readers
    _head(f"{found.feeds:,} feeds that all answer 304, {found.at_once} at once")
    _line("polls", f"{found.feeds / ours.taken_s:,.0f} /s", f"{_each(ours, found.feeds)} a poll")
    _line("`reader`", f"{found.feeds / readers.taken_s:,.0f} /s", f"{_each(readers, found.feeds)} a poll")
    _line(
        "ratio",
        f"{readers.taken_s / ours.taken_s:.1f}",
        f"times as many polls a second, at {ours.cpu_s / readers.cpu_s:.2f} of the processor time",
    )


def _each(taken: Round, count: int) -> str:
    return f"{_time(taken.cpu_s / count)} of the processor"


PRINTED: dict[str, Callable[[Material], None]] = {
    "poll": _print_polling,
    "stalls": _print_stalls,
    "understanding": _print_understanding,
    "growth": _print_growth,
    "search": _print_search,
    "memory": _print_memory,
    "fanout": _print_fan_out,
    "delivery": _print_delivery,
    "latency": _print_latency,
    "footprint": _print_footprint,
    "unchanged": _print_unchanged,
}


def _head(text: str) -> None:
    print(f"\n{text}", flush=True)


def _line(name: str, figure: str, rest: str = "") -> None:
    print(f"  {name:32} {figure:>10}   {rest}".rstrip(), flush=True)


def _time(length_s: float) -> str:
    """Write a length of time in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if length_s >= size:
            return f"{length_s / size:.3g} {unit}"
    return f"{length_s * 1e6:.3g} µs"


def _size(size: int) -> str:
    return f"{size / _MB:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
