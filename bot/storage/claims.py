"""What articles were read to say, and what became of it: the answer to "why" and to "why not"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, select

from bot.model import ArticleId, Claim, Evidence, Kind, PartialDate, ShowId, Span, StoryId
from bot.storage.database import Transaction
from bot.storage.tables import claims
from bot.storage.upsert import insert


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, or a silence where `claim` is None, and what became of it."""

    verdict: str
    """In words that people read."""
    claim: Claim | None = None
    story_id: StoryId | None = None


async def replace_claims(tx: Transaction, judged: Mapping[ArticleId, Iterable[Judged]]) -> None:
    """Store what the latest forms of articles were read to say, in place of earlier readings."""
    await tx.execute(delete(claims).where(claims.c.article_id.in_(judged)))
    rows = [_row(article_id, one) for article_id, found in judged.items() for one in found]
    if rows:
        await tx.execute(insert(tx, claims), rows)


async def list_judged(tx: Transaction, article_id: ArticleId) -> tuple[Judged, ...]:
    """Give what an article was read to say, in the order of reading."""
    found = select(claims).where(claims.c.article_id == article_id).order_by(claims.c.id)
    return tuple(_read(row) for row in await tx.execute(found))


def _row(article_id: ArticleId, judged: Judged) -> dict[str, object]:
    claim = judged.claim
    return {
        "article_id": article_id,
        "show_id": claim.show_id if claim else None,
        "kind": claim.kind.value if claim else None,
        "season": claim.season if claim else None,
        "premiere": str(claim.premiere) if claim and claim.premiere else None,
        "confidence": claim.confidence if claim else None,
        "evidence": [_written(evidence) for evidence in claim.evidence] if claim else [],
        "story_id": judged.story_id,
        "verdict": judged.verdict,
    }


def _written(evidence: Evidence) -> dict[str, object]:
    spans = [[span.field, span.start, span.end] for span in evidence.spans]
    return {"rule": evidence.rule, "weight": evidence.weight, "spans": spans}


def _read(row: Row[Any]) -> Judged:
    if row.show_id is None:
        return Judged(row.verdict)
    evidence = tuple(
        Evidence(
            one["rule"],
            one["weight"],
            tuple(Span(start, end, field) for field, start, end in one["spans"]),
        )
        for one in row.evidence
    )
    claim = Claim(
        show_id=ShowId(row.show_id),
        kind=Kind(row.kind),
        season=row.season,
        premiere=None if row.premiere is None else PartialDate.parse(row.premiere),
        confidence=row.confidence,
        evidence=evidence,
    )
    return Judged(row.verdict, claim, None if row.story_id is None else StoryId(row.story_id))
