"""Which show each signal, season and date of an article is about.

The show that a verb takes stands after it ("renews X") or before it ("X renewed"); a list shares its
verb; a sentence that names no show goes on about the last one that was named. Shows named only as
somebody's other work, as a parent or in comparison are no subjects while there are others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Show, ShowId
from bot.news.premieres import PremiereDate
from bot.news.mentions import Role
from bot.news.seasons import SeasonMention
from bot.news.sheet import Named, Sheet
from bot.news.signals import Signal

_PER_COMMA = 25
_PER_SHOW = 18
_FAR = 400
_LISTED = frozenset(" ,&'\"‘’“”„«»‹›()/+-–0123456789")
_AND = frozenset(
    [
        "and",
        "und",
        "et",
        "y",
        "e",
        "en",
        "as well as",
        "plus",
        "sowie",
        "oder",
        "or",
        "og",
        "och",
        "a",
        "és",
        "ja",
        "ve",
        "the",
    ]
)
_OF = (
    "of ",
    "of",
    "von ",
    "de ",
    "di ",
    "van ",
    "der ",
    "des ",
    "del ",
    "della ",
    "do ",
    "da ",
    "d'",
    "zu ",
    "af ",
    "av ",
)


@dataclass(slots=True)
class Subject:
    """A show that the article is about, with all that is said of it."""

    show: Show
    named: list[Named] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    seasons: list[SeasonMention] = field(default_factory=list)
    dates: list[PremiereDate] = field(default_factory=list)


def find_subjects(sheet: Sheet, signals: Sequence[Signal]) -> tuple[Subject, ...]:
    """Give each subject with its signals, seasons and dates, in order of appearance."""
    return _Tie(sheet, signals).tie()


def subject_names(named: Sequence[Named]) -> tuple[Named, ...]:
    """Give the mentions that may be subjects."""
    plain = tuple(one for one in named if one.role is Role.PLAIN)
    return plain or tuple(named)


class _Tie:
    """Ties what is told to the shows of one sheet."""

    def __init__(self, sheet: Sheet, signals: Sequence[Signal]) -> None:
        self._sheet = sheet
        self._signals = signals
        self._named = subject_names(sheet.named)
        self._subjects: dict[ShowId, Subject] = {}
        for named in self._named:
            self._subjects.setdefault(named.show.id, Subject(named.show)).named.append(named)
        self._by_sentence: dict[int, list[Named]] = {}
        for named in self._named:
            self._by_sentence.setdefault(sheet.sentence_at(named.start), []).append(named)

    def tie(self) -> tuple[Subject, ...]:
        if len(self._subjects) == 1:
            (only,) = self._subjects.values()
            only.signals += self._signals
            only.seasons += self._sheet.seasons
            only.dates += self._sheet.dates
            return (only,)
        for signal in self._signals:
            for show_id in self._targets(signal):
                self._subjects[show_id].signals.append(signal)
        self._carry()
        for season in self._sheet.seasons:
            for show_id in self._owners(season.start, season.end, leans_back=True):
                self._subjects[show_id].seasons.append(season)
        for date in self._sheet.dates:
            for show_id in self._owners(date.start, date.end, leans_back=False):
                self._subjects[show_id].dates.append(date)
        return tuple(self._subjects.values())

    def _targets(self, signal: Signal) -> list[ShowId]:
        """Give the shows that a signal speaks of."""
        here = self._by_sentence.get(signal.sentence)
        if not here:
            return self._topic(signal.sentence)
        before = [one for one in here if one.end <= signal.start]
        after = [one for one in here if one.start >= signal.end]
        back = self._cost(before[-1].end, signal.start) if before else _FAR
        ahead = self._cost(signal.end, after[0].start) if after else _FAR
        if ahead < back:
            return self._listed(after, signal)
        return self._listed_back(before) + self._listed_on(signal, after)

    def _cost(self, start: int, end: int) -> int:
        gap = self._sheet.text[start:end]
        return len(gap) + _PER_COMMA * sum(gap.count(sign) for sign in ",;–—")

    def _listed(self, after: list[Named], signal: Signal) -> list[ShowId]:
        """Give the shows from the first of `after` on, until another verb comes."""
        ids = [after[0].show.id]
        for last, named in zip(after, after[1:], strict=False):
            if not self._is_list(last.end, named.start) and self._has_verb(last.end, named.start, signal):
                break
            ids.append(named.show.id)
        return ids

    def _listed_back(self, before: list[Named]) -> list[ShowId]:
        ids = [before[-1].show.id]
        for named, after in zip(before[-2::-1], before[::-1], strict=False):
            if not self._is_list(named.end, after.start):
                break
            ids.append(named.show.id)
        return ids

    def _listed_on(self, signal: Signal, after: list[Named]) -> list[ShowId]:
        """Give shows behind that share the verb: "X got the axe, as did Y"; none unless they follow as a list."""
        return []

    def _is_list(self, start: int, end: int) -> bool:
        """Say whether only commas, quotes and "and" stand between two names."""
        words = "".join(
            " " if sign in _LISTED else sign for sign in self._sheet.text[start:end].lower()
        ).split()
        return all(
            word in _AND or word in ("s", "netflix", "nbc", "cbs", "abc", "fox", "season") for word in words
        )

    def _has_verb(self, start: int, end: int, but: Signal) -> bool:
        return any(
            start <= one.start < end and one.kind is not but.kind and one.weight >= 1.5
            for one in self._signals
        )

    def _topic(self, sentence: int) -> list[ShowId]:
        """Give the shows that a sentence without names goes on about."""
        title = _ids(self._by_sentence.get(0, []))
        for earlier in range(sentence - 1, -1, -1):
            here = self._by_sentence.get(earlier)
            if here:
                if len(title) == 1:
                    return title
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
                if subject.signals or not source.signals:
                    continue
                if self._is_followed(named, here):
                    subject.signals += [one for one in source.signals if one.start < named.start]

    def _is_followed(self, named: Named, here: list[Named]) -> bool:
        """Say whether a season or date stands between `named` and the next name of its sentence."""
        later = [one.start for one in here if one.start > named.start]
        end = later[0] if later else self._sheet.sentences[self._sheet.sentence_at(named.start)].end
        return any(named.end <= one.start < end for one in (*self._sheet.seasons, *self._sheet.dates))

    def _owners(self, start: int, end: int, *, leans_back: bool) -> list[ShowId]:
        """Give the shows that a season or date at `start` belongs to."""
        sentence = self._sheet.sentence_at(start)
        here = self._by_sentence.get(sentence)
        if not here:
            return self._topic(sentence)
        before = [one for one in here if one.end <= start]
        after = [one for one in here if one.start >= end]
        if after and self._leads(end, after[0].start):
            return self._all_of_list(after)
        if not before:
            return self._all_of_list(after)
        return self._all_back(before) if leans_back or before else []

    def _leads(self, end: int, start: int) -> bool:
        """Say whether what stands between says that the next show is meant: "season 3 of X", "Oct. 1: X"."""
        gap = self._sheet.text[end:start].lower().strip("'\"‘’“”„«»‹› ")
        return len(gap) < 24 and (gap in _OFS or gap.startswith(":") or gap == "")

    def _all_of_list(self, after: list[Named]) -> list[ShowId]:
        ids = [after[0].show.id] if after else []
        for last, named in zip(after, after[1:], strict=False):
            if not self._is_list(last.end, named.start):
                break
            ids.append(named.show.id)
        return ids

    def _all_back(self, before: list[Named]) -> list[ShowId]:
        return self._listed_back(before)


_OFS = frozenset(one.strip() for one in _OF)


def _ids(named: Sequence[Named]) -> list[ShowId]:
    return list(dict.fromkeys(one.show.id for one in named))
