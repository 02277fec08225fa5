"""`understand` and `explain`: what articles say, for programs and for people."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping

from bot import clock
from bot.catalogue.file import read_catalogue
from bot.catalogue.names import Names
from bot.config import Settings
from bot.errors import CatalogueError, UsageError
from bot.model import PartialDate, Show, ShowId
from bot.news.explain import explain
from bot.news.lines import read_line, write_line
from bot.news.understand import understand
from bot.storage.database import Database
from bot.storage.shows import list_shows


async def load_catalogue(arguments: Namespace, settings: Settings) -> tuple[Names, Mapping[ShowId, str]]:
    """Load the names of `--catalogue`, else of the database, and the ids that its rows give."""
    if arguments.catalogue is not None:
        read = read_catalogue(arguments.catalogue)
        return Names(read.shows), read.ids
    shows = await _stored_shows(settings)
    return Names(shows), {show.id: str(show.id) for show in shows}


async def print_readings(arguments: Namespace, settings: Settings) -> int:
    """Read articles from standard input, one JSON object a line, and write what each says.

    Lines that are no articles are told on standard error and make the exit code 1.
    """
    names, ids = await load_catalogue(arguments, settings)
    refused = 0
    for number, line in _lines(sys.stdin):
        try:
            line_id, article, dated = read_line(line)
        except ValueError as error:
            print(f"Line {number} is no article: {error}.", file=sys.stderr)
            refused += 1
            continue
        print(write_line(line_id, understand(article, names, dated=dated), ids), flush=True)
    return 1 if refused else 0


async def print_explanation(arguments: Namespace, settings: Settings) -> int:
    """Explain one article: `--title` and its companions, or the first JSON line on standard input."""
    names, _ = await load_catalogue(arguments, settings)
    try:
        _, article, dated = read_line(_one_line(arguments))
    except ValueError as error:
        raise UsageError(f"That is no article: {error}.") from error
    print(explain(understand(article, names, dated=dated)))
    return 0


def _one_line(arguments: Namespace) -> str:
    if arguments.title is None:
        return next((line for _, line in _lines(sys.stdin)), "")
    return json.dumps(
        {
            "title": arguments.title,
            "summary": arguments.summary,
            "url": arguments.url,
            "date": str(arguments.date or PartialDate.of_day(clock.now().date())),
        }
    )


def _lines(text: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text, start=1):
        if line.strip():
            yield number, line


async def _stored_shows(settings: Settings) -> tuple[Show, ...]:
    database = await Database.open(settings.database.url)
    try:
        async with database.reading() as tx:
            shows = await list_shows(tx)
    finally:
        await database.close()
    if not shows:
        raise CatalogueError(
            "The database's catalogue is empty: let `python -m bot run` fill it, or name a --catalogue file."
        )
    return shows
