"""What becomes of an article's claims, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, Claim, Kind, PartialDate, Show, ShowId, Story, StoryId
from bot.stories.audience import Heard, Rules
from bot.stories.judge import MAX_SUMMARY, Circumstances, Judgement, judge, new_story, retold
from bot.stories.verdicts import ChangedFact, FollowUp, FurtherSource, NewStory, Repeated

NOW = datetime(2025, 5, 14, 16, tzinfo=UTC)
DIPLOMAT = Show(ShowId(1), "The Diplomat", 2023)
GHOSTS = Show(ShowId(2), "Ghosts", 2021)
SHOWS = {show.id: show for show in (DIPLOMAT, GHOSTS)}
USUAL = Circumstances(NOW, Rules(announce_at=0.5))
FOURTH = Claim(DIPLOMAT.id, Kind.RENEWED, 4)
FALL = Claim(DIPLOMAT.id, Kind.PREMIERE_DATE, 3, PartialDate.parse("2025-fall"))
OCTOBER = replace(FALL, premiere=PartialDate.parse("2025-10-16"))


def article(source: str = "TVLine", title: str = "News", summary: str = "") -> Article:
    """Make an article that was just told."""
    return Article(title, f"https://{source.lower()}.test/{title}", title, summary, source, published_at=NOW)


def judged(*claims: Claim, known: tuple[Story, ...] = (), by: Article | None = None,
           circumstances: Circumstances = USUAL, living: bool = False) -> tuple[Judgement, ...]:  # fmt: skip
    """Judge claims of one article."""
    return judge(by or article(), claims, SHOWS, known, circumstances, living=living)


def test_an_article_of_two_facts_makes_a_message_of_each_the_weightier_first() -> None:
    first, second = judged(FALL, FOURTH)
    assert (first.claim, second.claim) == (FOURTH, FALL)
    assert first.opens_message
    assert second.opens_message
    assert str(first) == "a new story (nobody told it yet), announced: it is news"


@pytest.mark.parametrize("kind", [Kind.RENEWED, Kind.CANCELLED])
def test_final_season_is_told_with_the_message_that_says_it_in_the_same_breath(kind: Kind) -> None:
    final = replace(FOURTH, kind=Kind.FINAL_SEASON)
    first, second = judged(final, replace(FOURTH, kind=kind))
    assert first.opens_message
    assert isinstance(second.verdict, NewStory)
    assert not second.opens_message
    told_with = f"not announced: the same article's message about {kind.value} tells it"
    assert str(second) == f"a new story (nobody told it yet), {told_with}"


def test_final_season_of_another_show_or_alone_has_a_message() -> None:
    final = replace(FOURTH, kind=Kind.FINAL_SEASON)
    assert all(one.opens_message for one in judged(FOURTH, replace(final, show_id=GHOSTS.id)))
    assert all(one.opens_message for one in judged(FALL, final))


def test_an_article_about_two_shows_makes_a_message_for_each() -> None:
    assert all(one.opens_message for one in judged(FOURTH, replace(FOURTH, show_id=GHOSTS.id)))


def test_of_two_claims_alike_the_first_counts() -> None:
    assert len(judged(FOURTH, replace(FOURTH, season=None), replace(FOURTH, season=5))) == 2


def test_a_claim_about_an_unknown_show_counts_for_nothing() -> None:
    assert judged(replace(FOURTH, show_id=ShowId(99))) == ()


@pytest.mark.parametrize(("living", "confidence"), [(True, 1.0), (False, 0.2)])
def test_a_doubted_claim_makes_no_story(living: bool, confidence: float) -> None:
    (one,) = judged(replace(FOURTH, confidence=confidence), living=living)
    assert one.verdict is None
    assert str(one) == one.audience.because


def test_a_further_source_changes_a_message_and_opens_none() -> None:
    known = new_story(FOURTH, article(), NOW)
    variety = article("Variety")
    (one,) = judged(FOURTH, known=(known,), by=variety)
    assert isinstance(one.verdict, FurtherSource)
    assert str(one) == "a further source: same show, kind and season"
    grown = retold(one.verdict, variety, NOW, one.claim)
    assert [source.name for source in grown.sources] == ["TVLine", "Variety"]
    assert grown.revision == 2


def test_a_day_for_a_season_of_the_year_opens_a_message_that_links_back() -> None:
    known = replace(new_story(FALL, article(), NOW), id=StoryId(7))
    (one,) = judged(OCTOBER, known=(known,), by=article("Variety"))
    assert isinstance(one.verdict, FollowUp)
    assert one.opens_message
    because = "its date 2025-10-16 is more precise than 2025-fall"
    assert str(one) == f"a follow-up ({because}), announced: it is news"
    story = new_story(OCTOBER, article("Variety"), NOW, one.verdict)
    assert (story.earlier_id, story.kind, story.premiere) == (StoryId(7), FALL.kind, OCTOBER.premiere)


def test_a_better_date_is_heard_by_those_who_have_no_message_of_it() -> None:
    known = new_story(replace(FALL, premiere=PartialDate(2025)), article(), NOW)
    (one,) = judged(FALL, known=(known,), by=article("Variety"))
    assert isinstance(one.verdict, ChangedFact)
    assert isinstance(one.audience, Heard)
    assert str(one) == "changes a story: its date 2025-fall is more precise than 2025"
    assert retold(one.verdict, article("Variety"), NOW, one.claim).premiere == FALL.premiere


def test_that_a_season_is_late_and_when_it_comes_is_one_message() -> None:
    (one,) = judged(OCTOBER, replace(OCTOBER, kind=Kind.DELAYED))
    assert one.claim.kind is Kind.DELAYED


def test_a_season_that_is_filled_in_is_heard_by_nobody_new() -> None:
    known = new_story(replace(FOURTH, season=None), article(), NOW)
    (one,) = judged(FOURTH, known=(known,), by=article("Variety"))
    assert isinstance(one.verdict, ChangedFact)
    assert not isinstance(one.audience, Heard)


def test_a_page_that_corrects_itself_is_no_second_source() -> None:
    known = new_story(FALL, article(), NOW)
    (one,) = judged(OCTOBER, known=(known,))
    assert isinstance(one.verdict, ChangedFact)
    assert retold(one.verdict, article(), NOW, one.claim).sources == known.sources


def test_a_repeat_says_who_told_it() -> None:
    (one,) = judged(FOURTH, known=(new_story(FOURTH, article(), NOW),))
    assert isinstance(one.verdict, Repeated)
    assert str(one) == "nothing new: this page told it already"


def test_an_edit_of_an_article_that_told_its_news_begins_no_story() -> None:
    (one,) = judged(FOURTH, circumstances=replace(USUAL, told_before=True))
    assert one.verdict is None
    assert str(one) == "an edit of an article that told its news before"


def test_news_of_last_week_is_kept_and_not_announced() -> None:
    (one,) = judged(FOURTH, circumstances=replace(USUAL, now=NOW + timedelta(days=9)))
    assert str(one).endswith("not announced: too old: 216 hours, and 72 is the most")


def test_a_story_shows_at_most_300_characters_cut_at_a_word() -> None:
    assert new_story(FOURTH, article(summary="short"), NOW).summary == "short"
    told = new_story(FOURTH, article(summary="word " * 100), NOW)
    assert told.summary == "word " * 59 + "word…"
    assert len(told.summary) <= MAX_SUMMARY
    assert len(new_story(FOURTH, article(summary="x" * 999), NOW).summary) == MAX_SUMMARY
    assert told.id == StoryId(0)


def test_hearsay_is_a_source_that_says_so() -> None:
    rumour = replace(FOURTH, reported=True)
    known = new_story(rumour, article(), NOW)
    assert known.is_report
    (one,) = judged(FOURTH, known=(known,), by=article("Variety"))
    assert str(one) == "a further source: it confirms what was only reported"
    assert isinstance(one.verdict, FurtherSource)
    grown = retold(one.verdict, article("Variety"), NOW, one.claim)
    assert not grown.is_report
    assert grown.confirmed_by == grown.sources[1]
