"""Who hears of a claim, and why not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Claim, Kind, ShowId
from bot.stories.audience import Heard, Rules, Unheard, audience, doubt, weightiest_first

NOW = datetime(2023, 5, 1, 12, tzinfo=UTC)
RULES = Rules(announce_at=0.6)
RENEWED = Claim(ShowId(1), Kind.RENEWED, season=2, confidence=0.9)


def heard(
    age: timedelta | None, *, first_poll: bool = False, told_with: Claim | None = None, rules: Rules = RULES
) -> str | None:
    """Say why a story of that age is not heard; None where it is."""
    told_at = None if age is None else NOW - age
    found = audience(told_at, NOW, first_poll=first_poll, told_with=told_with, rules=rules)
    return found.because if isinstance(found, Unheard) else None


def test_fresh_news_is_heard() -> None:
    assert audience(NOW, NOW, first_poll=False, told_with=None, rules=RULES) == Heard()


@pytest.mark.parametrize("age", [None, timedelta(hours=72), timedelta(hours=-1)])
def test_up_to_the_most_age_news_is_heard(age: timedelta | None) -> None:
    assert heard(age) is None


def test_what_is_too_old_is_not_heard() -> None:
    assert heard(timedelta(hours=73)) == "too old: 73 hours, and 72 is the most"


@pytest.mark.parametrize("age", [None, timedelta(0), timedelta(hours=5)])
def test_a_feeds_first_reading_is_silent(age: timedelta | None) -> None:
    assert heard(age, first_poll=True) == "its feed was read for the first time, and it was there already"


def test_a_first_reading_may_be_allowed_its_freshest_news() -> None:
    rules = Rules(announce_at=0.6, first_poll_max_age=timedelta(hours=6))
    assert heard(timedelta(hours=5), first_poll=True, rules=rules) is None
    assert heard(timedelta(hours=6), first_poll=True, rules=rules) is not None
    assert heard(None, first_poll=True, rules=rules) is not None


def test_an_article_makes_one_message_for_a_show() -> None:
    assert heard(timedelta(0), told_with=RENEWED) == "the same article's message about renewed tells it"


def test_a_sure_claim_is_not_doubted() -> None:
    assert doubt(RENEWED, living=False, rules=RULES) is None


def test_a_living_post_makes_no_story() -> None:
    doubted = doubt(RENEWED, living=True, rules=RULES)
    assert doubted == Unheard("a living post, which sums up what others told")


def test_an_unsure_claim_makes_no_story() -> None:
    doubted = doubt(Claim(ShowId(1), Kind.RENEWED, confidence=0.4), living=False, rules=RULES)
    assert doubted == Unheard("not sure enough: 0.40, and 0.60 is needed")


def test_an_editor_tells_the_end_of_a_show_first_and_a_trailer_late() -> None:
    claims = [Claim(ShowId(1), kind) for kind in reversed(Kind)]
    told = [claim.kind for claim in weightiest_first(claims)]
    assert told[0] is Kind.CANCELLED
    assert told.index(Kind.PREMIERE_DATE) < told.index(Kind.TRAILER)
    assert set(told) == set(Kind)
