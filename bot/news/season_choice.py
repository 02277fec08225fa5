"""Which of the seasons that a text names the news is about."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.model import Kind, PartialDate
from bot.news.seasons import SeasonMention, SeasonSort

_ASIDE, _OVER, _SHORT = 1.6, 1.2, 0.35
"""What counts against a season named in passing, one that has been, and one without its noun."""
_FAR = 120
"""So many characters from the words that tell the news weigh one; more than twice that no more."""
_FINAL, _HIGHEST, _NO_NUMBER, _DENIED = 0.5, 1.5, 2.0, 1.5
_FIRST_PART = 3
"""A show numbers parts in place of seasons from here on; "part 2" may be of one season."""
_BEGINNINGS = frozenset({Kind.PREMIERE_DATE, Kind.DELAYED, Kind.TRAILER, Kind.CASTING, Kind.PRODUCTION})


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
    numbers = [number for one in mentions if one.sort is SeasonSort.NUMBERED for number in one.numbers]
    highest = max(numbers, default=0)
    mentions = _of_news(mentions, kinds)
    ranked = [(_score(one, highest, cues, kinds), one) for one in mentions if _tells(one, kinds)]
    if not ranked:
        return None, next((one for one in mentions if not one.numbers), None)
    best = max(ranked, key=lambda one: (one[0], -one[1].start))[1]
    return _number(best, nth), best


def _of_news(mentions: Sequence[SeasonMention], kinds: frozenset[Kind]) -> Sequence[SeasonMention]:
    """Leave out what an ended show had before ("cancelled after three seasons"), and a parent's season."""
    if kinds & {Kind.SPINOFF, Kind.SERIES_ORDER}:
        return [one for one in mentions if not one.is_aside]
    if Kind.CANCELLED not in kinds:
        return mentions
    counted = [one.numbers[0] for one in mentions if one.sort is SeasonSort.COUNT and one.is_after]
    had = max(counted, default=0)
    return [one for one in mentions if one.sort is not SeasonSort.NUMBERED or one.numbers[0] >= had]


def _tells(mention: SeasonMention, kinds: frozenset[Kind]) -> bool:
    """Say whether a mention can give the number; "cancelled after two seasons" names none."""
    match mention.sort:
        case SeasonSort.PART:
            return mention.numbers[0] >= _FIRST_PART
        case SeasonSort.COUNT:
            return mention.is_after and Kind.FINAL_SEASON in kinds and Kind.CANCELLED not in kinds
        case _:
            return mention.sort is SeasonSort.NUMBERED


def _number(mention: SeasonMention, nth: int = 0) -> int:
    if mention.is_list and nth < len(mention.numbers):
        return mention.numbers[nth]
    return mention.numbers[-1] if mention.is_through else mention.numbers[0]


def _score(
    mention: SeasonMention, highest: int, cues: Sequence[tuple[int, int]], kinds: frozenset[Kind]
) -> float:
    """Weigh a mention; a renewal is about the `highest` number told."""
    ends = mention.is_after and Kind.FINAL_SEASON in kinds
    score = _FINAL * ends - _ASIDE * (mention.is_aside and not ends)
    score -= _OVER * mention.is_over + _SHORT * mention.is_short
    score -= min(_distance(mention, cues), 2 * _FAR) / _FAR
    score -= _NO_NUMBER * (mention.sort is not SeasonSort.NUMBERED)
    score -= _DENIED * (mention.is_denied and Kind.FINAL_SEASON in kinds)
    score += _FINAL * (mention.is_final and Kind.FINAL_SEASON in kinds)
    score += _HIGHEST * (Kind.RENEWED in kinds and _number(mention) == highest)
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
    if Kind.CANCELLED in kinds:
        return show_year is None
    return bool(_BEGINNINGS.intersection(kinds)) and (show_year is None or show_year >= published.year)
