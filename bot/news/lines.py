"""Articles and readings as JSON lines: what `python -m bot understand` reads and writes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.model import Article, Claim, Evidence, PartialDate, Show, ShowId
from bot.news.confidence import ANNOUNCE_AT
from bot.news.reading import Reading

_SHOWN_AT = 0.01
"""A claim less sure than this is not written."""


def read_line(line: str) -> tuple[str, Article, PartialDate | None]:
    """Read one JSON object: its id, its article, and the date it is of.

    ValueError where it is no object with a title; a date that is none counts as missing.
    """
    told = json.loads(line)
    if not isinstance(told, dict) or not isinstance(told.get("title"), str):
        raise ValueError("a line must be a JSON object with a title")
    dated = _date(told.get("date"))
    url = _text(told, "url")
    article = Article(
        identity=f"link:{url}",
        url=url,
        title=told["title"],
        summary=_text(told, "summary"),
        source=_text(told, "source"),
        published_at=datetime(*dated.earliest.timetuple()[:3], tzinfo=UTC) if dated else None,
        categories=tuple(one for one in told.get("categories") or () if isinstance(one, str)),
    )
    return str(told.get("id", "")), article, dated


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    return value if isinstance(value, str) else ""


def _date(value: object) -> PartialDate | None:
    try:
        return PartialDate.parse(str(value)[:10])
    except ValueError:
        return None


def write_line(line_id: str, reading: Reading, ids: Mapping[ShowId, str]) -> str:
    """Give a reading as one JSON line; `ids` are the catalogue's own ids of the shows."""
    claims = [claim for claim in reading.claims if claim.confidence >= _SHOWN_AT]
    shows = [
        _show(show, season, claims, ids)
        for show, season in zip(reading.shows, reading.seasons, strict=True)
        if any(one.show_id == show.id for one in claims)
    ]
    told = {
        "id": line_id,
        "shows": shows,
        "kinds": list(dict.fromkeys(str(claim.kind) for claim in claims)),
        "season": _common(shows, "season"),
        "premiere": _common(shows, "premiere"),
        "announce": any(claim.confidence >= ANNOUNCE_AT for claim in claims) and not reading.living,
        "evidence": [_evidence(claim, one, ids) for claim in claims for one in claim.evidence],
    }
    return json.dumps(told, ensure_ascii=False)


def _show(show: Show, season: int | None, claims: list[Claim], ids: Mapping[ShowId, str]) -> dict[str, Any]:
    own = [claim for claim in claims if claim.show_id == show.id]
    premiere = next((claim.premiere for claim in own if claim.premiere is not None), None)
    return {
        "name": show.name,
        "year": show.year,
        "network": show.network,
        "id": ids.get(show.id, str(show.id)),
        "kinds": list(dict.fromkeys(str(claim.kind) for claim in own)),
        "season": season,
        "premiere": str(premiere) if premiere else None,
    }


def _common(shows: list[dict[str, Any]], key: str) -> Any:
    """Give what all shows share, None where they differ."""
    values = {show[key] for show in shows}
    return values.pop() if len(values) == 1 else None


def _evidence(claim: Claim, one: Evidence, ids: Mapping[ShowId, str]) -> dict[str, Any]:
    return {
        "show": ids.get(claim.show_id, str(claim.show_id)),
        "kind": str(claim.kind),
        "rule": one.rule,
        "weight": one.weight,
        "spans": [{"field": span.field, "start": span.start, "end": span.end} for span in one.spans],
    }
