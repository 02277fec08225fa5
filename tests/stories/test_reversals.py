"""Decisions that are reversed, and those that only look so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, Claim, Kind, PartialDate, Show, ShowId, Source, Story, StoryId
from bot.stories.merge import merge
from bot.stories.verdicts import FollowUp, FurtherSource, NewStory, Repeated, Verdict

SHOW = Show(ShowId(1), "Girls5eva", 2021)
MAY_1 = datetime(2025, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def story(kind: Kind, season: int | None, at: datetime = MAY_1, number: int = 1) -> Story:
    """Make what TVLine told."""
    source = Source("TVLine", f"https://tvline.test/{kind}", at)
    return Story(StoryId(number), SHOW.id, kind, season, None, "", "", (source,))


def told(kind: Kind, season: int | None, *known: Story, days: int = 30, reported: bool = False) -> Verdict:
    """Say what it is that Variety tells this so many days after the first of May."""
    at = MAY_1 + days * DAY
    article = Article("", f"https://variety.test/{kind}", "", "", "Variety", published_at=at)
    return merge(Claim(SHOW.id, kind, season, reported=reported), article, SHOW, known, at)


CANCELLED = story(Kind.CANCELLED, 2)
RENEWED = story(Kind.RENEWED, 3)


@pytest.mark.parametrize("season", [2, 3, None])
def test_a_show_that_is_saved_follows_up_its_end(season: int | None) -> None:
    found = told(Kind.RENEWED, season, CANCELLED)
    assert found == FollowUp(CANCELLED, Kind.RENEWED, "it reverses what TVLine told")


@pytest.mark.parametrize("season", [2, 3, None])
def test_a_renewal_that_is_taken_back_is_followed_up(season: int | None) -> None:
    assert isinstance(told(Kind.CANCELLED, season, RENEWED), FollowUp)


def test_an_order_for_a_season_long_ended_or_far_ahead_reverses_nothing() -> None:
    assert isinstance(told(Kind.RENEWED, 5, CANCELLED), NewStory)
    assert isinstance(told(Kind.CANCELLED, 4, RENEWED), NewStory)
    assert isinstance(told(Kind.RENEWED, 1, CANCELLED), NewStory)
    assert isinstance(told(Kind.RENEWED, 3, replace(CANCELLED, show_id=ShowId(2))), NewStory)


def test_the_end_of_an_earlier_season_is_another_decision() -> None:
    earlier = story(Kind.CANCELLED, 1, number=2)
    assert isinstance(told(Kind.CANCELLED, 2, earlier, RENEWED), FollowUp)


def test_what_was_decided_long_ago_is_not_reversed() -> None:
    assert isinstance(told(Kind.CANCELLED, 3, RENEWED, days=300), NewStory)


def test_a_show_cancelled_after_the_season_that_was_ordered_is_no_reversal() -> None:
    aired = replace(story(Kind.PREMIERE_DATE, 3), premiere=PartialDate(2025, 9, 1))
    assert isinstance(told(Kind.CANCELLED, 3, RENEWED, aired, days=200), NewStory)
    assert isinstance(told(Kind.CANCELLED, 3, RENEWED, aired, days=60), FollowUp)
    undated = story(Kind.PREMIERE_DATE, 3)
    assert isinstance(told(Kind.CANCELLED, 3, RENEWED, undated, days=200), FollowUp)


def test_an_end_told_before_is_not_reversed_by_it() -> None:
    assert isinstance(told(Kind.RENEWED, 3, CANCELLED, days=-1), NewStory)


def test_who_tells_the_old_decision_right_after_its_reversal_is_late() -> None:
    saved = story(Kind.RENEWED, 3, MAY_1 + 10 * DAY, number=2)
    found = told(Kind.CANCELLED, 2, CANCELLED, saved, days=12)
    assert found == Repeated(CANCELLED, "told before, and renewed since")
    assert isinstance(told(Kind.RENEWED, 3, CANCELLED, saved, days=12), FurtherSource)


def test_a_show_may_be_cancelled_saved_and_cancelled_again() -> None:
    saved = story(Kind.RENEWED, 3, MAY_1 + 10 * DAY, number=2)
    assert told(Kind.CANCELLED, None, CANCELLED, saved, days=90) == FollowUp(
        saved, Kind.CANCELLED, "it reverses what TVLine told"
    )


def test_hearsay_reverses_hearsay_and_no_fact() -> None:
    assert isinstance(told(Kind.CANCELLED, 3, RENEWED, reported=True), NewStory)
    heard = replace(RENEWED, sources=(replace(RENEWED.sources[0], reported=True),))
    assert isinstance(told(Kind.CANCELLED, 3, heard, reported=True), FollowUp)
