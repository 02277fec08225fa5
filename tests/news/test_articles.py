"""The regression suite: each file of tests/data/articles holds an article and the claims expected of it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.file import read_catalogue
from bot.catalogue.names import Names
from bot.model import PartialDate
from bot.news.lines import read_line
from bot.news.understand import understand

DATA = Path(__file__).parent.parent / "data"
FILES = sorted((DATA / "articles").glob("*.toml"))

Told = tuple[str, str, int | None, str | None]
"""A show's label, a kind, a season, a premiere."""


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(read_catalogue(DATA / "catalogue.csv").shows)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_article_is_read_as_expected(path: Path, names: Names) -> None:
    expected: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    article, dated = article_of(expected)
    reading = understand(article, names, dated=dated)
    heard = () if reading.living else reading.announced
    told = {
        (
            reading.show(claim.show_id).label,
            str(claim.kind),
            claim.season,
            str(claim.premiere) if claim.premiere else None,
        )
        for claim in heard
    }
    wanted: set[Told] = {
        (claim["show"], claim["kind"], claim.get("season"), claim.get("premiere"))
        for claim in expected.get("claims", [])
    }
    assert told == wanted, expected["why"]
    assert reading.living == expected.get("living", False)


def article_of(expected: dict[str, Any]) -> Any:
    import json

    line = {key: expected[key] for key in ("title", "summary", "date", "categories") if key in expected}
    _, article, dated = read_line(json.dumps({"id": "1", "url": "https://example.org/news/1", **line}))
    assert dated is None or isinstance(dated, PartialDate)
    return article, dated
