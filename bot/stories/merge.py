"""What is a claim to the known stories? A new one, a change, a further source, or nothing new.

A story is a show, a kind and a season; told again within a fortnight it is the same one. After
that, what happens once in a season's life (renewed, cancelled, ordered, the same date) is still no
news, while a season may well have another trailer, or another actor join.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.model import Article, Claim, Kind, Show, Story
from bot.stories.again import (
    ONE_EVENT,
    confirms,
    is_current,
    is_same_page,
    may_be_one_season,
    told_again,
    told_long_ago,
)
from bot.stories.dates import DATED, merge_date
from bot.stories.people import people
from bot.stories.reversals import merge_reversal
from bot.stories.verdicts import FollowUp, NewStory, Verdict

_ONCE = frozenset({Kind.RENEWED, Kind.CANCELLED, Kind.FINAL_SEASON, Kind.SERIES_ORDER})
_MANIFOLD = frozenset({Kind.CASTING, Kind.TRAILER, Kind.PRODUCTION, Kind.OTHER_SEASON_NEWS})


def merge(claim: Claim, article: Article, show: Show, known: Sequence[Story], now: datetime) -> Verdict:
    """Say what `claim`, made by `article` about `show`, is to the `known` stories.

    An article without a date counts as told `now`. Give every known story of the show that may
    still matter: of the last 13 months at least, so that old news is known for what it is.
    """
    told_at = article.published_at or now
    if claim.kind in DATED:
        found = merge_date(claim, article, known, told_at)
    else:
        found = merge_reversal(claim, known, told_at) or _merge_same(claim, article, show, known, told_at)
    if found is not None:
        return found
    old = next((story for story in known if _is_old_news(claim, story)), None)
    if old is not None and confirms(claim, old):
        return FollowUp(old, claim.kind, because=f"it confirms what {old.sources[0].name} only reported")
    if old is not None:
        return told_long_ago(old)
    is_another = any(_is_alike(claim, story) for story in known)
    return NewStory(because="another such story is known" if is_another else "nobody told it yet")


def _merge_same(
    claim: Claim, article: Article, show: Show, known: Sequence[Story], told_at: datetime
) -> Verdict | None:
    """Say what the claim is to a story that is still told, or that its own page told; None without one."""
    alike = [story for story in known if _is_alike(claim, story)]
    same = [story for story in alike if _is_one_event(claim, article, show, story, told_at)]
    if not same:
        return None
    closest = max(same, key=lambda story: (story.season == claim.season, story.told_at))
    return told_again(claim, article, closest, told_at)


def _is_alike(claim: Claim, story: Story) -> bool:
    """Same show and kind, and no two seasons; an article that names no season may mean any."""
    return story.show_id == claim.show_id and story.kind is claim.kind and may_be_one_season(claim, story)


def _is_one_event(claim: Claim, article: Article, show: Show, story: Story, told_at: datetime) -> bool:
    """Tell apart what may happen to a season more than once.

    Castings are one where they name the same person, and two where they name others: Janney joins,
    a week later Whitford joins. Where one of them names nobody, and for the other kinds, time decides;
    a page that told it before tells it still, whatever date its publisher puts on it.
    """
    if claim.kind is Kind.CASTING:
        familiar = (show.name, *show.other_names, *show.cast)
        ours = people(f"{article.title}. {article.summary}", familiar)
        theirs = people(f"{story.headline}. {story.summary}", familiar)
        if ours and theirs and (ours.isdisjoint(theirs) or is_current(story, told_at)):
            return not ours.isdisjoint(theirs)
    if is_same_page(article, story):
        return True
    if claim.kind in _MANIFOLD:
        return abs(told_at - story.told_at) <= ONE_EVENT
    return is_current(story, told_at)


def _is_old_news(claim: Claim, story: Story) -> bool:
    """Whether `story`, whenever it was told, leaves `claim` nothing to tell."""
    if story.show_id != claim.show_id:
        return False
    if claim.kind in DATED and story.kind in DATED and may_be_one_season(claim, story):
        if claim.premiere is None:
            return claim.kind is story.kind and claim.season is not None
        return story.premiere is not None and claim.premiere.holds(story.premiere)
    return (
        claim.kind in _ONCE
        and story.kind is claim.kind
        and claim.season is not None
        and story.season == claim.season
    )
