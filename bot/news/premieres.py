"""Which of the dates that a text tells is the premiere, and which date it takes the place of."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.model import PartialDate
from bot.news.dates import DateMention, find_dates
from bot.news.languages import find_languages
from bot.news.lexicon import Meanings, load_lexicon
from bot.news.tokens import Phrases, Tokens, cover
from bot.news.when import Now

PREMIERE_AT = 0.45
"""A date of this weight or more is taken for the premiere."""
TOLD_AT = 0.15
"""Enough where it is known that a premiere is told."""
_LEFT, _RIGHT = 16, 9
"""How many words before and after a date still speak of it."""
_FAR_DAYS = 120
_MOVE = 4
"""So many words may stand between the old date and the new one."""
_ASIDE = 0.6
"""What it takes away that something lasts until a date, or has followed it since."""
_ASKED = 0.6
"""What a question takes away."""
_GRACE_DAYS = 4
"""A start so shortly past is still news."""
_WORKED_ON = 16
"""So many words may stand between "filming for" and "begins"."""
_TO_DEED = 2
"""So many words may stand between a month and what was done in it."""
_ABOUT_EQUAL, _BESIDE = 0.2, 48
"""Of days told beside each other that weigh about the same, the first is the premiere."""


@dataclass(frozen=True, slots=True)
class PremiereDate:
    """A date of the text with the weight, 0 to 1, of what speaks for its being a premiere."""

    start: int
    end: int
    date: PartialDate
    weight: float
    is_was: bool = False
    """It no longer holds: "originally set for May"."""
    is_moved: bool = False
    """It is told as the new one: "pushed to October"."""
    has_year: bool = False
    """The text tells its year."""
    cue: tuple[int, int] | None = None
    """Where the word stands that decided: "premieres", "finale"."""


@dataclass(frozen=True, slots=True)
class _Cue:
    first: int
    after: int
    name: str


_STOPS = frozenset(".,;:!?\n")
_DIRECT = frozenset({"was", "moved"})
"""Words that speak of the very next date."""
_CUES = ("was", "moved", "premiered", "work", "acts", "other", "premiere")


@cache
def _cues() -> Phrases[Meanings]:
    return load_lexicon().phrases("dates", _CUES)


@cache
def _firsts(name: str) -> Mapping[str, frozenset[str]]:
    """Give the first words of a list's phrases, each with its languages."""
    spoken: dict[str, frozenset[str]] = {}
    for phrase, codes in load_lexicon().spoken("dates", [name]).items():
        first = Tokens.of(phrase).words[0]
        spoken[first] = spoken.get(first, frozenset()) | codes
    return spoken


@cache
def _lists(name: str) -> frozenset[str]:
    return load_lexicon().list("dates", name)


def find_premieres(
    tokens: Tokens, published: PartialDate | date | None, names: Sequence[tuple[int, int]] = ()
) -> tuple[PremiereDate, ...]:
    """Weigh every date of the text as a premiere, in order.

    `names` are the places of shows' names, whose words are no dates and say nothing of dates.
    """
    named = cover(len(tokens.text), names)
    dates = [one for one in find_dates(tokens, published) if not any(named[one.start : one.end])]
    return _Scale(tokens, dates, Now.of(published), named).weigh() if dates else ()


def _sentences(tokens: Tokens) -> list[int]:
    """Number the sentence of each token; a full stop inside a date or after a short word ends none."""
    numbers: list[int] = []
    current = 0
    for place, word in enumerate(tokens.words):
        numbers.append(current)
        if word in "!?\n;" or (word == "." and _ends_sentence(tokens, place)):
            current += 1
    return numbers


def _ends_sentence(tokens: Tokens, place: int) -> bool:
    before, following = tokens.word(place - 1), place + 1
    is_short = before.isdecimal() or len(before) <= 3
    return (
        following < len(tokens)
        and not tokens.touches(following)
        and (
            (not is_short and (tokens.raw(following)[0].isupper() or tokens.raw(following)[0].isdigit()))
            or (before.isdecimal() and len(before) == 4)
        )
    )


class _Scale:
    """Weighs the dates of one text by the words near them."""

    def __init__(
        self,
        tokens: Tokens,
        dates: Sequence[DateMention],
        now: Now | None,
        named: bytearray,
    ) -> None:
        self._tokens = tokens
        self._named = named
        self._dates = dates
        self._now = now
        self._sentences = _sentences(tokens)
        self._languages = find_languages(tokens)
        self._placing = _lists("in")
        self._cues = list(self._find_cues())
        self._places = [cue.first for cue in self._cues]
        shifted = _lists("shifted")
        self._shifts = [place for place, word in enumerate(tokens.words) if word in shifted]

    def weigh(self) -> tuple[PremiereDate, ...]:
        """Weigh each date."""
        return tuple(self._weigh(place) for place in range(len(self._dates)))

    def _find_cues(self) -> Iterator[_Cue]:
        """Give the words that speak of dates; a start of something else ("filming begins") is no start."""
        tokens, phrases = self._tokens, _cues()
        dated = cover(len(tokens), [(told.first, told.after) for told in self._dates])
        last: _Cue | None = None
        after = 0
        for place, word in enumerate(tokens.words):
            if (
                place < after
                or word not in phrases.firsts
                or dated[place]
                or self._named[tokens.starts[place]]
            ):
                continue
            hit = phrases.at(tokens, place)
            names = (
                []
                if hit is None
                else [name for name, spoken in hit[0] if not spoken.isdisjoint(self._languages)]
            )
            if hit is None or not names:
                continue
            cue = _Cue(place, hit[1], names[0])
            is_apart = last is None or any(dated[last.after : cue.first])
            if cue.name == "premiere" and last is not None and not is_apart and self._joins(last, cue):
                cue = replace(cue, name="work")
            yield cue
            last, after = cue, cue.after

    def _joins(self, work: _Cue, start: _Cue) -> bool:
        """Say whether a word of starting belongs to the work named just before it."""
        between = self._tokens.words[work.after : start.first]
        if work.name != "work" or any(sign in ".;:\n" for sign in between):
            return False
        word = self._tokens.words[start.first]
        if "," in between or self._has_dash(work.after, start.first):
            if between == (",",):
                return self._says("planned", [word])
            is_aside = between[-1] == "," and between.count(",") == 1 and len(between) <= _WORKED_ON
            return is_aside and self._says("begins", [word])
        return len(between) <= 3 or (len(between) <= _WORKED_ON and self._says("begins", [word]))

    def _has_dash(self, first: int, after: int) -> bool:
        """Say whether a dash stands there, and not the hyphen of a word: "six-episode"."""
        tokens = self._tokens
        return any(
            tokens.words[place] == "-" and not (tokens.touches(place) and tokens.touches(place + 1))
            for place in range(first, after)
        )

    def _weigh(self, place: int) -> PremiereDate:
        told = self._dates[place]
        before = self._dates[place - 1].after if place else 0
        near = [
            (_strength(cue, told), cue)
            for cue in self._near(told)
            if cue.name not in _DIRECT or cue.first >= before
        ]
        best = {name: max((power for power, cue in near if cue.name == name), default=0.0) for name in _CUES}
        is_was = self._is_from(place) or best["was"] > max(0.5, best["moved"])
        begun = max(
            (power for power, cue in near if cue.name == "premiered" and cue.first >= before), default=0.0
        )
        starts = max(best["premiere"], best["moved"], begun * self._is_surely_ahead(told))
        against = max(best["other"], best["work"], best["acts"] * self._may_be_past(told))
        weight = 0.2 + 0.1 * (told.date.day is not None) - 0.15 * told.is_bare
        weight += 0.6 * starts - 0.55 * max(against - 0.5 * starts, 0)
        weight -= 0.3 * (best["premiered"] > starts) + 0.5 * self._is_past(told.date) + self._asks(told)
        is_done = self._is_done(told, (cue for _, cue in near))
        weight -= _ASIDE * (self._lasts_until(told) or self._is_followed(told) or is_done)
        cue = max(near, key=lambda one: one[0], default=(0.0, None))[1]
        return PremiereDate(
            told.start,
            told.end,
            told.date,
            min(max(weight, 0.0), 1.0),
            is_was=is_was,
            is_moved=best["moved"] > 0.7,
            has_year=told.has_year,
            cue=None if cue is None else (self._tokens.starts[cue.first], self._tokens.ends[cue.after - 1]),
        )

    def _near(self, told: DateMention) -> list[_Cue]:
        """Give the cues within reach of a date, in its own sentence."""
        low = bisect_left(self._places, told.first - 2 * _LEFT)
        high = bisect_left(self._places, told.after + 2 * _RIGHT)
        sentence = self._sentences[told.first]
        return [cue for cue in self._cues[low:high] if self._sentences[cue.first] == sentence]

    def _is_past(self, told: PartialDate) -> bool:
        if self._now is None:
            return False
        return told.latest.toordinal() < self._now.earliest.toordinal() - _GRACE_DAYS

    def _is_ahead(self, told: PartialDate) -> bool:
        return self._now is None or told.latest > self._now.latest

    def _is_surely_ahead(self, told: DateMention) -> bool:
        """Say whether all of a date is to come; a weekday alone may be the last as well."""
        is_weekday = told.is_relative and told.date.day is not None
        return self._now is not None and not is_weekday and told.date.earliest > self._now.latest

    def _may_be_past(self, told: DateMention) -> bool:
        if told.is_relative:
            return not self._is_surely_ahead(told)
        return not self._is_ahead(told.date)

    def _asks(self, told: DateMention) -> float:
        """Give what a question takes away: "returns tonight?"."""
        return _ASKED if self._tokens.word(told.after) == "?" else 0.0

    def _lasts_until(self, told: DateMention) -> bool:
        """Say whether something lasts up to a date: "renewed until 2026", not "you must wait until May"."""
        words = self._tokens.words
        before = words[max(0, told.first - 3) : told.first]
        if not self._says("until", before) or _STOPS.intersection(before):
            return False
        sentence = bisect_left(self._sentences, self._sentences[told.first])
        return not self._says("waits", words[max(sentence, told.first - 2 * _LEFT) : told.first])

    def _is_followed(self, told: DateMention) -> bool:
        """Say whether a date is told as past: "a month after the March 29 release", "since May"."""
        before = self._tokens.words[max(0, told.first - 3) : told.first]
        if not self._says("after", before) or _STOPS.intersection(before):
            return False
        is_direct = self._says("after", before[-1:]) or before[-1] not in self._placing
        return not self._is_ahead(told.date) or (is_direct and told.date.day is None and not told.has_year)

    def _is_done(self, told: DateMention, cues: Iterable[_Cue]) -> bool:
        """Say whether a date without its year is that of a deed: "renewed in February"."""
        if told.has_year:
            return False
        words = self._tokens.words
        for cue in cues:
            if cue.name != "acts":
                continue
            if 0 <= told.first - cue.after <= 1:
                return not self._says("ahead", words[told.first - 1 : told.first])
            between = words[told.after : cue.first]
            if 0 < len(between) <= _TO_DEED and told.date.day is None and not _STOPS.intersection(between):
                return True
        return False

    def _says(self, name: str, words: Iterable[str]) -> bool:
        """Say whether one of `words` begins a phrase of the list `name` in the text's language."""
        firsts = _firsts(name)
        return any(not firsts.get(word, frozenset()).isdisjoint(self._languages) for word in words)

    def _is_from(self, place: int) -> bool:
        """Say whether a date is the old one of a move: "pushed from May to October", "to May from March"."""
        told = self._dates[place]
        if self._tokens.word(told.first - 1) not in _lists("from"):
            return False
        sentence = self._sentences[told.first]
        shift = bisect_left(self._shifts, told.first) - 1
        if shift < 0 or self._sentences[self._shifts[shift]] != sentence:
            return False
        others = [self._dates[at] for at in (place - 1, place + 1) if 0 <= at < len(self._dates)]
        return any(
            _gap(told, other) <= _MOVE and self._sentences[other.first] == sentence for other in others
        )


def _gap(one: DateMention, other: DateMention) -> int:
    """Give the words between two dates."""
    return max(other.first - one.after, one.first - other.after)


def _strength(cue: _Cue, told: DateMention) -> float:
    """Say how strongly a cue speaks of a date, 1 beside it, 0 out of reach."""
    if cue.after <= told.first:
        return max(1 - (told.first - cue.after) / _LEFT, 0.0)
    if cue.name in _DIRECT:
        return 0.0
    return max(0.9 - (cue.first - told.after) / _RIGHT, 0.0)


def choose_premiere(
    dates: Sequence[PremiereDate], near: Sequence[tuple[int, int]] = (), *, is_told: bool = False
) -> tuple[PremiereDate | None, PremiereDate | None]:
    """Give the premiere that the news tells, and the date that it takes the place of.

    `is_told`: other words say already that a premiere is told, so a date needs less. `near` are
    places (the show's name, its season) that the premiere should stand close to. Of two dates that
    agree, the finer is given.
    """
    able = [one for one in dates if one.weight >= (TOLD_AT if is_told else PREMIERE_AT) and not one.is_was]
    if not able:
        return None, None
    ranked = [(one.weight + 0.15 * one.is_moved - _distance(one, near), one) for one in able]
    highest, best = max(ranked, key=lambda one: (one[0], -one[1].start))
    best = next(one for rank, one in ranked if one is best or _is_first(one, best, highest - rank))
    finer = [one for one in able if best.date != one.date and best.date.holds(one.date)]
    chosen = max(finer, key=lambda one: one.weight, default=best)
    was = next((one for one in dates if one.is_was and one.date != chosen.date), None)
    return chosen, None if was is None else _beside(was, chosen.date)


def _is_first(one: PremiereDate, best: PremiereDate, behind: float) -> bool:
    """Say whether a date is the earlier of two days: "on January 8, elsewhere from January 15"."""
    return (
        behind <= _ABOUT_EQUAL
        and 0 <= best.start - one.end <= _BESIDE
        and one.is_moved == best.is_moved
        and one.date.day is not None
        and best.date.day is not None
        and one.date.earliest <= best.date.earliest
    )


def _beside(was: PremiereDate, new: PartialDate) -> PremiereDate:
    """Give an old date told without its year the year that brings it near the new one."""
    apart = was.date.earliest.toordinal() - new.latest.toordinal()
    if was.has_year or apart < _FAR_DAYS or (was.date.month, was.date.day) == (2, 29):
        return was
    return replace(was, date=replace(was.date, year=was.date.year - 1))


def _distance(one: PremiereDate, near: Sequence[tuple[int, int]]) -> float:
    if not near:
        return 0.0
    return min(max(start - one.end, one.start - end, 0) for start, end in near) / 200
