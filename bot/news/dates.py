"""The dates that a text tells: "March 5", "im Herbst", "next year", each as precise as it was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.model import PartialDate, YearPart
from bot.news.date_words import DAYS, date_words
from bot.news.languages import find_languages, is_known
from bot.news.season_words import season_words
from bot.news.tokens import Tokens
from bot.news.when import Now, Turn, holiday

FIRST_YEAR, LAST_YEAR = 1930, 2099
"""Four digits outside are no year of television."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date told at characters `start` to `end` of the text."""

    start: int
    end: int
    date: PartialDate
    first: int
    """Its first token; `after` is the one behind its last."""
    after: int
    is_relative: bool = False
    """Told from the article's day ("tomorrow", "next year") or by a weekday alone."""
    is_bare: bool = False
    """A year, month or weekday with no word before it that makes it a date: weak."""
    has_year: bool = False


_OPENERS = frozenset("'(/")
_NOWHERE: frozenset[str] = frozenset()


def find_dates(tokens: Tokens, published: PartialDate | date | None) -> tuple[DateMention, ...]:
    """Give every date that the text tells, in order.

    What is told without its year is read against the article's own date, and left out where that
    is not known.
    """
    return tuple(_Reader(tokens, Now.of(published)).read())


@dataclass(frozen=True, slots=True)
class _Told:
    """A date read up to the token `after`."""

    date: PartialDate
    after: int
    has_year: bool = False
    is_relative: bool = False
    is_bare: bool = False


class _Core(NamedTuple):
    """A word of a date: its sort (`months`, `parts` …), its key, the place after it, its languages."""

    sort: str
    key: str
    after: int
    languages: frozenset[str]


class _Reader:
    """Reads the dates of one text, left to right."""

    def __init__(self, tokens: Tokens, now: Now | None) -> None:
        self._tokens = tokens
        self._languages = find_languages(tokens)
        self._now = now
        self._words = date_words()
        self._turn: tuple[Turn, int, int] | None = None
        """The last "next", "this" … with its first token and the one after it."""

    def read(self) -> Iterator[DateMention]:
        """Give the dates in order, none overlapping."""
        tokens = self._tokens
        triggers = self._words.triggers
        end = 0
        for place, word in enumerate(tokens.words):
            if place < end or (word not in triggers and not word.isdecimal()):
                continue
            told = self._at(place)
            if told is None:
                self._note_turn(place)
                continue
            first = self._turn[1] if self._turn is not None and self._turn[2] == place else place
            yield DateMention(
                tokens.starts[first],
                tokens.ends[told.after - 1],
                told.date,
                first,
                told.after,
                told.is_relative,
                told.is_bare,
                told.has_year,
            )
            end = told.after

    def _core(self, place: int) -> _Core | None:
        """Give the word of a date at `place`."""
        found = self._words.core.at(self._tokens, place)
        if found is None:
            return None
        meanings, after = found
        for (sort, key), spoken in meanings.items():
            if not spoken.isdisjoint(self._languages):
                return _Core(sort, key, after, self._languages.intersection(spoken))
        return None

    def _turn_of(self, place: int) -> tuple[Turn, int] | None:
        """Give the "next" or "this" at `place` and the place after it."""
        found = self._words.turns.at(self._tokens, place)
        if found is None:
            return None
        meanings, after = found
        names = [name for name, spoken in meanings if not spoken.isdisjoint(self._languages)]
        return (Turn(names[0]), after) if names else None

    def _note_turn(self, place: int) -> None:
        found = self._turn_of(place)
        if found is not None and (self._turn is None or found[1] > self._turn[2]):
            self._turn = (found[0], place, found[1])

    def _turn_at(self, first: int, after: int) -> tuple[Turn | None, int]:
        """Give the "next" or "last" before or after what stands at `first` to `after`."""
        if self._turn is not None and self._turn[2] == first:
            return self._turn[0], after
        found = self._turn_of(after)
        if found is not None and found[0] is not Turn.THIS:
            return found
        return None, after

    def _at(self, place: int) -> _Told | None:
        """Read the date that begins at `place`."""
        if self._tokens.words[place].isdecimal():
            return self._numeric(place) or self._day_first(place, None) or self._year(place)
        core = self._core(place)
        if core is None:
            return None
        match core.sort:
            case "months":
                return self._month_first(place, core, None) or self._month(place, core)
            case "weekdays":
                return self._weekday(place, core)
            case "parts":
                return self._part(place, core)
            case "holidays":
                return self._holiday(place, core)
            case "units":
                return self._unit(place, core)
            case _:
                day = None if self._now is None else self._now.of_today(DAYS[core.key])
                return None if day is None else _Told(day, core.after, is_relative=True)

    def _number(self, place: int, low: int, high: int) -> int | None:
        value = self._tokens.number(place)
        return value if value is not None and low <= value <= high else None

    def _skip(self, place: int, *lists: str, signs: str = "") -> int:
        """Pass over up to three words of these lists or these signs."""
        for _ in range(3):
            word = self._tokens.word(place)
            if not word or (word not in signs and not any(word in self._words.lists[name] for name in lists)):
                break
            place += 1
        return place

    def _year_at(self, place: int, signs: str = ".,") -> tuple[int | None, int]:
        """Read the year that ends a date: "2026", ", 2026", "de 2026"; not the start of "2025-26"."""
        at = self._skip(place, "of", signs=signs)
        year = self._number(at, FIRST_YEAR, LAST_YEAR)
        if year is None or len(self._tokens.word(at)) != 4:
            return None, place
        return year, at + 1

    def _day(self, month: int, day: int, year: int | None, weekday: int | None, after: int) -> _Told | None:
        if year is not None:
            try:
                return _Told(PartialDate(year, month, day), after, has_year=True)
            except ValueError:
                return None
        told = None if self._now is None else self._now.of_day(month, day, weekday)
        return None if told is None else _Told(told, self._turn_at(after, after)[1])

    def _month_name(self, place: int) -> _Core | None:
        core = self._core(place)
        return core if core is not None and core.sort == "months" else None

    def _day_first(self, place: int, weekday: int | None) -> _Told | None:
        """Read "28 May", "28. Mai 2026", "1er mars", "28 de mayo", "the 16th of May"."""
        day = self._number(place, 1, 31)
        if day is None:
            return None
        at = place + 1
        if self._tokens.touches(at) and self._tokens.word(at).isalpha() and len(self._tokens.word(at)) <= 4:
            at += 1
        month = self._month_name(self._skip(at, "of", signs=".º°"))
        if month is None or self._is_of_season(place):
            return None
        year, after = self._year_at(month.after)
        return self._day(int(month.key), day, year, weekday, after)

    def _is_of_season(self, place: int) -> bool:
        """Say whether a number is that of the season named before it: "Season 7 April 10"."""
        return self._tokens.word(place - 1) in season_words().nouns and self._tokens.word(place + 1) != "."

    def _month_first(self, place: int, month: _Core, weekday: int | None) -> _Told | None:
        """Read "May 28", "Jan. 5th, 2026"."""
        if self._tokens.words[place] not in self._words.lists["month_first"]:
            return None
        at = self._skip(month.after, "between", signs=".")
        day = self._number(at, 1, 31)
        if day is None or self._tokens.word(at + 1) in {"%", "x"} or self._is_time(at):
            return None
        if self._tokens.touches(at + 1) and self._tokens.word(at + 1).isalpha():
            at += 1
        year, after = self._year_at(at + 1)
        return self._day(int(month.key), day, year, weekday, after)

    def _is_time(self, place: int) -> bool:
        """Say whether a number is the hour of "20:15"."""
        tokens = self._tokens
        return (
            tokens.word(place + 1) == ":"
            and tokens.touches(place + 2)
            and tokens.number(place + 2) is not None
        )

    def _is_placed(self, place: int, languages: frozenset[str]) -> bool:
        """Say whether a word such as "in" of the same language stands before: "in May", "l'été"."""
        before = self._tokens.word(place - 1)
        return before in _OPENERS or not self._words.prepositions.get(before, _NOWHERE).isdisjoint(languages)

    def _month(self, place: int, core: _Core) -> _Told | None:
        """Read "May 2026", "in May", "last November"."""
        month = int(core.key)
        year, end = self._year_at(core.after)
        if year is not None:
            return _Told(PartialDate(year, month), end, has_year=True)
        turn, end = self._turn_at(place, core.after)
        is_placed = (
            turn is not None or self._is_placed(place, core.languages) or self._heads_start(place, core.after)
        )
        if self._now is None or not self._is_month(place, is_placed=is_placed):
            return None
        if not is_placed and self._is_forename(place, core.after):
            return None
        return _Told(self._now.of_month(month, turn), end, is_bare=not is_placed)

    def _heads_start(self, place: int, after: int) -> bool:
        """Say whether a start is named after it: "summer launch", "January premiere", "May date".

        "May launch" may be another word, so such a month needs "date" behind it.
        """
        if self._tokens.words[place] in self._words.lists["capital"]:
            return self._tokens.word(after) in self._words.lists["dated"] or (
                self._tokens.word(after + 1) in self._words.lists["dated"]
                and self._tokens.word(after) in self._words.lists["premiere"]
            )
        return self._tokens.word(after) in self._words.lists["premiere"]

    def _is_forename(self, place: int, after: int) -> bool:
        """Say whether a month heads a name: "June Osborne"."""
        tokens = self._tokens
        is_name = after < len(tokens) and not tokens.touches(after) and tokens.raw(after)[0].isupper()
        return is_name and tokens.raw(place)[0].isupper()

    def _is_month(self, place: int, *, is_placed: bool) -> bool:
        """Say whether a month alone is one: "in May" and "en mars", not "it may" and "Veronica Mars"."""
        word, lists = self._tokens.words[place], self._words.lists
        is_capital = self._tokens.raw(place)[0].isupper()
        if (word in lists["capital"] and not is_capital) or (word in lists["small"] and is_capital):
            return False
        return is_placed or not any(word in lists[name] for name in ("doubtful", "capital", "small"))

    def _weekday(self, place: int, core: _Core) -> _Told | None:
        """Read "Sunday, October 14", "Friday", "am kommenden Freitag"."""
        weekday = int(core.key)
        at = self._skip(core.after, "between", signs=".,(")
        month = self._month_name(at)
        if month is not None:
            dated = self._month_first(at, month, weekday)
        else:
            dated = self._day_first(at, weekday) or self._numeric(at, weekday)
        if dated is not None:
            return dated
        is_doubtful = self._tokens.words[place] in self._words.lists["doubtful"]
        if self._now is None or is_doubtful or self._tokens.word(place - 1) in self._words.lists["every"]:
            return None
        turn, after = self._turn_at(place, core.after)
        is_bare = turn is None and not self._is_placed(place, core.languages)
        return _Told(self._now.of_weekday(weekday, turn), after, is_relative=True, is_bare=is_bare)

    def _part(self, place: int, core: _Core) -> _Told | None:
        """Read "fall 2025", "summer of 2025", "2025 fall", "spring and summer 2021", "im Herbst"."""
        part = YearPart(core.key)
        year, end = self._year_at(core.after, signs=",/'")
        if year is None:
            beyond = self._core(core.after + 1)
            if beyond is not None and beyond.sort == "parts":
                year, _ = self._year_at(beyond.after)
                end = core.after
        if year is not None:
            return _Told(PartialDate(year, part=part), end, has_year=True)
        turn, end = self._turn_at(place, core.after)
        is_placed = self._is_placed(place, core.languages) or self._is_placed(place - 1, core.languages)
        is_placed = is_placed or self._heads_start(place, core.after)
        if self._now is None or not (is_placed or turn is not None):
            return None
        return _Told(self._now.of_part(part, turn), end, is_relative=turn is not None)

    def _holiday(self, place: int, core: _Core) -> _Told | None:
        name, behind = core.key, self._tokens.word(core.after)
        if behind == "-" or behind in self._words.lists["not_holiday"]:
            return None
        year, end = self._year_at(core.after)
        if year is not None:
            return _Told(holiday(name, year), end, has_year=True)
        turn, end = self._turn_at(place, core.after)
        is_placed = self._is_placed(place, core.languages) or behind in self._words.lists["premiere"]
        if self._now is None or not (is_placed or turn is not None):
            return None
        day = self._now.nearest((holiday(name, one) for one in self._now.years), back=6.0)
        return _Told(day, end, is_relative=turn is not None)

    def _unit(self, place: int, core: _Core) -> _Told | None:
        """Read "next year", "la semaine prochaine"."""
        turn, end = self._turn_at(place, core.after)
        if turn is None or self._now is None:
            return None
        match core.key:
            case "year":
                told = self._now.of_year(turn)
            case "month":
                told = self._now.of_this_month(turn)
            case _:
                told = self._now.of_week(turn, is_end=core.key == "weekend")
        return _Told(told, end, is_relative=True)

    def _year(self, place: int) -> _Told | None:
        """Read a year alone, or with the part of the year behind it: "in 2026", "2026 fall"."""
        tokens = self._tokens
        year = self._number(place, FIRST_YEAR, LAST_YEAR)
        if year is None or len(tokens.words[place]) != 4 or self._is_range(place):
            return None
        core = self._core(place + 1)
        if core is not None and core.sort == "parts":
            return _Told(PartialDate(year, part=YearPart(core.key)), core.after, has_year=True)
        is_start = tokens.word(place + 1) in self._words.lists["premiere"]
        is_alone = not (is_start or self._is_placed(place, self._languages))
        is_bare = is_alone and not (self._may_stand_alone() and self._is_to_come(year))
        return _Told(PartialDate(year), place + 1, has_year=True, is_bare=is_bare)

    def _may_stand_alone(self) -> bool:
        """Say whether the text's language tells a year with no word before it: "startet 2026"."""
        return is_known(self._languages) and not self._words.bare_years.isdisjoint(self._languages)

    def _is_to_come(self, year: int) -> bool:
        return self._now is not None and year >= self._now.earliest.year

    def _is_range(self, place: int) -> bool:
        """Say whether a year belongs to "2025-26", "2025/2026" or a sum of money."""
        tokens = self._tokens
        behind = tokens.word(place + 1) in {"-", "/"} and tokens.word(place + 2).isdecimal()
        before = tokens.word(place - 1) in {"-", "/"} and tokens.word(place - 2).isdecimal()
        return behind or before or tokens.word(place - 1) in {"$", "£", "€", "#"}

    def _numeric(self, place: int, weekday: int | None = None) -> _Told | None:
        """Read 2026-05-28, 28.05.2026, 28/05/2026, 5/28/2026, "28.5." and "le 28/05"."""
        tokens = self._tokens
        sign = tokens.word(place + 1)
        if sign not in {"-", ".", "/"} or not (tokens.touches(place + 1) and tokens.touches(place + 2)):
            return None
        first, second = tokens.number(place), tokens.number(place + 2)
        if first is None or second is None:
            return None
        is_third = tokens.word(place + 3) == sign and tokens.touches(place + 3) and tokens.touches(place + 4)
        third = tokens.number(place + 4) if is_third else None
        if len(tokens.word(place)) == 4 and third is not None:
            return self._day(second, third, first, weekday, place + 5) if first >= FIRST_YEAR else None
        if sign == "-":
            return None
        day, month = (first, second) if sign == "." or first > 12 else (second, first)
        if third is not None:
            year = third + 2000 if len(tokens.word(place + 4)) == 2 else third
            return (
                self._day(month, day, year, weekday, place + 5) if FIRST_YEAR <= year <= LAST_YEAR else None
            )
        is_closed = sign == "." and tokens.word(place + 3) == "." and tokens.touches(place + 3)
        is_placed = weekday is not None or self._is_placed(place, self._languages)
        if not is_placed or not (is_closed or sign == "/") or tokens.touches(place + 4 - (sign == "/")):
            return None
        return self._day(month, day, None, weekday, place + 3 + is_closed)
