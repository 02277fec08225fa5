"""How far a show's next season is, in one sentence, from its seasons and from the news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Kind, PartialDate, Season, Show, Story

_STEPS = {
    Kind.PRODUCTION: "in production",
    Kind.TRAILER: "on its way, with a trailer out",
    Kind.CASTING: "being cast",
}
_ENDS = {Kind.CANCELLED, Kind.FINAL_SEASON}


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a show stands."""

    text: str
    """A sentence; it speaks of no day."""
    season: int | None = None
    """The season that comes next, where one is known to come."""
    premiere: PartialDate | None = None
    """When it comes, as precisely as it is known."""


def stage(show: Show, seasons: Sequence[Season], stories: Sequence[Story], today: date) -> Stage:
    """Say where `show` stands on `today`; `stories` the latest first."""
    aired = max((one.number for one in seasons if _has_begun(one, today)), default=0)
    if coming := _coming(aired, seasons, stories, today):
        number, premiere = coming
        return Stage(_text_of_next(number, premiere, stories, today), number, premiere)
    return Stage(_text_of_last(show, aired, seasons, stories, today))


def _has_begun(season: Season, today: date) -> bool:
    return season.premiere_date is not None and season.premiere_date <= today


def _coming(
    aired: int, seasons: Sequence[Season], stories: Sequence[Story], today: date
) -> tuple[int, PartialDate | None] | None:
    """Name the first season after `aired` that the news or the catalogue knows of, and its premiere."""
    told = {
        story.season for story in stories if story.season is not None and story.kind is not Kind.CANCELLED
    }
    dated = {one.number for one in seasons if one.premiere_date is not None}
    numbers = [number for number in told | dated if number > aired]
    if not numbers or not _goes_on(stories, min(numbers)):
        return None
    number = min(numbers)
    told_dates = [one.premiere for one in stories if one.season == number and one.premiere is not None]
    days = [one.premiere_date for one in seasons if one.number == number and one.premiere_date is not None]
    if told_dates and (told_dates[0].latest >= today or not days):
        return number, told_dates[0]
    return number, PartialDate.of_day(days[0]) if days else None


def _goes_on(stories: Sequence[Story], number: int) -> bool:
    """Say whether nothing newer than the news of season `number` cancelled the show."""
    for story in stories:
        if story.kind is Kind.CANCELLED:
            return False
        if story.season == number:
            return True
    return True


def _text_of_next(number: int, premiere: PartialDate | None, stories: Sequence[Story], today: date) -> str:
    if premiere is not None and premiere.latest < today:
        return f"Season {number} was due by now."
    if premiere is not None:
        return (
            f"Season {number} has a date." if premiere.day is not None else f"Season {number} is announced."
        )
    last = any(story.kind is Kind.FINAL_SEASON and story.season == number for story in stories)
    for story in stories:
        if story.season == number and story.kind in _STEPS:
            return f"Season {number}{', the last,' if last else ''} is {_STEPS[story.kind]}; no date yet."
    return f"Season {number}{', the last,' if last else ''} is coming; no date yet."


def _text_of_last(
    show: Show, aired: int, seasons: Sequence[Season], stories: Sequence[Story], today: date
) -> str:
    current = next((one for one in seasons if one.number == aired and _has_begun(one, today)), None)
    end = next((story for story in stories if story.kind in _ENDS), None)
    if current is not None and current.end_date is not None and today <= current.end_date:
        return f"Season {aired} is on now."
    if end is not None and end.kind is Kind.CANCELLED:
        return f"Cancelled after season {aired}." if aired else "Cancelled."
    if show.status == "Ended" or end is not None:
        return f"Ended in {show.ended_year}." if show.ended_year else "Ended."
    if show.status == "In Development" or (seasons and not aired):
        return "In development."
    return f"Season {aired + 1} is not announced yet." if aired else "No news of a next season yet."
