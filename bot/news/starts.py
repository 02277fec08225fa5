"""Which of a show's dates may be those of a start, and which of its seasons is called the last."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Kind, PartialDate
from bot.news.gaps import STOPS, stands_before
from bot.news.premieres import PREMIERE_AT, PremiereDate
from bot.news.seasons import SeasonMention, SeasonSort
from bot.news.sheet import Sheet
from bot.news.signals import Mood, Signal
from bot.news.subjects import Subject
from bot.news.vocabulary import Use

_UNCUED = 0.18
"""A date of less weight has something against it."""
_NEAR = 60
_SURE = 0.5
"""Of so much weight a date has a word of starting right beside it."""
_NO = 10
_DOUBT = 0.6
_CALLED_LAST = 1.8
_IN_TITLE = 1.25
_BREAKS = re.compile(r"[.;!?\n:–—]|, | (?:and|und|et|y|e|en|while|but) ")
"""What ends the part of a sentence in which a date and a season go together."""
_MODAL = 12
_MAYBE = re.compile(r"\b(?:may|might|could|könnten?|pourrait|podría|potrebbe|poderia|zou)\b")
_WORK = frozenset({Kind.PRODUCTION})
_DATED_ELSE = frozenset({Kind.PRODUCTION, Kind.CASTING, Kind.CANCELLED, Kind.RENEWED})
_ENDS = re.compile(r"\b(?:end|ends|ending|conclude|concludes|wrap|wraps)\b")


def start_dates(sheet: Sheet, subject: Subject) -> list[PremiereDate]:
    """Give the dates that may be those of a start, weighed by what stands near.

    A date in a question is none, nor one that dates filming, leaving or an end. Dates of the show's
    own sentences go before those that the article tells of all its shows.
    """
    is_promised = any(
        one.kind is Kind.PREMIERE_DATE and one.use is Use.ALONE and one.sentence == 0
        for one in subject.signals
    )
    others = [
        one
        for one in subject.dates
        if one.date.month is not None and _dates_other(sheet, subject, one, _WORK)
    ]
    for dates in (subject.dates, subject.shared):
        found = [
            _weighed(sheet, subject, date, is_promised=is_promised)
            for date in dates
            if date.start < sheet.sentences[sheet.sentence_at(date.start)].asks_from
            and not _dates_other(sheet, subject, date)
            and not any(other.date.holds(date.date) for other in others)
        ]
        if any(one.weight >= PREMIERE_AT and not one.is_was for one in found):
            return found
    return []


def _weighed(sheet: Sheet, subject: Subject, date: PremiereDate, *, is_promised: bool) -> PremiereDate:
    """Add to a date's weight where its show or season stands near, or the headline promises a date."""
    if date.weight < _UNCUED or not _is_to_come(sheet, date.date):
        return date
    places = [(one.start, one.end) for one in subject.named]
    places += [(one.start, one.end) for one in subject.seasons]
    near = any(
        -_NEAR <= start - date.end <= _NEAR / 2 or 0 <= date.start - end <= _NEAR for start, end in places
    )
    weight = date.weight + 0.25 * near + 0.2 * is_promised - _DOUBT * _is_doubted(sheet, subject, date)
    return replace(date, weight=min(max(weight, 0.0), 1.0))


def _is_doubted(sheet: Sheet, subject: Subject, date: PremiereDate) -> bool:
    """Say whether the start that the date tells is denied, or only may be: "may return next week"."""
    return any(
        one.kind is Kind.PREMIERE_DATE
        and (
            one.mood is Mood.DENIED
            or _MAYBE.search(sheet.text, max(0, one.start - _MODAL), one.start) is not None
        )
        for one in subject.signals
        if date.start - _NEAR <= one.start and one.end <= date.start
    )


def _is_to_come(sheet: Sheet, date: PartialDate) -> bool:
    """Say whether `date` is after the article's own day, or may be."""
    return sheet.dated is None or (date != sheet.dated and date.latest > sheet.dated.earliest)


def of_season(
    sheet: Sheet, subject: Subject, dates: Sequence[PremiereDate], season: int | None
) -> list[PremiereDate]:
    """Give the dates but those of a season named in passing: "renewed for 5 ahead of season 4 in May"."""
    return [one for one in dates if season is None or not _is_of_other(sheet, subject, one, season)]


def _is_of_other(sheet: Sheet, subject: Subject, date: PremiereDate, season: int) -> bool:
    """Say whether the season told beside a date, in its own part of the sentence, is another."""
    beside: list[tuple[int, SeasonMention]] = []
    for one in subject.seasons:
        gap = sheet.text[one.end : date.start] if one.end <= date.start else sheet.text[date.end : one.start]
        if one.numbers and one.sort is SeasonSort.NUMBERED and len(gap) <= _NEAR and not _BREAKS.search(gap):
            beside.append((len(gap), one))
    if not beside:
        return False
    nearest = min(beside, key=lambda one: one[0])[1]
    return (nearest.is_aside or nearest.is_over) and season not in nearest.numbers


def _dates_other(
    sheet: Sheet, subject: Subject, date: PremiereDate, kinds: frozenset[Kind] = _DATED_ELSE
) -> bool:
    """Say whether the last words of the trade before a date are of filming, leaving or ending."""
    if stands_before(sheet.text, sheet.marked("availability"), date.start):
        return True
    ended = (one for one in sheet.marked("cancelled") if date.cue is None or one.start != date.cue[0])
    if stands_before(sheet.text, (*sheet.marked("negations"), *ended), date.start, _NO):
        return True
    before = [
        one for one in subject.signals if date.start - _NEAR <= one.start < date.start and one.end <= date.end
    ]
    if not before:
        return False
    last = max(before, key=lambda one: (one.end, one.weight))
    gap = sheet.text[last.end : date.start]
    is_other = last.kind in kinds or (
        kinds is _DATED_ELSE and last.kind is Kind.FINAL_SEASON and _ENDS.search(last.phrase)
    )
    is_started = date.cue is not None and date.cue[0] >= last.start and date.weight >= _SURE
    is_started |= last.kind is Kind.RENEWED and date.has_year and _is_to_come(sheet, date.date)
    return bool(is_other) and last.use is Use.ALONE and not is_started and not STOPS.intersection(gap)


def final_seasons(sheet: Sheet, subject: Subject) -> list[Signal]:
    """Give a signal for each season of the show that is called its last."""
    found = []
    for season in subject.seasons:
        number = sheet.sentence_at(season.start)
        sentence = sheet.sentences[number]
        if season.is_final and not season.is_over and season.start < sentence.asks_from:
            weight = _CALLED_LAST * (_IN_TITLE if sentence.is_title else 1.0)
            phrase = sheet.text[season.start : season.end]
            found.append(
                Signal(
                    season.start,
                    season.end,
                    Kind.FINAL_SEASON,
                    Use.ALONE,
                    Mood.FIRM,
                    weight,
                    phrase,
                    number,
                    season.start,
                )
            )
    return found
