"""The date of a season as the news tells it better and better, and where it moves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, Claim, Kind, PartialDate, Show, ShowId, Source, Story, StoryId
from bot.stories.merge import merge
from bot.stories.verdicts import ChangedFact, FollowUp, FurtherSource, NewStory, Repeated, Verdict

DIPLOMAT = Show(ShowId(1), "The Diplomat", 2023)
MAY_14 = datetime(2025, 5, 14, 16, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def claim(premiere: str | None, kind: Kind = Kind.PREMIERE_DATE, season: int | None = 3) -> Claim:
    """Claim that a season starts then."""
    return Claim(DIPLOMAT.id, kind, season, None if premiere is None else PartialDate.parse(premiere))


def story(
    premiere: str | None,
    at: datetime = MAY_14,
    number: int = 1,
    kind: Kind = Kind.PREMIERE_DATE,
    season: int | None = 3,
    earlier: int | None = None,
) -> Story:
    """Make what TVLine told."""
    one = claim(premiere, kind, season)
    source = Source("TVLine", f"https://tvline.test/{at.timestamp()}", at)
    earlier_id = None if earlier is None else StoryId(earlier)
    return Story(
        StoryId(number), one.show_id, kind, season, one.premiere, "", "", (source,), earlier_id=earlier_id
    )


def told(one: Claim, *known: Story, by: str = "Variety", after: timedelta = DAY) -> Verdict:
    """Say what it is that an outlet claims this so long after the fourteenth of May."""
    at = MAY_14 + after
    url = f"https://{by.lower()}.test/{at.timestamp()}"
    return merge(one, Article(url, url, "", "", by, published_at=at), DIPLOMAT, known, at)


FALL = story("2025-fall")


@pytest.mark.parametrize("after", [HOUR, 97 * DAY])
def test_a_day_for_what_was_only_a_season_of_the_year_is_a_follow_up(after: timedelta) -> None:
    assert told(claim("2025-10-16"), FALL, after=after) == FollowUp(
        FALL, Kind.PREMIERE_DATE, "its date 2025-10-16 is more precise than 2025-fall"
    )


def test_only_the_first_outlet_makes_the_follow_up() -> None:
    day = story("2025-10-16", MAY_14 + 97 * DAY, number=2, earlier=1)
    assert told(claim("2025-10-16"), day, FALL, after=98 * DAY) == FurtherSource(
        day, "same show, kind and season"
    )
    assert isinstance(told(claim("2025-fall"), day, FALL, after=98 * DAY), FurtherSource)
    assert isinstance(told(claim("2025"), day, FALL, after=120 * DAY), Repeated)


@pytest.mark.parametrize(("then", "kind"), [("2025-11-20", Kind.DELAYED), ("2025-09-04", Kind.PREMIERE_DATE)])
def test_another_day_is_a_follow_up_of_the_first_message_delayed_where_it_is_later(
    then: str, kind: Kind
) -> None:
    day = story("2025-10-16", MAY_14 + 97 * DAY, number=2, earlier=1)
    assert told(claim(then), day, FALL, after=110 * DAY) == FollowUp(
        FALL, kind, f"its date {then} replaces 2025-10-16"
    )


def test_who_still_tells_the_date_that_was_replaced_is_late() -> None:
    day = story("2025-10-16", number=2)
    later = story("2025-11-20", MAY_14 + DAY, number=3, kind=Kind.DELAYED, earlier=2)
    late = told(claim("2025-10-16"), day, later, by="Collider", after=2 * DAY)
    assert late == FurtherSource(later, "same show, kind and season")
    again = told(claim("2025-10-16"), day, later, by="Collider", after=30 * DAY)
    assert again == FollowUp(day, Kind.PREMIERE_DATE, "its date 2025-10-16 replaces 2025-11-20")


def test_an_older_article_replaces_no_date() -> None:
    assert isinstance(told(claim("2025-11-20"), story("2025-10-16"), after=-DAY), FurtherSource)


def test_a_vaguer_date_or_none_changes_nothing() -> None:
    assert isinstance(told(claim("2025-fall"), story("2025-10-16")), FurtherSource)
    assert isinstance(told(claim(None), story("2025-10-16")), FurtherSource)


def test_fresh_news_that_gets_a_little_more_precise_is_only_edited() -> None:
    year = story("2025")
    assert told(claim("2025-fall"), year) == ChangedFact(
        year, 3, PartialDate.parse("2025-fall"), "its date 2025-fall is more precise than 2025"
    )
    undated = story(None)
    assert told(claim("2025"), undated) == ChangedFact(undated, 3, PartialDate(2025), "it names a date, 2025")
    assert isinstance(told(claim("2025-fall"), year, after=3 * DAY), FollowUp)
    assert isinstance(told(claim("2025-10-16"), undated), FollowUp)


def test_a_page_that_is_edited_changes_its_message_and_makes_no_other() -> None:
    vague = story("2025-10-16", season=None)
    same = told(claim("2025-10-23"), vague, by="TVLine", after=0 * DAY)
    assert same == ChangedFact(vague, 3, PartialDate(2025, 10, 23), "its date 2025-10-23 replaces 2025-10-16")
    day = story("2025-10-16")
    assert isinstance(told(claim(None, Kind.DELAYED), day, by="TVLine", after=0 * DAY), Repeated)


def test_a_delay_without_a_date_is_a_follow_up_once() -> None:
    day = story("2025-10-16")
    because = "the season is late, and no date is told"
    late = claim(None, Kind.DELAYED)
    assert told(late, day, after=60 * DAY) == FollowUp(day, Kind.DELAYED, because)
    delay = story(None, MAY_14 + 60 * DAY, number=2, kind=Kind.DELAYED, earlier=1)
    assert isinstance(told(late, day, delay, after=61 * DAY), FurtherSource)
    assert isinstance(told(late, day, delay, after=90 * DAY), Repeated)
    assert isinstance(told(late, day, after=-DAY), FurtherSource)
    assert told(claim("2026-03-05"), day, delay, after=90 * DAY) == FollowUp(
        day, Kind.PREMIERE_DATE, "it names a date, 2026-03-05"
    )


def test_a_date_that_a_delay_told_is_known_by_then() -> None:
    delay = story("2025-10-16", kind=Kind.DELAYED)
    assert isinstance(told(claim("2025-10-16"), delay), FurtherSource)


def test_a_season_that_has_aired_is_dated_no_more() -> None:
    day = story("2025-10-16")
    assert isinstance(told(claim("2026-10-16"), day, after=300 * DAY), NewStory)
    assert isinstance(told(claim("2025-10-16"), day, after=300 * DAY), Repeated)
    assert isinstance(told(claim(None), day, after=300 * DAY), Repeated)


def test_seasons_are_dated_apart() -> None:
    assert told(claim("2026", season=4), FALL) == NewStory("nobody told it yet")
    assert isinstance(told(claim("2026", season=None), FALL, after=60 * DAY), NewStory)
    assert isinstance(told(claim(None, season=None), FALL, after=60 * DAY), NewStory)


def test_a_season_that_nobody_numbers_is_known_by_its_date() -> None:
    vague = story("2025-fall", season=None)
    assert isinstance(told(claim("2025-10-16", season=None), vague, after=60 * DAY), FollowUp)
    assert isinstance(told(claim("2025", season=None), vague, after=60 * DAY), Repeated)
    assert isinstance(told(claim("2026", season=None), vague, after=60 * DAY), NewStory)
    assert told(claim("2025-fall"), vague) == ChangedFact(
        vague, 3, PartialDate.parse("2025-fall"), "it names season 3"
    )


def test_another_show_and_another_kind_are_not_asked_for_a_date() -> None:
    other = replace(FALL, show_id=ShowId(2))
    renewal = replace(FALL, kind=Kind.RENEWED, premiere=None)
    assert told(claim("2025-10-16"), other, renewal) == NewStory("nobody told it yet")


def test_what_opened_the_chain_may_be_forgotten() -> None:
    day = story("2025-10-16", number=2, earlier=1)
    assert told(claim("2025-11-20"), day) == FollowUp(
        day, Kind.DELAYED, "its date 2025-11-20 replaces 2025-10-16"
    )


def test_hearsay_moves_no_date_that_was_told_as_a_fact() -> None:
    rumour = replace(claim("2026", Kind.DELAYED), reported=True)
    assert told(rumour, FALL) == Repeated(FALL, "only reported, against what TVLine told")
    heard = replace(FALL, sources=(replace(FALL.sources[0], reported=True),))
    assert isinstance(told(rumour, heard), FollowUp)
