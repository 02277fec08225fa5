"""What is told of which show.

The show that a verb takes stands after it ("renews X") or before it ("X renewed"); a list shares its
verb; a sentence that names no show goes on about the headline's show, else about the last named.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.model import Kind, ShowId
from bot.news.gaps import begins_of, cost, goes_on, is_list, leads
from bot.news.mentions import Role
from bot.news.seasons import SeasonMention, SeasonSort
from bot.news.sheet import Named, Sheet
from bot.news.signals import Signal
from bot.news.subjects import Subject, subject_names
from bot.news.vocabulary import Use

_BOUND = 70
"""A verb farther from a name than so many characters goes with the headline's show instead."""
_FAR = 400
_BESIDE = 4
_JOINED = 25
_LEAN = 25
"""By so much a season or date leans to the name before it."""
_FIRM = 1.5
_ORDERS = frozenset({Kind.RENEWED, Kind.CANCELLED, Kind.SERIES_ORDER, Kind.PRODUCTION})


def find_subjects(sheet: Sheet, signals: Sequence[Signal]) -> tuple[Subject, ...]:
    """Give each subject with its signals, seasons and dates, in order of appearance."""
    return _Tie(sheet, signals).tie()


class _Tie:
    """Ties what is told to the shows of one sheet."""

    def __init__(self, sheet: Sheet, signals: Sequence[Signal]) -> None:
        self._sheet = sheet
        self._signals = signals
        self._against = [*sheet.marked("ratings"), *sheet.marked("availability")]
        self._named = subject_names(sheet)
        self._is_heading = len({one.kind for one in signals if one.sentence == 0 and one.kind in _ORDERS}) > 1
        """The headline names several kinds and no show: "Renewed, cancelled and ordered"."""
        self._heir: dict[int, list[ShowId]] = {}
        """Of sentences without names: the shows that their seasons turned out to be of."""
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
            if not self._by_sentence.get(self._sheet.sentence_at(season.end - 1)):
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
        sentence = self._sheet.sentence_at(season.end - 1)
        if sentence in self._heir:
            return self._heir[sentence]
        having = [one for one in owners if self._subjects[one].seasons]
        same = [
            one
            for one in having
            if any(set(season.numbers) & set(own.numbers) for own in self._subjects[one].seasons)
        ]
        if same:
            self._heir[sentence] = same
        return same or [one for one in owners if one not in having] or owners

    def _targets(self, signal: Signal) -> list[ShowId]:
        """Give the shows that a signal speaks of."""
        here = self._by_sentence.get(signal.sentence, [])
        before = [one for one in here if one.end <= signal.start]
        after = [one for one in here if one.start >= signal.end]
        back = cost(self._sheet.text, before[-1].end, signal.start) if before else _FAR
        ahead = cost(self._sheet.text, signal.end, after[0].start) if after else _FAR
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

    def _listed(self, after: list[Named], signal: Signal) -> list[ShowId]:
        """Give the shows from the first of `after` on, until another verb comes."""
        ids = [after[0].show.id]
        for last, named in pairwise(after):
            listed = is_list(self._sheet.text, last.end, named.start)
            if self._is_told_otherwise(named) or (not listed and self._has_verb(last.end, named, signal)):
                break
            ids.append(named.show.id)
        return ids

    def _listed_back(self, before: list[Named]) -> list[ShowId]:
        ids = [before[-1].show.id]
        for named, after in zip(before[-2::-1], before[::-1], strict=False):
            if not is_list(self._sheet.text, named.end, after.start):
                break
            ids.insert(0, named.show.id)
        return list(dict.fromkeys(ids))

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
        around = (*range(sentence - 1, -1, -1), *range(sentence + 1, len(self._sheet.sentences)))
        return next((_ids(self._by_sentence[one]) for one in around if one in self._by_sentence), [])

    def _carry(self) -> None:
        """Let a show that follows in a list of "X for season 2, Y for a third" share the verb of the last."""
        for here in self._by_sentence.values():
            for last, named in pairwise(here):
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
        return any(named.end <= one.start < end for one in self._sheet.placed)

    def _owners(self, start: int, end: int) -> list[ShowId]:
        """Give the shows that a season or date at `start` belongs to."""
        sentence = self._sheet.sentence_at(end - 1)
        here = self._by_sentence.get(sentence)
        if not here:
            return self._topic(sentence)
        here = [one for one in self._owning if self._sheet.sentence_at(one.start) == sentence]
        before = [one for one in here if one.end <= start]
        after = [one for one in here if one.start >= end]
        if after and begins_of(self._sheet.text, end, after[0].start):
            return self._all_of_list(after)
        if before and start - before[-1].end < _BESIDE:
            return [before[-1].show.id]
        if after and not before and cost(self._sheet.text, end, after[0].start) > _JOINED:
            others = [one for one in _ids(self._title()) if one not in _ids(after)]
            if len(others) == 1 and sentence > 0:
                return others
        if before and after and goes_on(self._sheet.text, end, after[0].start):
            return self._listed_back(before)
        if after and self._sheet.text[end : end + 2].startswith((":", " –")):
            return self._until_next_date(after, end)
        if after and (
            not before
            or leads(self._sheet.text, end, after[0].start)
            or cost(self._sheet.text, end, after[0].start) + _LEAN
            < cost(self._sheet.text, before[-1].end, start)
        ):
            return self._all_of_list(after)
        return self._listed_back(before)

    def _until_next_date(self, after: list[Named], end: int) -> list[ShowId]:
        """Give the shows listed under a date: "Sept. 23: X, Y and Z"."""
        later = [one.start for one in self._sheet.dates if one.start > after[0].start]
        return _ids([one for one in after if not later or one.start < later[0]])

    def _all_of_list(self, after: list[Named]) -> list[ShowId]:
        ids = [after[0].show.id]
        for last, named in pairwise(after):
            if not is_list(self._sheet.text, last.end, named.start):
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
