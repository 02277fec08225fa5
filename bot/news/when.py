"""What a date told without its year, or by "next" and "this", means on the article's own day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.model import PartialDate, YearPart

_LONG_AGO_DAYS = 60
"""An article whose own date is vaguer than this is taken for the whole of its year."""
_BACK = 4.0
"""A day behind weighs as much as so many days ahead: news looks forward."""
_MONTH_BACK = 12.0
"""A month alone ("in December") is seldom one that is over."""
_WRONG_WEEKDAY_DAYS, _WRONG_WEEKDAY_OF_YEAR_DAYS = 150, 500
"""What speaks against a day of another weekday, and where the article's own date is vague."""


class Turn(StrEnum):
    """Which of several years, months or Fridays is meant."""

    THIS = "this"
    NEXT = "next"
    """Of the year, month or week after this one."""
    COMING = "coming"
    """The nearest to come."""
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Now:
    """The article's own date: the days between which it was written."""

    earliest: date
    latest: date

    @classmethod
    def of(cls, published: PartialDate | date | None) -> Self | None:
        """Read a date of any precision; None where the article has none."""
        if published is None:
            return None
        if isinstance(published, PartialDate):
            return cls(published.earliest, published.latest)
        day = published.date() if isinstance(published, datetime) else published
        return cls(day, day)

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def month(self) -> PartialDate:
        """The month, or the year where the month is not known."""
        same = self.earliest.month == self.latest.month
        return PartialDate(self.earliest.year, self.earliest.month if same else None)

    @property
    def _is_vague(self) -> bool:
        return (self.latest - self.earliest).days > _LONG_AGO_DAYS

    def _cost(self, told: PartialDate, back: float) -> float:
        """Say how unlikely it is that an article of this date means `told`; 0 is likeliest."""
        if told.latest < self.earliest:
            return (self.earliest - told.latest).days * back
        if self._is_vague:
            return abs(told.year - self.earliest.year) * 366
        return max((told.earliest - self.earliest).days, 0)

    def nearest(self, told: Iterable[PartialDate], back: float = _BACK) -> PartialDate:
        """Give the likeliest of `told`."""
        return min(told, key=lambda one: self._cost(one, back))

    @property
    def years(self) -> range:
        """The years that a date without its year may have, inside the calendar."""
        return range(max(self.earliest.year - 1, 1), min(self.latest.year + 2, 9999) + 1)

    def of_day(self, month: int, day: int, weekday: int | None) -> PartialDate | None:
        """Add the year to a day and month; a weekday (1 is Monday) helps to tell it."""
        days = [date(year, month, day) for year in self.years if _is_day(year, month, day)]

        def cost(one: date) -> float:
            wrong = weekday is not None and one.isoweekday() != weekday
            against = _WRONG_WEEKDAY_OF_YEAR_DAYS if self._is_vague else _WRONG_WEEKDAY_DAYS
            return self._cost(PartialDate.of_day(one), _BACK) + wrong * against

        return PartialDate.of_day(min(days, key=cost)) if days else None

    def of_month(self, month: int, turn: Turn | None) -> PartialDate:
        """Add the year to a month."""
        months = [PartialDate(year, month) for year in self.years]
        if turn is Turn.LAST:
            return max(
                (one for one in months if one.latest < self.latest),
                key=lambda one: one.year,
                default=months[0],
            )
        return self.nearest(months, _MONTH_BACK)

    def of_part(self, part: YearPart, turn: Turn | None) -> PartialDate:
        """Add the year to a part of the year.

        "Next summer" is that of next year, "l'été prochain" the nearest to come, "this summer" that of
        this year though it be over. A winter bears the year of its January, so "this winter" in
        December is next year's.
        """
        parts = [PartialDate(year, part=part) for year in self.years]
        if turn is Turn.NEXT:
            return PartialDate(min(self.earliest.year + 1, 9999), part=part)
        if turn is Turn.THIS and part is not YearPart.WINTER:
            return PartialDate(self.earliest.year, part=part)
        if turn is Turn.LAST:
            past = [one for one in parts if one.latest < self.latest]
            return past[-1] if past else parts[0]
        if turn is Turn.COMING:
            return next((one for one in parts if one.earliest > self.earliest), parts[-1])
        return self.nearest(parts)

    def of_year(self, turn: Turn) -> PartialDate:
        """Give this, the next or the last year."""
        step = {Turn.THIS: 0, Turn.LAST: -1}.get(turn, 1)
        return PartialDate(_within(self.earliest.year + step))

    def of_this_month(self, turn: Turn) -> PartialDate:
        """Give this, the next or the last month."""
        here = self.month
        if here.month is None:
            return here
        step = {Turn.THIS: 0, Turn.LAST: -1}.get(turn, 1)
        year, month = divmod(here.year * 12 + here.month - 1 + step, 12)
        return PartialDate(_within(year), month + 1)

    def of_week(self, turn: Turn, *, is_end: bool) -> PartialDate:
        """Give the month of a week or week-end, or its year where it lies in two months."""
        if self.day is None:
            return self.month
        step = {Turn.THIS: 0, Turn.LAST: -7}.get(turn, 7)
        monday = _step(self.day, step - self.day.weekday())
        first, last = (_step(monday, 5) if is_end else monday), _step(monday, 6)
        first = max(first, self.day) if turn is Turn.THIS else first
        return PartialDate(last.year, last.month if first.month == last.month else None)

    def of_weekday(self, weekday: int, turn: Turn | None) -> PartialDate:
        """Give the day of a weekday (1 is Monday); only the month where our own day is not known."""
        if self.day is None:
            return self.month
        ahead = (weekday - self.day.isoweekday()) % 7
        if turn is Turn.LAST:
            ahead -= 7
        elif turn is Turn.NEXT and self.day.isoweekday() + ahead <= 7:
            ahead += 7
        elif turn is Turn.COMING and ahead == 0:
            ahead = 7
        return PartialDate.of_day(_step(self.day, ahead))

    def of_today(self, ahead: int) -> PartialDate:
        """Give today, tomorrow (1) or yesterday (-1), as precisely as our own day is known."""
        return self.month if self.day is None else PartialDate.of_day(_step(self.day, ahead))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _within(year: int) -> int:
    return min(max(year, 1), 9999)


def _step(day: date, days: int) -> date:
    """Move `days` on, and stay inside the calendar."""
    moved = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(moved)


def holiday(name: str, year: int) -> PartialDate:
    """Give a holiday as the trade means it: its day, or its month where it is a time of the year."""
    if name == "easter":
        return PartialDate.of_day(easter(year))
    if name == "thanksgiving":
        november = date(year, 11, 1)
        return PartialDate.of_day(november + timedelta(days=(3 - november.weekday()) % 7 + 21))
    if name == "christmas":
        return PartialDate(year, 12)
    return PartialDate(year, *_HOLIDAYS[name])


_HOLIDAYS = {
    "new_year": (1, 1),
    "valentine": (2, 14),
    "halloween": (10, 31),
    "christmas_eve": (12, 24),
    "christmas_day": (12, 25),
    "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
}


def easter(year: int) -> date:
    """Give Easter Sunday. Source: Meeus/Jones/Butcher, the anonymous Gregorian computus."""
    century, of_century = divmod(year, 100)
    leap = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + leap + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
