"""Retitled articles: which of them take back what they told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import Article, Claim, Kind, ShowId, Source, Story, StoryId
from bot.stories.corrections import correction

AT = datetime(2023, 5, 1, tzinfo=UTC)
RENEWED = Claim(ShowId(1), Kind.RENEWED, 2)
STORY = Story(StoryId(1), ShowId(1), Kind.RENEWED, 2, None, "", "", (Source("TVLine", "", AT),))


def corrected(title: str, *claims: Claim, story: Story = STORY) -> str | None:
    """Give the correction of an article that is called so now."""
    return correction(Article("", "", title, "", "TVLine"), claims, story)


@pytest.mark.parametrize(
    "title",
    ["Correction: season 2", "‘The Diplomat’ renewed (Corrected)", "RETRACTED: season 2", "Update: season 2",
     "Story retracted", "UPDATED: season 2"],
)  # fmt: skip
def test_a_headline_that_says_so_is_a_correction(title: str) -> None:
    assert corrected(title, RENEWED) == title


@pytest.mark.parametrize(
    "title", ["‘The Diplomat’ renewed", "An update on The Diplomat", "Corrections officers"]
)
def test_a_headline_in_other_words_is_none(title: str) -> None:
    assert corrected(title, RENEWED) is None
    assert corrected(title, replace(RENEWED, season=None, confidence=0.1)) is None


@pytest.mark.parametrize(
    "claim",
    [replace(RENEWED, kind=Kind.CANCELLED), replace(RENEWED, season=3), replace(RENEWED, show_id=ShowId(2))],
)
def test_a_page_that_tells_something_else_by_now_corrects_itself(claim: Claim) -> None:
    assert corrected("Another headline", claim) == "Another headline"
    assert corrected("Another headline") == "Another headline"


def test_a_delay_still_tells_of_the_start() -> None:
    dated = replace(STORY, kind=Kind.PREMIERE_DATE)
    assert corrected("Another headline", replace(RENEWED, kind=Kind.DELAYED), story=dated) is None
