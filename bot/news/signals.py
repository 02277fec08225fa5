"""What each phrase of the trade tells in its place: a kind, firmly, doubtfully, denied or as background."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Kind
from bot.news.seasons import SeasonMention, SeasonSort
from bot.news.sheet import Sentence, Sheet
from bot.news.vocabulary import Mark, Sense, Use, plain

_REACH_OF_SEASON = 34
_MOST = 200
_REACH_OF_SHOW = 60
_REACH_OF_NO = 34
_REACH_OF_HEDGE = 60
_REACH_OF_PAST = 45
_OPENING = 14
_REACH_OF_TIME = 16
_DENIES = re.compile(r"\b(?:not|t|nicht|pas|no|non|não|niet)\b")
_REACH_OF_TAIL = 70
_NEXT_WORD = 2
_OF_A_SEASON = (Kind.TRAILER, Kind.PRODUCTION, Kind.CASTING, Kind.PREMIERE_DATE, Kind.DELAYED)
_BREAKS = frozenset(",;:.!?–—()\n…|")
_WEIGHT = {
    Use.ALONE: 2.0,
    Use.BEFORE_SEASON: 1.8,
    Use.AFTER_SEASON: 1.6,
    Use.BEFORE_SHOW: 1.7,
    Use.ANNOUNCES_SEASON: 1.7,
    Use.RETURNS_FOR_SEASON: 1.7,
    Use.BEFORE_NAME: 1.7,
    Use.AFTER_NAME: 1.8,
    Use.OF_SHOW: 2.0,
    Use.IN_TITLE: 2.0,
    Use.FOR_SEASON: 1.2,
    Use.AROUND: 2.0,
    Use.WITH_DATE: 1.2,
    Use.FAINT: 0.5,
}
_PROMISED = frozenset({Kind.TRAILER, Kind.CASTING, Kind.PREMIERE_DATE, Kind.PRODUCTION, Kind.SPINOFF})
_BEFORE_SEASON = frozenset({Use.BEFORE_SEASON, Use.ANNOUNCES_SEASON, Use.RETURNS_FOR_SEASON, Use.FOR_SEASON})
_OF_TITLE = frozenset({Use.IN_TITLE, Use.AFTER_NAME})
_NEEDS_SEASON = _BEFORE_SEASON | {Use.AFTER_SEASON}
_WITHIN = re.compile(r"\b(?:in|after|following|during|since|im|während|dans|durante|nella|nel|na|tijdens)\b")
_NAME = re.compile(r" [A-ZÀ-Þ][\w'’.-]+ (?:[A-ZÀ-Þ][\w.]* )?[A-ZÀ-Þ][\w'’-]+")
_REACH_OF_PERSON, _AS_MANY = 40, 6
_PERSON = re.compile(
    r"(?:\b(?:he|she|who|star|actor|actress|showrunner|host|presenter|judge|He|She|Star|Actor|Actress|Host)"
    r"|(?<![\w'’])[A-ZÀ-Þ][a-zà-ÿ'’.-]+ (?:[A-Z]\. |[A-ZÀ-Þ][\w'’-]+ )?[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ])\s+$"
)
_COMES_BACK = re.compile(r"\b(?:return|returning|back|continue)\b")
_REACH_OF_AFTER = 26
KINDS = {str(kind): kind for kind in Kind}


class Mood(StrEnum):
    """How firmly a phrase says what it says."""

    FIRM = "firm"
    HEDGED = "hedged"
    ASKED = "asked"
    DENIED = "denied"
    BACKGROUND = "background"
    PAST = "past"
    """Told with a date that is long past."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A phrase that tells a kind, at characters `start` to `end` of the text."""

    start: int
    end: int
    kind: Kind
    use: Use
    mood: Mood
    weight: float
    phrase: str
    sentence: int
    season: int | None = None
    """The place of the season that it goes with, where it needs one."""
    is_promise: bool = False
    """In the headline of a living post: "release date, cast, trailer" promises more than it tells."""


def read_signals(sheet: Sheet) -> tuple[Signal, ...]:
    """Give the signals of the text in order; one phrase may give several."""
    return _Reader(sheet).read()


class _Reader:
    """Reads the marks of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._plain = plain(sheet.text)
        self._season_starts = [season.start for season in sheet.seasons]
        self._show_starts = [named.start for named in sheet.named]
        self._no = sheet.marked("negations")
        self._hedges = [mark for mark in sheet.marked("hedges") if not _is_dated(sheet, mark)]
        self._past = sheet.marked("past")
        self._background = sheet.marked("background")
        self._after = sheet.marked("after")
        works = [(mark.start, mark.end) for mark in sheet.marked("work")]
        named = (*sheet.named, *sheet.placed)
        self._taken = sorted([*works, *((one.start, one.end) for one in named)])
        """What is no person's name."""

    def read(self) -> tuple[Signal, ...]:
        """Give all signals in order of appearance; what goes on an end is no renewal: "won't go on with"."""
        found: list[Signal] = []
        number, ended, sentences = 0, 0, self._sheet.sentences
        for mark in self._sheet.marks:
            while mark.start >= sentences[number].end:
                number += 1
            for sense in mark.senses:
                kind = KINDS.get(sense.name)
                if kind is not None and (kind is not Kind.RENEWED or mark.start >= ended):
                    signal = self._signal(mark, kind, sense, number)
                    found += [signal] if signal is not None else []
            if mark.has(Kind.CANCELLED):
                ended = mark.end
        return tuple(found)

    def _signal(self, mark: Mark, kind: Kind, sense: Sense, number: int) -> Signal | None:
        season, use = None, sense.use
        if use in _OF_TITLE and not self._sheet.sentences[number].is_title:
            use = Use.FAINT
        if use in _BEFORE_SEASON:
            season = self._season_after(mark)
        elif use is Use.AFTER_SEASON:
            season = self._season_before(mark)
        elif not self._is_in_place(mark, sense, number):
            return None
        if season is None and use in _NEEDS_SEASON:
            return None
        if kind is Kind.CANCELLED and self._is_not_of_show(mark):
            return None
        mood = self._mood(mark, number)
        weight = _WEIGHT[use] * (1.25 if self._sheet.sentences[number].is_title else 1.0)
        is_promise = self._sheet.sentences[number].is_title and kind in _PROMISED
        return Signal(mark.start, mark.end, kind, use, mood, weight, mark.phrase, number, season, is_promise)

    def _is_in_place(self, mark: Mark, sense: Sense, number: int) -> bool:
        """Say whether beside it stands what its use asks for: a show, a date, a person …"""
        match sense.use:
            case Use.BEFORE_SHOW:
                return self._show_follows(mark)
            case Use.AROUND:
                return self._tail_follows(mark, sense.tail, number)
            case Use.BEFORE_NAME:
                return self._name_follows(mark)
            case Use.AFTER_NAME:
                return self._is_of_person(mark)
            case Use.OF_SHOW:
                return not self._is_of_person(mark)
            case Use.WITH_DATE:
                return self._has_date(number)
            case _:
                return True

    def _season_after(self, mark: Mark) -> int | None:
        at = bisect_left(self._season_starts, mark.end)
        if at == len(self._season_starts):
            return None
        season = self._sheet.seasons[at]
        is_near = self._is_near(mark.end, season.start) and not self._is_of_work(season.end)
        is_near = is_near and not _WITHIN.search(self._sheet.text, mark.end, season.start)
        is_near = is_near and not self._has_work(mark.end, season.start)
        return season.start if is_near and _is_to_come(season) else None

    def _season_before(self, mark: Mark) -> int | None:
        at = bisect_left(self._season_starts, mark.start) - 1
        if at < 0:
            return None
        season = self._sheet.seasons[at]
        is_near = self._is_near(season.end, mark.start) and not self._has_work(season.end, mark.start)
        return season.start if is_near and _is_to_come(season) else None

    def _has_work(self, start: int, end: int) -> bool:
        """Say whether it is the date or trailer that is told: "season 2 release date confirmed"."""
        at = bisect_left(self._sheet.marks, start, key=lambda one: one.start)
        between = [mark for mark in self._sheet.marks[at : at + 5] if mark.end <= end]
        return any(_is_work(mark) for mark in between)

    def _is_near(self, start: int, end: int) -> bool:
        """Say whether a verb and a season go together; the names between them take no room."""
        if end - start > _MOST or not _BREAKS.isdisjoint(self._outside_names(start, end)):
            return False
        return len(self._outside_names(start, end)) <= _REACH_OF_SEASON

    def _outside_names(self, start: int, end: int) -> str:
        """Give what stands from `start` to `end` without the names of shows."""
        parts = []
        for named in self._sheet.named:
            if start <= named.start and named.end <= end:
                parts.append(self._sheet.text[start : named.start])
                start = named.end
        return "".join([*parts, self._sheet.text[start:end]])

    def _is_of_work(self, end: int) -> bool:
        """Say whether the season is named for its trailer, date or filming: "announces season 3 trailer"."""
        at = bisect_left(self._sheet.marks, end, key=lambda one: one.start)
        return any(
            mark.start - end <= _NEXT_WORD
            and _is_work(mark)
            and _BREAKS.isdisjoint(self._sheet.text[end : mark.start])
            for mark in self._sheet.marks[at : at + 1]
        )

    def _show_follows(self, mark: Mark) -> bool:
        at = bisect_left(self._show_starts, mark.end)
        if at == len(self._show_starts):
            return False
        gap = self._sheet.text[mark.end : self._show_starts[at]]
        return len(gap) <= _REACH_OF_SHOW and not any(sign in gap for sign in ".;!?\n")

    def _tail_follows(self, mark: Mark, tail: str, number: int) -> bool:
        """Say whether the second part of a verb follows in its sentence: "setzt … ab"."""
        end = min(self._sheet.sentences[number].end, mark.end + _REACH_OF_TAIL)
        return tail in f"{self._plain[mark.end : end]} "

    def _name_follows(self, mark: Mark) -> bool:
        """Say whether a person may follow: two capitals, and no season or show."""
        found = _NAME.match(self._sheet.text, mark.end)
        if found is None:
            return False
        at = bisect_left(self._taken, (mark.end, 0))
        return not any(start < found.end() for start, _ in self._taken[at : at + 1])

    def _is_of_person(self, mark: Mark) -> bool:
        """Say whether a person stands before: "Stana Katic not returning", "she will not be back"."""
        opening = max(0, mark.start - _REACH_OF_PERSON)
        found = _PERSON.search(self._sheet.text[opening : mark.start])
        if found is None:
            return False
        start, end = opening + found.start(), opening + found.end()
        at = bisect_left(self._taken, (end, 0))
        return not any(start < last for _, last in self._taken[max(0, at - _AS_MANY) : at])

    def _is_not_of_show(self, mark: Mark) -> bool:
        """Say whether what will not be back is only away for a time, or is a person."""
        if self._is_only_for_a_time(mark):
            return True
        return _COMES_BACK.search(mark.phrase) is not None and self._is_of_person(mark)

    def _is_only_for_a_time(self, mark: Mark) -> bool:
        """Say whether a date follows what will not be: "will not be back this summer" is no end."""
        reach = mark.end + _REACH_OF_TIME
        is_dated = any(mark.end <= date.start <= reach for date in self._sheet.dates)
        return is_dated and _DENIES.search(mark.phrase) is not None

    def _has_date(self, number: int) -> bool:
        sentence = self._sheet.sentences[number]
        return any(sentence.start <= date.start < sentence.end for date in self._sheet.dates)

    def _mood(self, mark: Mark, number: int) -> Mood:
        sentence = self._sheet.sentences[number]
        if mark.start >= sentence.asks_from:
            return Mood.ASKED
        if self._is_long_past(mark, sentence) or self._opens_in_past(mark, sentence):
            return Mood.PAST
        if self._stands_before(self._background, mark, 16) or self._is_what_came_before(mark):
            return Mood.BACKGROUND
        if self._stands_near(self._hedges, mark, _REACH_OF_HEDGE, 30):
            return Mood.HEDGED
        if self._stands_before(self._no, mark, _REACH_OF_NO):
            return Mood.DENIED
        return Mood.FIRM

    def _is_what_came_before(self, mark: Mark) -> bool:
        """Say whether it is what the news follows: "picked up after Fox cancellation"."""
        if not mark.has("event") or not self._stands_before(self._after, mark, _REACH_OF_AFTER):
            return False
        first = bisect_left(self._season_starts, mark.start - _REACH_OF_AFTER)
        last = bisect_left(self._season_starts, mark.start)
        return not any(one.sort is SeasonSort.COUNT for one in self._sheet.seasons[first:last])

    def _is_long_past(self, mark: Mark, sentence: Sentence) -> bool:
        """Say whether a date long before the article's own stands shortly after: "renewed in May"."""
        reach = min(sentence.end, mark.end + _REACH_OF_PAST)
        return any(
            mark.end <= date.start < reach
            and self._sheet.is_past(date.date)
            and _BREAKS.isdisjoint(self._sheet.text[mark.end : date.start])
            for date in self._sheet.dates
        )

    def _opens_in_past(self, mark: Mark, sentence: Sentence) -> bool:
        """Say whether the sentence begins long ago: "In August it was reported", "Months back,"."""
        opening = sentence.start + _OPENING
        return any(
            sentence.start <= date.start < min(opening, mark.start) and self._sheet.is_past(date.date)
            for date in self._sheet.dates
        ) or any(sentence.start <= past.start < min(opening, mark.start) for past in self._past)

    def _stands_before(self, marks: Sequence[Mark], mark: Mark, reach: int) -> bool:
        return self._stands_near(marks, mark, reach, -1)

    def _stands_near(self, marks: Sequence[Mark], mark: Mark, before: int, after: int) -> bool:
        """Say whether one of `marks` stands near `mark` with no comma or stop between."""
        at = bisect_left(marks, mark.start, key=lambda one: one.start)
        for other in marks[max(0, at - 2) : at]:
            gap = self._sheet.text[other.end : mark.start]
            if len(gap) <= before and _BREAKS.isdisjoint(gap):
                return True
        for other in marks[at : at + 1]:
            gap = self._sheet.text[mark.end : other.start]
            if len(gap) <= after and _BREAKS.isdisjoint(gap):
                return True
        return False


def _is_work(mark: Mark) -> bool:
    """Say whether the phrase names what a season has, by itself: a trailer, a date, its filming."""
    return any(sense.name in _OF_A_SEASON and sense.use is not Use.WITH_DATE for sense in mark.senses)


def _is_dated(sheet: Sheet, mark: Mark) -> bool:
    """Say whether a hedge is the month of a date: "on May 23"."""
    at = bisect_left(sheet.dates, mark.end, key=lambda one: one.start)
    return any(mark.start < date.end for date in sheet.dates[max(0, at - 1) : at])


def _is_to_come(season: SeasonMention) -> bool:
    """Say whether a season may be the one that is ordered."""
    return not season.is_over and season.sort not in (SeasonSort.CURRENT, SeasonSort.PREVIOUS)
