"""A catalogue in a CSV file, gzipped or not: shows to link to where TVmaze's copy is not at hand.

Columns: name, year, end_year, network, country, aliases and cast (each joined with `|`), id. Others
are passed over, and of these only name and id must be there.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CatalogueError
from bot.model import Show, ShowId

_NEEDED = {"name", "id"}


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """The shows of a file; a show's id is the number of its row, the first being 1."""

    shows: tuple[Show, ...]
    ids: Mapping[ShowId, str]
    """The `id` that each row gives its show."""


def read_catalogue(path: Path) -> CatalogueFile:
    """Read the catalogue at `path`; CatalogueError names the file and the line that is wrong."""
    try:
        packed = path.read_bytes()
        text = (gzip.decompress(packed) if packed.startswith(b"\x1f\x8b") else packed).decode("utf-8-sig")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CatalogueError(f"{path} is cut short or damaged: {str(error).rstrip('.')}.") from error
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path} is not UTF-8 (byte {error.start}).") from error
    shows: list[Show] = []
    ids: dict[ShowId, str] = {}
    for row in _rows(text, path):
        show_id = ShowId(len(shows) + 1)
        shows.append(row.show(show_id))
        ids[show_id] = row.text("id")
    return CatalogueFile(tuple(shows), ids)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[str, str | None]
    line: int
    path: Path

    def show(self, show_id: ShowId) -> Show:
        """Read the row as a show."""
        name = self.text("name")
        if not name:
            raise CatalogueError(f"{self.path}, line {self.line}: the name is missing.")
        return Show(
            id=show_id,
            name=name,
            year=self._year("year"),
            ended_year=self._year("end_year"),
            network=self.text("network") or None,
            country=self.text("country") or None,
            other_names=self._list("aliases"),
            cast=self._list("cast"),
        )

    def text(self, column: str) -> str:
        """Give a cell without the space around it; empty where it is not there."""
        return (self.cells.get(column) or "").strip()

    def _list(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(column).split("|") if part.strip())

    def _year(self, column: str) -> int | None:
        written = self.text(column)
        if not written:
            return None
        if not (written.isascii() and written.isdigit()):
            raise CatalogueError(f"{self.path}, line {self.line}: {column} is no year: {written!r}.")
        return int(written)


def _rows(text: str, path: Path) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = _NEEDED - set(reader.fieldnames or ())
        if missing:
            raise CatalogueError(f"{path}, line 1: no column {' and '.join(sorted(missing))}.")
        for cells in reader:
            yield _Row(cells, reader.line_num, path)
    except csv.Error as error:
        raise CatalogueError(f"{path}, line {reader.reader.line_num}: {error}.") from error
