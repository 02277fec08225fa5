"""What is measured with: shows and articles, real where they are at hand, else invented."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

import wordfreq

from bot.catalogue.file import read_catalogue
from bot.errors import ParseError
from bot.feeds.parse import parse
from bot.model import Article, Show, ShowId
from bot.news.lines import read_line
from sandbox.newsroom.history import read_history

_ROOT = Path(__file__).resolve().parent.parent
CORPUS = _ROOT.parent / "shared" / "corpus"
_DATA = _ROOT / "tests" / "data"
_READ_AT = datetime(2026, 5, 1, tzinfo=UTC)
_INVENTED_FROM = 1_000_000
"""Id of the first invented show."""
_NETWORKS = ("Netflix", "BBC One", "HBO", "NBC", "Prime Video", "Disney+", "ARD", "France 2", "Rai 1", "TVE")
_WORDS = 40_000
"""The commonest English words, of which invented names are made."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Shows to find, the real ones first."""

    shows: tuple[Show, ...]
    real: int

    def __str__(self) -> str:
        invented = len(self.shows) - self.real
        return f"{len(self.shows):,} shows" + (f", {invented:,} of them invented" if invented else "")

    def grown(self, count: int) -> "Catalogue":
        """Give a catalogue of `count` shows: the real ones, cut short or with invented ones behind them."""
        real = self.shows[: min(self.real, count)]
        return Catalogue((*real, *islice(_invented(), count - len(real))), len(real))


def load_catalogue(corpus: Path = CORPUS, least: int = 32_000) -> Catalogue:
    """Read the corpus's shows; without it the tests' own, and invented ones up to `least`."""
    path = corpus / "shows.csv.gz"
    shows = read_catalogue(path if path.exists() else _DATA / "catalogue.csv").shows
    catalogue = Catalogue(shows, len(shows))
    return catalogue if len(shows) >= least else catalogue.grown(least)


def load_articles(corpus: Path = CORPUS) -> tuple[Article, ...]:
    """Give the entries of the corpus's feeds, where it is there, the tests' and the sandbox's articles."""
    return (*_captured(corpus / "feeds"), *_tests(), *_told_in_the_sandbox())


def _captured(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.xml")):
        kept = {"content_type": "application/xml", "url": f"https://{path.stem}.example/feed"}
        try:
            yield from parse(path.read_bytes(), source=path.stem, read_at=_READ_AT, **kept).articles
        except ParseError:
            continue


def _tests() -> Iterator[Article]:
    for path in sorted((_DATA / "articles").glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        line = {key: told[key] for key in ("title", "summary", "date", "categories") if key in told}
        yield read_line(json.dumps({"url": f"https://example.org/{path.stem}"} | line))[1]


def _told_in_the_sandbox() -> Iterator[Article]:
    history = read_history()
    for one in (*history.archive, *history.articles):
        yield Article(
            identity=f"guid:{one.id}",
            url=f"https://{one.outlet.slug}.example/{one.id}",
            title=one.title,
            summary=one.summary,
            source=one.outlet.name,
            published_at=one.at,
            categories=one.categories,
        )


def _invented() -> Iterator[Show]:
    """Invent shows with names of one to four English words, always the same ones; without end."""
    words = wordfreq.top_n_list("en", _WORDS)
    chance = Random(7)  # noqa: S311 - the same each time on purpose
    names: set[str] = set()
    while True:
        length = chance.choices((1, 2, 3, 4), (1, 4, 4, 1))[0]
        name = " ".join(chance.choices(words, k=length)).title()
        if name in names:
            continue
        names.add(name)
        yield Show(
            id=ShowId(_INVENTED_FROM + len(names)),
            name=name,
            year=chance.randint(1960, 2026),
            network=chance.choice(_NETWORKS),
            country="US",
            status=chance.choice(("Running", "Ended")),
            weight=chance.randint(0, 60),
        )
