"""Which of the seasons that a text names the news is about."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.model import Kind, PartialDate
from bot.news.seasons import SeasonMention, SeasonSort

_PENALTIES = {"is_aside": 1.6, "is_over": 1.2, "is_short": 0.35}
_FAR = 120
"""So many characters from the words that tell the news weigh one."""


def choose_season(
    mentions: Sequence[SeasonMention],
    cues: Sequence[tuple[int, int]] = (),
    kinds: frozenset[Kind] = frozenset(),
    nth: int = 0,
) -> tuple[int | None, SeasonMention | None]:
    """Give the season's number and the mention that tells it.

    `cues` are the places of the words that tell the news ("renewed for"); without them the first
    mention counts most. None where no number is told; the mention may then still say which
    ("final season", "new season"). `nth`: the show's place where several share an ordered list
    ("X and Y return for a fifth and third season").
    """
    ranked = [
        (_score(mention, mentions, cues, kinds), mention) for mention in mentions if _tells(mention, kinds)
    ]
    if not ranked:
        return None, next((mention for mention in mentions if not mention.numbers), None)
    best = max(ranked, key=lambda one: (one[0], -one[1].start))[1]
    return _number(best, nth), best


def _tells(mention: SeasonMention, kinds: frozenset[Kind]) -> bool:
    """Say whether a mention can give the number."""
    if mention.sort is SeasonSort.PART:
        return mention.numbers[0] >= 3
    if mention.sort is SeasonSort.COUNT:
        return mention.is_after and Kind.FINAL_SEASON in kinds and Kind.CANCELLED not in kinds
    return mention.sort is SeasonSort.NUMBERED


def _number(mention: SeasonMention, nth: int = 0) -> int:
    if mention.is_list and nth < len(mention.numbers):
        return mention.numbers[nth]
    return mention.numbers[-1] if mention.is_through else mention.numbers[0]


def _score(
    mention: SeasonMention,
    mentions: Sequence[SeasonMention],
    cues: Sequence[tuple[int, int]],
    kinds: frozenset[Kind],
) -> float:
    ends = mention.is_after and Kind.FINAL_SEASON in kinds
    marks = {
        "is_aside": mention.is_aside and not ends,
        "is_over": mention.is_over,
        "is_short": mention.is_short,
    }
    score = 0.5 * ends - sum(weight for mark, weight in _PENALTIES.items() if marks[mark])
    score -= min(_distance(mention, cues), 2 * _FAR) / _FAR
    if mention.sort is not SeasonSort.NUMBERED:
        score -= 2.0
    if mention.is_final and Kind.FINAL_SEASON in kinds:
        score += 0.5
    if kinds & {Kind.RENEWED}:
        known = {number for one in mentions if one.sort is SeasonSort.NUMBERED for number in one.numbers}
        score += 1.5 * (_number(mention) == max(known, default=0))
    return score


def _distance(mention: SeasonMention, cues: Sequence[tuple[int, int]]) -> int:
    if not cues:
        return mention.start
    return min(max(start - mention.end, mention.start - end, 0) for start, end in cues)


def is_first_season(
    show_year: int | None, published: PartialDate | date | None, kinds: Collection[Kind]
) -> bool:
    """Say whether news that names no season is about the first: the show is not yet on, or just began.

    `show_year` is the year of its first episode, None where it never had one.
    """
    if Kind.SERIES_ORDER in kinds or Kind.SPINOFF in kinds:
        return True
    if Kind.RENEWED in kinds or Kind.FINAL_SEASON in kinds or published is None:
        return False
    return bool(_BEGINNINGS.intersection(kinds)) and (show_year is None or show_year >= published.year)


_BEGINNINGS = frozenset({Kind.PREMIERE_DATE, Kind.DELAYED, Kind.TRAILER, Kind.CASTING, Kind.PRODUCTION})
