"""The history of history.toml: outlets, articles and what a careful reader makes of them."""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("history.toml")
_FIRST_ID = 1001


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented outlet with a feed of its own."""

    key: str
    name: str
    slug: str
    tagline: str
    writers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Says:
    """What an article says of one show: `show` is a key of shows.toml, `premiere` a date or a part of one."""

    show: str
    kind: str
    season: int | None = None
    premiere: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What the page of an article became on `day`."""

    day: date
    body: tuple[str, ...]
    says: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what should be made of it; `says` is empty where there is nothing to announce."""

    id: int
    outlet: Outlet
    at: datetime
    title: str
    summary: str
    categories: tuple[str, ...]
    writer: str
    body: tuple[str, ...]
    says: tuple[Says, ...]
    trap: str | None
    versions: tuple[Version, ...]
    """Later states of its page, oldest first."""

    @property
    def path(self) -> str:
        """Where its page is, as the trade writes addresses."""
        words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[‘’'“”]", "", self.title.lower())).strip("-")
        return f"/newsroom/{self.outlet.slug}/{self.at:%Y/%m}/{words}-{self.id}/"

    def body_on(self, day: date) -> tuple[str, ...]:
        """Give the paragraphs that its page had on `day`."""
        changed = [version.body for version in self.versions if version.day <= day]
        return changed[-1] if changed else self.body


@dataclass(frozen=True, slots=True)
class History:
    """All that the newsroom ever tells, oldest first."""

    outlets: tuple[Outlet, ...]
    archive: tuple[Article, ...]
    """In the feeds from the start."""
    articles: tuple[Article, ...]
    """Told one by one."""


def read_history(path: Path = _FILE) -> History:
    """Read the history of `path`; ValueError where its articles are out of order."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    outlets = {
        key: Outlet(key, one["name"], one["slug"], one["tagline"], tuple(one["writers"]))
        for key, one in told["outlets"].items()
    }
    rows: list[tuple[datetime, dict[str, Any]]] = [(row["at"], row) for row in told["archive"]]
    rows += [
        (datetime.combine(day["date"], row["at"], UTC), row) for day in told["day"] for row in day["article"]
    ]
    if any(earlier[0] > later[0] for earlier, later in pairwise(rows)):
        raise ValueError(f"{path} tells an article before an older one")
    articles = tuple(_read_article(number, at, row, outlets) for number, (at, row) in enumerate(rows))
    old = len(told["archive"])
    return History(tuple(outlets.values()), articles[:old], articles[old:])


def _read_article(number: int, at: datetime, row: dict[str, Any], outlets: dict[str, Outlet]) -> Article:
    outlet = outlets[row["outlet"]]
    return Article(
        id=_FIRST_ID + number,
        outlet=outlet,
        at=at,
        title=row["title"],
        summary=row["summary"],
        categories=tuple(row["categories"]),
        writer=outlet.writers[number % len(outlet.writers)],
        body=tuple(row.get("body", ())),
        says=_read_says(row),
        trap=row.get("trap"),
        versions=tuple(
            Version(one["date"], tuple(one["body"]), _read_says(one)) for one in row.get("versions", ())
        ),
    )


def _read_says(row: dict[str, Any]) -> tuple[Says, ...]:
    return tuple(Says(**one) for one in row.get("says", ()))
