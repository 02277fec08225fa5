"""The dates that a text tells: "March 5", "im Herbst", "next year", each as precise as it was told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.model import PartialDate, YearPart
from bot.news.languages import find_languages
from bot.news.lexicon import Lexicon, Meanings, load_lexicon
from bot.news.tokens import Phrases, Tokens
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


@dataclass(frozen=True, slots=True)
class _Words:
    core: Phrases[dict[tuple[str, str], set[str]]]
    """What a word may be (sort and key), each with its languages."""
    turns: Phrases[Meanings]
    lists: Mapping[str, frozenset[str]]


_UNITS = ("year", "month", "week", "weekend")
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}


@cache
def _words() -> _Words:
    lexicon = load_lexicon()
    core: dict[str, dict[tuple[str, str], set[str]]] = {}
    for code, language in lexicon.languages.items():
        for sort in ("holidays", "months", "parts", "weekdays"):
            for key, words in language[f"dates.{sort}"].items():
                for word in words:
                    core.setdefault(word, {}).setdefault((sort, key), set()).add(code)
        for name in (*_UNITS, *_DAYS):
            for word in language["dates"][name]:
                sort = "units" if name in _UNITS else "days"
                core.setdefault(word, {}).setdefault((sort, name), set()).add(code)
    names = ("of", "in", "doubtful", "capital", "small", "not_holiday", "between", "every")
    lists = {name: lexicon.list("dates", name) for name in names}
    month_first, short = _month_habits(lexicon)
    return _Words(
        Phrases(core.items()),
        lexicon.phrases("dates", ["last", "coming", "next", "this"]),
        {**lists, "month_first": month_first, "doubtful": lists["doubtful"] | short},
    )


def _month_habits(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Give the months that may stand before their day, and those that are short for another word."""
    month_first: set[str] = set()
    short: set[str] = set()
    for language in lexicon.languages.values():
        for words in language["dates.months"].values():
            if "month-day" in language["dates"]["order"]:
                month_first.update(words)
            short.update(word for word in words if any(one != word and one.startswith(word) for one in words))
    return frozenset(month_first), frozenset(short)


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


class _Reader:
    """Reads the dates of one text, left to right."""

    def __init__(self, tokens: Tokens, now: Now | None) -> None:
        self._tokens = tokens
        self._languages = find_languages(tokens)
        self._now = now
        self._words = _words()
        self._turn: tuple[Turn, int, int] | None = None
        """The last "next", "this" … with its first token and the one after it."""

    def read(self) -> Iterator[DateMention]:
        """Give the dates in order, none overlapping."""
        tokens = self._tokens
        place = 0
        triggers = self._words.core.firsts | self._words.turns.firsts
        while place < len(tokens):
            word = tokens.words[place]
            if word not in triggers and not word.isdecimal():
                place += 1
                continue
            told = self._at(place)
            if told is None:
                self._note_turn(place)
                place += 1
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
            place = told.after

    def _core(self, place: int) -> tuple[str, str, int] | None:
        """Give the sort and key of the word of a date at `place`, and the place after it."""
        found = self._words.core.at(self._tokens, place)
        if found is None:
            return None
        meanings, after = found
        for (sort, key), spoken in meanings.items():
            if not spoken.isdisjoint(self._languages):
                return sort, key, after
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
        found = self._core(place)
        if found is None:
            return None
        sort, key, after = found
        match sort:
            case "months":
                return self._month_first(place, after, int(key), None) or self._month(place, after, int(key))
            case "weekdays":
                return self._weekday(place, after, int(key))
            case "parts":
                return self._part(place, after, YearPart(key))
            case "holidays":
                return self._holiday(place, after, key)
            case "units":
                return self._unit(place, after, key)
            case _:
                date = None if self._now is None else self._now.of_today(_DAYS[key])
                return None if date is None else _Told(date, after, is_relative=True)

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

    def _month_name(self, place: int) -> tuple[int, int] | None:
        found = self._core(place)
        return (int(found[1]), found[2]) if found is not None and found[0] == "months" else None

    def _day_first(self, place: int, weekday: int | None) -> _Told | None:
        """Read "28 May", "28. Mai 2026", "1er mars", "28 de mayo", "the 16th of May"."""
        day = self._number(place, 1, 31)
        if day is None:
            return None
        at = place + 1
        if self._tokens.touches(at) and self._tokens.word(at).isalpha() and len(self._tokens.word(at)) <= 4:
            at += 1
        month = self._month_name(self._skip(at, "of", signs=".º°"))
        if month is None:
            return None
        year, after = self._year_at(month[1])
        return self._day(month[0], day, year, weekday, after)

    def _month_first(self, place: int, after: int, month: int, weekday: int | None) -> _Told | None:
        """Read "May 28", "Jan. 5th, 2026"."""
        if self._tokens.words[after - 1] not in self._words.lists["month_first"]:
            return None
        at = self._skip(after, "between", signs=".")
        day = self._number(at, 1, 31)
        if day is None or self._tokens.word(at + 1) in {":", "%", "x"}:
            return None
        if self._tokens.touches(at + 1) and self._tokens.word(at + 1).isalpha():
            at += 1
        year, after = self._year_at(at + 1)
        return self._day(month, day, year, weekday, after)

    def _is_placed(self, place: int) -> bool:
        """Say whether a word such as "in" stands before, or an edge: "in May", "l'été"."""
        tokens = self._tokens
        before = tokens.word(place - 1)
        return before in self._words.lists["in"] or before == "'" or before in {"(", "/"}

    def _month(self, place: int, after: int, month: int) -> _Told | None:
        year, end = self._year_at(after)
        if year is not None:
            return _Told(PartialDate(year, month), end, has_year=True)
        turn, end = self._turn_at(place, after)
        is_placed = turn is not None or self._is_placed(place)
        if self._now is None or not self._is_month(place, is_placed=is_placed):
            return None
        return _Told(self._now.of_month(month, turn), end, is_bare=not is_placed)

    def _is_month(self, place: int, *, is_placed: bool) -> bool:
        """Say whether a month alone is one: "in May" and "en mars", not "it may" and "Veronica Mars"."""
        word, lists = self._tokens.words[place], self._words.lists
        is_capital = self._tokens.raw(place)[0].isupper()
        if (word in lists["capital"] and not is_capital) or (word in lists["small"] and is_capital):
            return False
        return is_placed or not any(word in lists[name] for name in ("doubtful", "capital", "small"))

    def _weekday(self, place: int, after: int, weekday: int) -> _Told | None:
        """Read "Sunday, October 14", "Friday", "am kommenden Freitag"."""
        at = self._skip(after, "between", signs=".,(")
        month = self._month_name(at)
        dated = (
            self._month_first(at, month[1], month[0], weekday) if month else self._day_first(at, weekday)
        ) or (self._numeric(at, weekday) if not month else None)
        if dated is not None:
            return dated
        is_doubtful = self._tokens.words[place] in self._words.lists["doubtful"]
        if self._now is None or is_doubtful or self._tokens.word(place - 1) in self._words.lists["every"]:
            return None
        turn, after = self._turn_at(place, after)
        is_bare = turn is None and not self._is_placed(place)
        return _Told(self._now.of_weekday(weekday, turn), after, is_relative=True, is_bare=is_bare)

    def _part(self, place: int, after: int, part: YearPart) -> _Told | None:
        """Read "fall 2025", "summer of 2025", "2025 fall", "spring and summer 2021", "im Herbst"."""
        year, end = self._year_at(after, signs=",/'")
        if year is None:
            beyond = self._core(after + 1)
            if beyond is not None and beyond[0] == "parts":
                year, _ = self._year_at(beyond[2])
                end = after
        if year is not None:
            return _Told(PartialDate(year, part=part), end, has_year=True)
        turn, end = self._turn_at(place, after)
        is_placed = turn is not None or self._is_placed(place) or self._is_placed(place - 1)
        if self._now is None or not is_placed:
            return None
        return _Told(self._now.of_part(part, turn), end, is_relative=turn is not None)

    def _holiday(self, place: int, after: int, name: str) -> _Told | None:
        is_word = self._tokens.word(after) in self._words.lists["not_holiday"]
        if is_word or self._tokens.word(after) == "-":
            return None
        year, end = self._year_at(after)
        if year is not None:
            return _Told(holiday(name, year), end, has_year=True)
        turn, end = self._turn_at(place, after)
        if self._now is None or not (turn is not None or self._is_placed(place)):
            return None
        date = self._now.nearest((holiday(name, one) for one in self._now.years), back=6.0)
        return _Told(date, end, is_relative=turn is not None)

    def _unit(self, place: int, after: int, unit: str) -> _Told | None:
        turn, end = self._turn_at(place, after)
        if turn is None or self._now is None:
            return None
        match unit:
            case "year":
                date = self._now.of_year(turn)
            case "month":
                date = self._now.of_this_month(turn)
            case _:
                date = self._now.of_week(turn, is_end=unit == "weekend")
        return _Told(date, end, is_relative=True)

    def _year(self, place: int) -> _Told | None:
        """Read a year alone, or with the part of the year behind it: "in 2026", "2026 fall"."""
        tokens = self._tokens
        year = self._number(place, FIRST_YEAR, LAST_YEAR)
        if year is None or len(tokens.words[place]) != 4 or self._is_range(place):
            return None
        found = self._core(place + 1)
        if found is not None and found[0] == "parts":
            return _Told(PartialDate(year, part=YearPart(found[1])), found[2], has_year=True)
        return _Told(PartialDate(year), place + 1, has_year=True, is_bare=not self._is_placed(place))

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
        is_placed = weekday is not None or self._is_placed(place)
        if not is_placed or not (is_closed or sign == "/") or tokens.touches(place + 4 - (sign == "/")):
            return None
        return self._day(month, day, None, weekday, place + 3 + is_closed)
