"""Which show each signal, season and date of an article is about.

The show that a verb takes stands after it ("renews X") or before it ("X renewed"); a list shares its
verb; a sentence that names no show goes on about the last one that was named. Shows named only as
somebody's other work, as a parent or in comparison are no subjects while there are others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.model import Kind, PartialDate, Show, ShowId
from bot.news.premieres import PREMIERE_AT, PremiereDate
from bot.news.mentions import Role
from bot.news.seasons import SeasonMention, SeasonSort
from bot.news.sheet import Named, Sheet
from bot.news.signals import Mood, Signal
from bot.news.vocabulary import Mark, Use

_PER_COMMA = 25
_BOUND = 70
"""A verb farther from a name than so many characters goes with the headline's show instead."""
_FAR = 400
_NEXT = 24
_NO = 8
_BESIDE = 4
_LEAN = 15
_LIST_GAP = 30
_FIRM = 1.5
_CALLED_LAST = 1.8
_SURE = 0.95
_STATES = frozenset(str(kind) for kind in (Kind.RENEWED, Kind.CANCELLED))
_ORDERS = frozenset({Kind.RENEWED, Kind.CANCELLED, Kind.SERIES_ORDER, Kind.PRODUCTION})
_UNCUED = 0.18
_NEAR_DATE = 60
_STOPS = frozenset(",;.:–—")
_DATED_ELSE = frozenset({Kind.PRODUCTION, Kind.CASTING, Kind.CANCELLED, Kind.RENEWED})
_ENDS = re.compile(r"\b(?:end|ends|ending|conclude|concludes|wrap|wraps)\b")
_JOINS = re.compile(r"\b(?:and|und|et|y|e|en|while|but)\b")
_LISTED = frozenset(" ,&'\"‘’“”„«»‹›()/+-–0123456789")
_AND = frozenset("and und et y e en plus sowie oder or og och a és ja ve the as well s".split())
_OF = frozenset("of von de di van der des del della do da d' zu af av för for".split())


@dataclass(slots=True)
class Subject:
    """A show that the article is about, with all that is said of it."""

    show: Show
    named: list[Named] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    seasons: list[SeasonMention] = field(default_factory=list)
    dates: list[PremiereDate] = field(default_factory=list)
    """Those of its own sentences; `shared` are told of all shows that the article is about."""
    shared: list[PremiereDate] = field(default_factory=list)


def find_subjects(sheet: Sheet, signals: Sequence[Signal]) -> tuple[Subject, ...]:
    """Give each subject with its signals, seasons and dates, in order of appearance."""
    return _Tie(sheet, signals).tie()


def subject_names(sheet: Sheet) -> tuple[Named, ...]:
    """Give the mentions that may be subjects: all, but those that only place another.

    A show that is only a parent or a credit is a subject where the headline names no other.
    """
    asides = _asides(sheet)
    plain = [one for one in sheet.named if one.role is Role.PLAIN and one.start not in asides]
    if any(one.start < sheet.summary_at for one in plain):
        return tuple(one for one in plain if one.start < sheet.summary_at or _is_sure(one))
    title = [one for one in sheet.named if one.start < sheet.summary_at and one.role is not Role.COMPARISON]
    if title and not (plain and all(one.role is Role.PARENT for one in title)):
        return tuple(sorted({*title, *plain}, key=lambda one: one.start))
    return tuple(plain or title or _only_credit(sheet))


def _is_sure(named: Named) -> bool:
    """Say whether a show that the headline does not name is meant for certain."""
    mention = named.mention
    return mention.is_quoted or mention.beside_season or mention.confidence >= _SURE


def _only_credit(sheet: Sheet) -> tuple[Named, ...]:
    """Give the one show of an article whose headline tells news and names none: "stars of X announce"."""
    is_told = any(mark.start < sheet.summary_at and _tells_state(mark) for mark in sheet.marks)
    is_one = len({one.show.id for one in sheet.named}) == 1
    return tuple(one for one in sheet.named if one.role is not Role.COMPARISON) if is_told and is_one else ()


def _tells_state(mark: Mark) -> bool:
    return any(sense.name in _STATES and sense.use is Use.ALONE for sense in mark.senses)


def _asides(sheet: Sheet) -> set[int]:
    """Give where the names begin that only serve to tell of another, with the lists that they head."""
    found: set[int] = set()
    before = [mark for mark in sheet.marks if mark.has("aside") or mark.has("awards")]
    after = [mark for mark in sheet.marks if mark.has("aside_after")]
    last: Named | None = None
    for named in sheet.named:
        is_next = last is not None and last.start in found and is_list(sheet.text, last.end, named.start)
        if is_next or _stands_at(sheet, before, named.start, _NEXT) or _follows(sheet, after, named):
            found.add(named.start)
        last = named
    return found


def _stands_at(sheet: Sheet, marks: Sequence[Mark], start: int, reach: int) -> bool:
    """Say whether one of `marks` ends shortly before `start`, with no comma or stop between."""
    return any(
        mark.end <= start <= mark.end + reach and not _STOPS.intersection(sheet.text[mark.end : start])
        for mark in marks
    )


def _follows(sheet: Sheet, marks: Sequence[Mark], named: Named) -> bool:
    return any(named.end <= mark.start <= named.end + 4 for mark in marks)


def is_list(text: str, start: int, end: int) -> bool:
    """Say whether only commas, quotes and "and" stand between two names."""
    gap = text[start:end].lower()
    words = "".join(" " if sign in _LISTED else sign for sign in gap).split()
    return len(gap) < _LIST_GAP and all(word in _AND for word in words)


class _Tie:
    """Ties what is told to the shows of one sheet."""

    def __init__(self, sheet: Sheet, signals: Sequence[Signal]) -> None:
        self._sheet = sheet
        self._signals = signals
        self._against = [mark for mark in sheet.marks if mark.has("ratings") or mark.has("availability")]
        self._named = subject_names(sheet)
        self._is_heading = len({one.kind for one in signals if one.sentence == 0 and one.kind in _ORDERS}) > 1
        """The headline names several kinds and no show: "Renewed, cancelled and ordered"."""
        self._subjects: dict[ShowId, Subject] = {}
        for named in self._named:
            self._subjects.setdefault(named.show.id, Subject(named.show)).named.append(named)
        subjects = self._subjects
        self._owning = [one for one in sheet.named if one.role is Role.PLAIN or one.show.id in subjects]
        """Those that a season or date may belong to."""
        self._by_sentence: dict[int, list[Named]] = {}
        for named in self._named:
            self._by_sentence.setdefault(sheet.sentence_at(named.start), []).append(named)

    def tie(self) -> tuple[Subject, ...]:
        """Tie signals, seasons and dates."""
        for signal in self._signals:
            for show_id in self._targets(signal):
                self._subjects[show_id].signals.append(signal)
        self._carry()
        for season in self._sheet.seasons:
            owners = self._owners(season.start, season.end)
            if not self._by_sentence.get(self._sheet.sentence_at(season.start)):
                owners = self._heirs(season, owners)
            for show_id, own in zip(owners, _shared(season, len(owners)), strict=True):
                if show_id in self._subjects:
                    self._subjects[show_id].seasons.append(own)
        for date in self._sheet.dates:
            is_own = bool(self._by_sentence.get(self._sheet.sentence_at(date.start)))
            for show_id in self._owners(date.start, date.end):
                if show_id not in self._subjects:
                    continue
                subject = self._subjects[show_id]
                (subject.dates if is_own or len(self._subjects) == 1 else subject.shared).append(date)
        return tuple(self._subjects.values())

    def _heirs(self, season: SeasonMention, owners: list[ShowId]) -> list[ShowId]:
        """Of several shows that a sentence goes on about, give those whose season it tells.

        That is the one that has this season already, else those that have none yet.
        """
        having = [one for one in owners if self._subjects[one].seasons]
        same = [
            one
            for one in having
            if any(set(season.numbers) & set(own.numbers) for own in self._subjects[one].seasons)
        ]
        return same or [one for one in owners if one not in having] or owners

    def _targets(self, signal: Signal) -> list[ShowId]:
        """Give the shows that a signal speaks of."""
        here = self._by_sentence.get(signal.sentence, [])
        before = [one for one in here if one.end <= signal.start]
        after = [one for one in here if one.start >= signal.end]
        back = self._cost(before[-1].end, signal.start) if before else _FAR
        ahead = self._cost(signal.end, after[0].start) if after else _FAR
        if min(back, ahead) >= _FAR or (min(back, ahead) > _BOUND and self._is_of_title(signal.sentence)):
            return self._topic(signal.sentence)
        if ahead < back:
            return self._listed(after, signal)
        return self._listed_back(before)

    def _is_of_title(self, sentence: int) -> bool:
        """Say whether a sentence of the summary goes on about the title's one show."""
        return sentence > 0 and len(_ids(self._title())) == 1

    def _title(self) -> list[Named]:
        return [one for one in self._named if one.start < self._sheet.summary_at]

    def _cost(self, start: int, end: int) -> int:
        gap = self._sheet.text[start:end]
        return len(gap) + _PER_COMMA * (sum(gap.count(sign) for sign in ",;–—") + len(_JOINS.findall(gap)))

    def _listed(self, after: list[Named], signal: Signal) -> list[ShowId]:
        """Give the shows from the first of `after` on, until another verb comes."""
        ids = [after[0].show.id]
        for last, named in zip(after, after[1:], strict=False):
            is_list = self._is_list(last.end, named.start)
            if self._is_told_otherwise(named) or (not is_list and self._has_verb(last.end, named, signal)):
                break
            ids.append(named.show.id)
        return ids

    def _listed_back(self, before: list[Named]) -> list[ShowId]:
        ids = [before[-1].show.id]
        for named, after in zip(before[-2::-1], before[::-1], strict=False):
            if not self._is_list(named.end, after.start):
                break
            ids.insert(0, named.show.id)
        return list(dict.fromkeys(ids))

    def _is_list(self, start: int, end: int) -> bool:
        return is_list(self._sheet.text, start, end)

    def _has_verb(self, start: int, named: Named, but: Signal) -> bool:
        """Say whether another verb takes `named`, before or after it."""
        end = self._until(named)
        return any(
            (start <= one.start < named.start and one.kind is not but.kind and one.weight >= _FIRM)
            or (named.end <= one.start < end and one.use is not Use.WITH_DATE and one.weight >= _FIRM)
            for one in self._signals
        )

    def _is_told_otherwise(self, named: Named) -> bool:
        """Say whether what follows a name is no season news: "attracts record ratings"."""
        end = self._until(named)
        return any(named.end <= one.start < end for one in self._against)

    def _until(self, named: Named) -> int:
        """Give where the next name begins, or the sentence ends."""
        later = [one.start for one in self._named if one.start > named.start]
        sentence = self._sheet.sentences[self._sheet.sentence_at(named.start)]
        return min([*later, sentence.end])

    def _topic(self, sentence: int) -> list[ShowId]:
        """Give the shows that a sentence without names goes on about."""
        title = _ids(self._title())
        if len(title) == 1:
            return title
        if sentence == 0 and self._is_heading:
            return []
        for earlier in range(sentence - 1, -1, -1):
            here = self._by_sentence.get(earlier)
            if here:
                return _ids(here)
        for later in range(sentence + 1, len(self._sheet.sentences)):
            here = self._by_sentence.get(later)
            if here:
                return _ids(here)
        return []

    def _carry(self) -> None:
        """Let a show that follows in a list of "X for season 2, Y for a third" share the verb of the last."""
        for here in self._by_sentence.values():
            for last, named in zip(here, here[1:], strict=False):
                subject, source = self._subjects[named.show.id], self._subjects[last.show.id]
                sentence = self._sheet.sentence_at(named.start)
                if any(one.sentence == sentence for one in subject.signals):
                    continue
                if self._is_followed(named, here, sentence):
                    subject.signals += [
                        one for one in source.signals if one.start < named.start and one.sentence == sentence
                    ]

    def _is_followed(self, named: Named, here: list[Named], sentence: int) -> bool:
        """Say whether a season or date stands between `named` and the next name of its sentence."""
        later = [one.start for one in here if one.start > named.start]
        end = later[0] if later else self._sheet.sentences[sentence].end
        return any(named.end <= one.start < end for one in (*self._sheet.seasons, *self._sheet.dates))

    def _owners(self, start: int, end: int) -> list[ShowId]:
        """Give the shows that a season or date at `start` belongs to."""
        sentence = self._sheet.sentence_at(start)
        here = self._by_sentence.get(sentence)
        if not here:
            return self._topic(sentence)
        here = [one for one in self._owning if self._sheet.sentence_at(one.start) == sentence]
        before = [one for one in here if one.end <= start]
        after = [one for one in here if one.start >= end]
        if before and start - before[-1].end < _BESIDE:
            return [before[-1].show.id]
        if after and self._sheet.text[end : end + 2].startswith((":", " –")):
            return self._until_next_date(after, end)
        if after and (
            not before
            or self._leads(end, after[0].start)
            or self._cost(end, after[0].start) + _LEAN < self._cost(before[-1].end, start)
        ):
            return self._all_of_list(after)
        return self._listed_back(before)

    def _until_next_date(self, after: list[Named], end: int) -> list[ShowId]:
        """Give the shows listed under a date: "Sept. 23: X, Y and Z"."""
        later = [one.start for one in self._sheet.dates if one.start > after[0].start]
        return _ids([one for one in after if not later or one.start < later[0]])

    def _leads(self, end: int, start: int) -> bool:
        """Say whether what stands between says that the next show is meant: "season 3 of X", "Oct. 1: X"."""
        gap = self._sheet.text[end:start].lower().strip("'\"‘’“”„«»‹› ")
        return len(gap) < _NEXT and (gap in _OF or gap.startswith(":") or gap == "")

    def _all_of_list(self, after: list[Named]) -> list[ShowId]:
        ids = [after[0].show.id]
        for last, named in zip(after, after[1:], strict=False):
            if not self._is_list(last.end, named.start):
                break
            ids.append(named.show.id)
        return list(dict.fromkeys(ids))


def _shared(season: SeasonMention, owners: int) -> list[SeasonMention]:
    """Deal the numbers out where each show has its own: "for a fifth and third season, respectively"."""
    if owners > 1 and len(season.numbers) == owners and season.sort is SeasonSort.NUMBERED:
        return [replace(season, numbers=(number,)) for number in season.numbers]
    return [season] * owners


def _ids(named: Sequence[Named]) -> list[ShowId]:
    return list(dict.fromkeys(one.show.id for one in named))


def start_dates(sheet: Sheet, subject: Subject) -> list[PremiereDate]:
    """Give the dates that may be those of a start, weighed by what stands near.

    A date in a question is none, nor one that dates filming, leaving or an end. Dates of the show's
    own sentences go before those that the article tells of all its shows.
    """
    is_promised = any(
        one.kind is Kind.PREMIERE_DATE and one.use is Use.ALONE and one.sentence == 0
        for one in subject.signals
    )
    others = [one for one in subject.dates if _dates_other(sheet, subject, one)]
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
    near = any(
        -_NEAR_DATE <= one.start - date.end <= _NEAR_DATE / 2 or 0 <= date.start - one.end <= _NEAR_DATE
        for one in (*subject.named, *subject.seasons)
    )
    return replace(date, weight=min(date.weight + 0.25 * near + 0.2 * is_promised, 1.0))


def _is_to_come(sheet: Sheet, date: PartialDate) -> bool:
    """Say whether `date` is after the article's own day, or may be."""
    return sheet.dated is None or (date != sheet.dated and date.latest > sheet.dated.earliest)


def _dates_other(sheet: Sheet, subject: Subject, date: PremiereDate) -> bool:
    """Say whether the last words of the trade before a date are of filming, leaving or ending."""
    if _stands_at(sheet, [one for one in sheet.marks if one.has("availability")], date.start, _NEXT):
        return True
    if _stands_at(sheet, [one for one in sheet.marks if one.has("negations")], date.start, _NO):
        return True
    before = [
        one for one in subject.signals if date.start - _NEAR_DATE <= one.start and one.end <= date.start
    ]
    if not before:
        return False
    last = max(before, key=lambda one: (one.end, one.weight))
    gap = sheet.text[last.end : date.start]
    is_other = last.kind in _DATED_ELSE or (last.kind is Kind.FINAL_SEASON and _ENDS.search(last.phrase))
    return bool(is_other) and last.use is Use.ALONE and not _STOPS.intersection(gap)


def final_seasons(sheet: Sheet, subject: Subject) -> list[Signal]:
    """Give a signal for each season of the show that is called its last."""
    found = []
    for season in subject.seasons:
        number = sheet.sentence_at(season.start)
        sentence = sheet.sentences[number]
        if season.is_final and not season.is_over and season.start < sentence.asks_from:
            weight = _CALLED_LAST * (1.25 if sentence.is_title else 1.0)
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
