"""Measure and print: `python -m bench [NAME ...]`, all measurements by default.

Times depend on the machine and on what else it does; ratios are taken in one run and last longer.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from functools import cached_property

from bench.material import CORPUS, Catalogue, load_articles, load_catalogue
from bench.memory import measure_memory
from bench.poll import measure_polling
from bench.search import Way, measure_search
from bench.stalls import measure_stalls
from bench.understanding import measure_growth, measure_reading
from bot.catalogue.names import Names
from bot.model import Article

_MANY = 80_000
_MOST_BESIDE_SCAN = 6.0
_MOST_GROWTH = 1.3
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


PRINTED: dict[str, Callable[[Material], None]] = {
    "poll": _print_polling,
    "stalls": _print_stalls,
    "understanding": _print_understanding,
    "growth": _print_growth,
    "search": _print_search,
    "memory": _print_memory,
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
