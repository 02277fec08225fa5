from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.guilds.stage import Stage, stage
from bot.model import Kind, PartialDate, Season, Show, ShowId, Source, Story, StoryId

SHOW = Show(ShowId(55), "The Diplomat", 2023, status="Running")
FIRST = Season(1, 8, date(2023, 4, 20), date(2023, 4, 20))
SECOND = Season(2, 6, date(2024, 10, 31), date(2024, 11, 14))
APRIL_2023 = date(2023, 4, 25)


def told(kind: Kind, season: int | None, premiere: str | None = None, day: int = 0) -> Story:
    at = datetime(2023, 5, 1, tzinfo=UTC) + timedelta(days=day)
    source = (Source("TVLine", "https://tvline.com", at),)
    when = PartialDate.parse(premiere) if premiere else None
    return Story(StoryId(1), SHOW.id, kind, season, when, "", "", source)


@pytest.mark.parametrize(
    ("seasons", "stories", "today", "expected"),
    [
        ([FIRST], [], APRIL_2023, Stage("Season 2 is not announced yet.")),
        ([FIRST], [told(Kind.RENEWED, 2)], date(2023, 6, 1), Stage("Season 2 is coming; no date yet.", 2)),
        (
            [FIRST],
            [told(Kind.PREMIERE_DATE, 2, "2024-fall", 9), told(Kind.RENEWED, 2)],
            date(2024, 6, 1),
            Stage("Season 2 is announced.", 2, PartialDate.parse("2024-fall")),
        ),
        (
            [FIRST, SECOND],
            [],
            date(2024, 10, 1),
            Stage("Season 2 has a date.", 2, PartialDate(2024, 10, 31)),
        ),
        (
            [FIRST, SECOND],
            [told(Kind.PREMIERE_DATE, 2, "2023-05")],
            date(2024, 10, 1),
            Stage("Season 2 has a date.", 2, PartialDate(2024, 10, 31)),
        ),
        (
            [FIRST],
            [told(Kind.CASTING, 2, day=9), told(Kind.PREMIERE_DATE, 2, "2024-10-31")],
            date(2025, 1, 1),
            Stage("Season 2 was due by now.", 2, PartialDate(2024, 10, 31)),
        ),
        (
            [FIRST],
            [told(Kind.PRODUCTION, 2, day=3), told(Kind.RENEWED, 2)],
            date(2024, 1, 1),
            Stage("Season 2 is in production; no date yet.", 2),
        ),
        (
            [FIRST],
            [told(Kind.FINAL_SEASON, 2), told(Kind.CASTING, 2)],
            date(2024, 1, 1),
            Stage("Season 2, the last, is being cast; no date yet.", 2),
        ),
        (
            [FIRST],
            [told(Kind.FINAL_SEASON, 2)],
            date(2024, 1, 1),
            Stage("Season 2, the last, is coming; no date yet.", 2),
        ),
        ([FIRST, SECOND], [], date(2024, 11, 5), Stage("Season 2 is on now.")),
        ([FIRST], [told(Kind.CANCELLED, None)], date(2024, 1, 1), Stage("Cancelled after season 1.")),
        ([], [told(Kind.CANCELLED, None)], date(2024, 1, 1), Stage("Cancelled.")),
        (
            [FIRST],
            [told(Kind.CANCELLED, 2, day=9), told(Kind.RENEWED, 2)],
            date(2024, 1, 1),
            Stage("Cancelled after season 1."),
        ),
        (
            [FIRST],
            [told(Kind.RENEWED, 2, day=9), told(Kind.CANCELLED, None)],
            date(2024, 1, 1),
            Stage("Season 2 is coming; no date yet.", 2),
        ),
        ([FIRST], [told(Kind.FINAL_SEASON, 1)], date(2024, 1, 1), Stage("Ended.")),
        ([Season(1)], [], date(2024, 1, 1), Stage("In development.")),
        ([], [], date(2024, 1, 1), Stage("No news of a next season yet.")),
        (
            [FIRST, SECOND],
            [told(Kind.CASTING, None)],
            date(2024, 1, 1),
            Stage("Season 2 has a date.", 2, PartialDate(2024, 10, 31)),
        ),
    ],
)
def test_stage_follows_from_seasons_and_news(
    seasons: list[Season], stories: list[Story], today: date, expected: Stage
) -> None:
    assert stage(SHOW, seasons, stories, today) == expected


def test_ended_show_says_when() -> None:
    ended = replace(SHOW, status="Ended", ended_year=2021)
    assert stage(ended, [FIRST], [], date(2024, 1, 1)) == Stage("Ended in 2021.")


def test_show_in_development_says_so() -> None:
    assert stage(replace(SHOW, status="In Development"), [], [], APRIL_2023) == Stage("In development.")
