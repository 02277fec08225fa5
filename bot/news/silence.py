"""What speaks against season news in an article: a review, a recap, a match report, a living post …"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.news.sheet import Sheet
from bot.news.vocabulary import Mark, Use

LIVING = "living"
REASONS = {
    "review": "a review",
    "recap": "a recap",
    "interview": "an interview",
    "ratings": "about ratings",
    "listicle": "a list",
    "obituary": "an obituary",
    "awards": "about awards",
    "film": "about a film",
    "cinema": "about a film in cinemas",
    "game": "about a game",
    "sports": "about sport",
    "other_season": "about another sort of season",
    "everyday": "about everyday matters",
    "talk": "talk, not news",
    "goods": "about things to buy or visit",
    "one_off": "about a single special",
    "availability": "about what can be watched",
    "look_back": "a look back",
    "living": "a living post",
}
_IN_TITLE = {
    "review": 4.0, "recap": 4.0, "interview": 2.0, "ratings": 2.2, "listicle": 2.4, "obituary": 2.6,
    "awards": 1.6, "film": 1.2, "cinema": 2.2, "game": 2.0, "sports": 2.5, "other_season": 2.0,
    "everyday": 1.2, "talk": 1.8, "goods": 2.2, "one_off": 1.2, "availability": 1.0, "living": 1.5,
    "look_back": 3.0,
}  # fmt: skip
_IN_SUMMARY = {"interview": 0.6, "game": 0.9, "sports": 0.7, "cinema": 0.7, "look_back": 0.67}
_FAINT = 0.3


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why an article may be no season news, with its weight."""

    sort: str
    weight: float
    spans: tuple[Span, ...]

    @property
    def reason(self) -> str:
        return REASONS[self.sort]


def find_objections(sheet: Sheet) -> tuple[Objection, ...]:
    """Give each reason once, the heaviest first."""
    by_sort: dict[str, list[tuple[Mark, float]]] = {}
    for mark in sheet.marks:
        for sense in mark.senses:
            if sense.name in REASONS:
                weight = _IN_TITLE[sense.name] * (_FAINT if sense.use is Use.FAINT else 1.0)
                if mark.start >= sheet.summary_at:
                    weight *= _IN_SUMMARY.get(sense.name, 0.35)
                by_sort.setdefault(sense.name, []).append((mark, weight))
    found = [_objection(sheet, sort, marks) for sort, marks in by_sort.items()]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.sort)))


def _objection(sheet: Sheet, sort: str, marks: Sequence[tuple[Mark, float]]) -> Objection:
    """Count the heaviest mark whole and each further one a third, up to twice the heaviest."""
    weights = sorted((weight for _, weight in marks), reverse=True)
    weight = weights[0] + min(sum(weights[1:]) / 3, weights[0])
    return Objection(sort, round(weight, 2), tuple(sheet.span(mark.start, mark.end) for mark, _ in marks[:5]))
