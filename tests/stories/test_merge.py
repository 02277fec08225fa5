"""Claims and the stories that are known: the history of The Diplomat, and its traps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, Claim, Kind, PartialDate, Show, ShowId, Source, Story, StoryId
from bot.stories.merge import merge
from bot.stories.verdicts import ChangedFact, FollowUp, FurtherSource, NewStory, Repeated

DIPLOMAT = Show(ShowId(1), "The Diplomat", 2023, network="Netflix", cast=("Keri Russell", "Rufus Sewell"))
DAY_ONE = datetime(2023, 5, 1, 16, tzinfo=UTC)
DAY = timedelta(days=1)


def claim(kind: Kind = Kind.RENEWED, season: int | None = 2, premiere: str | None = None) -> Claim:
    """Make a claim about The Diplomat."""
    return Claim(DIPLOMAT.id, kind, season, None if premiere is None else PartialDate.parse(premiere))


def article(source: str, at: datetime | None = DAY_ONE, title: str = "", summary: str = "") -> Article:
    """Make an article; its address is its outlet and time."""
    url = f"https://{source.lower()}.test/{at and at.timestamp()}"
    return Article(url, url, title, summary, source, published_at=at)


def story(of: Claim, told: Article, number: int = 1) -> Story:
    """Make the story that `told` tells."""
    return Story(
        StoryId(number),
        of.show_id,
        of.kind,
        of.season,
        of.premiere,
        told.title,
        told.summary,
        (Source(told.source, told.url, told.published_at or DAY_ONE),),
    )


RENEWAL = story(claim(), article("TVLine"))


def test_what_nobody_told_is_a_new_story() -> None:
    assert merge(claim(), article("TVLine"), DIPLOMAT, [], DAY_ONE) == NewStory("nobody told it yet")


def test_a_second_outlet_reporting_the_same_renewal_is_a_further_source() -> None:
    found = merge(claim(), article("Variety", DAY_ONE + DAY), DIPLOMAT, [RENEWAL], DAY_ONE + DAY)
    assert found == FurtherSource(RENEWAL, "same show, kind and season")


def test_an_article_without_a_date_counts_as_told_now() -> None:
    undated = article("Variety", None)
    assert isinstance(merge(claim(), undated, DIPLOMAT, [RENEWAL], DAY_ONE), FurtherSource)


def test_the_same_outlet_or_page_again_is_a_repeat() -> None:
    again = merge(claim(), article("tvline", DAY_ONE + DAY), DIPLOMAT, [RENEWAL], DAY_ONE)
    assert again == Repeated(RENEWAL, "tvline told it already")
    same = merge(claim(), article("TVLine"), DIPLOMAT, [RENEWAL], DAY_ONE)
    assert same == Repeated(RENEWAL, "this page told it already")


@pytest.mark.parametrize(
    "other",
    [claim(season=3), claim(Kind.FINAL_SEASON), Claim(ShowId(2), Kind.RENEWED, 2)],
    ids=["another season", "another kind", "another show"],
)
def test_what_only_looks_alike_stays_apart(other: Claim) -> None:
    assert isinstance(merge(other, article("Variety"), DIPLOMAT, [RENEWAL], DAY_ONE), NewStory)


def test_a_renewal_told_again_months_later_is_no_news() -> None:
    late = article("Collider", DAY_ONE + 60 * DAY)
    assert merge(claim(), late, DIPLOMAT, [RENEWAL], DAY_ONE) == Repeated(
        RENEWAL, "TVLine told it on 2023-05-01"
    )


def test_a_renewal_of_no_named_season_may_be_another_one_after_the_window() -> None:
    late = article("Collider", DAY_ONE + 300 * DAY)
    found = merge(claim(season=None), late, DIPLOMAT, [RENEWAL], DAY_ONE)
    assert found == NewStory("another such story is known")


def test_an_article_that_names_no_season_tells_the_current_story() -> None:
    found = merge(claim(season=None), article("Variety"), DIPLOMAT, [RENEWAL], DAY_ONE)
    assert isinstance(found, FurtherSource)


def test_the_season_is_filled_in_when_somebody_names_it() -> None:
    vague = replace(RENEWAL, season=None)
    found = merge(claim(), article("Variety"), DIPLOMAT, [vague], DAY_ONE)
    assert found == ChangedFact(vague, 2, None, "it names season 2")


def test_of_two_stories_the_one_of_the_very_season_is_meant() -> None:
    vague = replace(RENEWAL, id=StoryId(2), season=None)
    found = merge(claim(), article("Variety"), DIPLOMAT, [vague, RENEWAL], DAY_ONE)
    assert isinstance(found, FurtherSource)
    assert found.story == RENEWAL


JANNEY = article("TVLine", title="Allison Janney Joins ‘The Diplomat’ Season 2 as Vice President Grace Penn")
CASTING = claim(Kind.CASTING)


@pytest.mark.parametrize(
    ("title", "days", "is_same"),
    [
        ("‘The Diplomat’ Casts Allison Janney as Veep", 6, True),
        ("‘The West Wing’ Alum Bradley Whitford Joins ‘The Diplomat’ Season 2", 7, False),
        ("‘The Diplomat’ Season 2 Adds Bradley Whitford Opposite Keri Russell", 1, False),
        ("‘The Diplomat’ finds its new vice president", 1, True),
        ("‘The Diplomat’ finds its new vice president", 3, False),
    ],
)
def test_castings_are_one_story_where_they_name_the_same_person(title: str, days: int, is_same: bool) -> None:
    known = story(CASTING, JANNEY)
    then = article("Variety", DAY_ONE + days * DAY, title)
    found = merge(CASTING, then, DIPLOMAT, [known], DAY_ONE)
    assert isinstance(found, FurtherSource if is_same else NewStory)


@pytest.mark.parametrize("kind", [Kind.TRAILER, Kind.PRODUCTION, Kind.OTHER_SEASON_NEWS])
def test_a_second_trailer_days_later_is_another_story(kind: Kind) -> None:
    known = story(claim(kind), article("TVLine"))
    assert isinstance(
        merge(claim(kind), article("Variety", DAY_ONE + DAY), DIPLOMAT, [known], DAY_ONE), FurtherSource
    )
    assert isinstance(
        merge(claim(kind), article("Variety", DAY_ONE + 3 * DAY), DIPLOMAT, [known], DAY_ONE), NewStory
    )


@pytest.mark.parametrize("kind", [Kind.TRAILER, Kind.PRODUCTION, Kind.OTHER_SEASON_NEWS])
def test_a_page_whose_publisher_puts_a_new_date_on_it_tells_nothing_new(kind: Kind) -> None:
    page = article("TVLine")
    bumped = replace(page, published_at=DAY_ONE + 20 * DAY)
    found = merge(claim(kind), bumped, DIPLOMAT, [story(claim(kind), page)], DAY_ONE)
    assert isinstance(found, Repeated)


def test_a_page_that_names_another_person_by_now_tells_another_casting() -> None:
    whitford = replace(JANNEY, title="Bradley Whitford Joins ‘The Diplomat’")
    assert isinstance(merge(CASTING, whitford, DIPLOMAT, [story(CASTING, JANNEY)], DAY_ONE), NewStory)


def test_a_decision_that_is_reversed_makes_a_follow_up() -> None:
    saved = merge(claim(Kind.CANCELLED), article("Variety", DAY_ONE + DAY), DIPLOMAT, [RENEWAL], DAY_ONE)
    assert saved == FollowUp(RENEWAL, Kind.CANCELLED, "it reverses what TVLine told")


REPORT = replace(RENEWAL, sources=(replace(RENEWAL.sources[0], reported=True),))


def test_an_outlet_that_reported_it_may_confirm_it_itself() -> None:
    again = article("TVLine", DAY_ONE + DAY)
    found = merge(claim(), again, DIPLOMAT, [REPORT], DAY_ONE)
    assert found == FurtherSource(REPORT, "it confirms what was only reported")
    hearsay = merge(replace(claim(), reported=True), again, DIPLOMAT, [REPORT], DAY_ONE)
    assert hearsay == Repeated(REPORT, "TVLine told it already")


def test_a_fact_is_news_although_it_was_reported_months_ago() -> None:
    late = article("Variety", DAY_ONE + 60 * DAY)
    found = merge(claim(), late, DIPLOMAT, [REPORT], DAY_ONE)
    assert found == FollowUp(REPORT, Kind.RENEWED, "it confirms what TVLine only reported")
    hearsay = merge(replace(claim(), reported=True), late, DIPLOMAT, [REPORT], DAY_ONE)
    assert isinstance(hearsay, Repeated)
