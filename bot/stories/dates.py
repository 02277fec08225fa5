"""The date of a premiere, as the news tells it better and better: "fall 2025", a day, a later day.

The stories that date one season are a chain. The first of them opens it; each change is a story of its
own that links back to the first. The chain lives until the season has aired.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.model import Article, Claim, Kind, PartialDate, Story, StoryId
from bot.stories.again import ONE_EVENT, is_current, is_same_page, may_be_one_season, told_again
from bot.stories.verdicts import ChangedFact, FollowUp, Repeated, Verdict

DATED = frozenset({Kind.PREMIERE_DATE, Kind.DELAYED})


def merge_date(claim: Claim, article: Article, known: Sequence[Story], told_at: datetime) -> Verdict | None:
    """Say what a claim of a date is to the chain that it belongs to; None where there is no such chain."""
    alive = [story for story in known if _is_same_premiere(claim, article, story, told_at)]
    if not alive:
        return None
    current = max(alive, key=lambda story: (story.season == claim.season, story.told_at, story.id))
    first = next((story for story in known if story.id == current.earlier_id), current)
    chain = [story for story in known if _first(story) == _first(current)]
    if claim.reported and not current.is_report:
        return Repeated(current, because=f"only reported, against what {current.sources[0].name} told")
    if claim.premiere is None:
        is_news = claim.kind is Kind.DELAYED and current.kind is not Kind.DELAYED
        if is_news and _is_latest(article, current, told_at) and not is_same_page(article, current):
            return FollowUp(first, Kind.DELAYED, because="the season is late, and no date is told")
        return told_again(claim, article, current, told_at)
    because = _news(claim.premiere, article, current, chain, told_at)
    if because is None:
        return told_again(claim, article, current, told_at)
    if is_same_page(article, current) or _is_mere_detail(claim, current, told_at):
        season = current.season if current.season is not None else claim.season
        return ChangedFact(current, season, claim.premiere, because)
    return FollowUp(first, _kind(claim.kind, claim.premiere, current.premiere), because)


def _is_same_premiere(claim: Claim, article: Article, story: Story, told_at: datetime) -> bool:
    """Whether both are about the same start: of a season that is still to air, once the news is cold."""
    if story.kind not in DATED or story.show_id != claim.show_id or not may_be_one_season(claim, story):
        return False
    if is_current(story, told_at) or is_same_page(article, story):
        return True
    if claim.season is None or story.season is None:
        told, known = claim.premiere, story.premiere
        return claim.season == story.season and None not in (told, known) and _is_finer(told, known)
    return story.premiere is None or story.premiere.latest >= told_at.date()


def _first(story: Story) -> StoryId:
    return story.id if story.earlier_id is None else story.earlier_id


def _is_latest(article: Article, story: Story, told_at: datetime) -> bool:
    return is_same_page(article, story) or told_at >= max(source.told_at for source in story.sources)


def _news(
    told: PartialDate, article: Article, current: Story, chain: Sequence[Story], told_at: datetime
) -> str | None:
    """Say why the date `told` is news to the chain; None where it is not."""
    known = current.premiere
    if known is None:
        return f"it names a date, {told}"
    if told.holds(known):
        return None
    if known.holds(told):
        return f"its date {told} is more precise than {known}"
    was_replaced = any(story.premiere == told for story in chain) and is_current(current, told_at)
    if was_replaced or not _is_latest(article, current, told_at):
        return None
    return f"its date {told} replaces {known}"


def _is_mere_detail(claim: Claim, story: Story, told_at: datetime) -> bool:
    """Whether fresh news only gets a little more precise, and no day of it is known yet."""
    told, known = claim.premiere, story.premiere
    is_finer = told is not None and told.day is None and (known is None or known.holds(told))
    return is_finer and claim.kind is story.kind and abs(told_at - story.told_at) <= ONE_EVENT


def _kind(kind: Kind, told: PartialDate, known: PartialDate | None) -> Kind:
    return Kind.DELAYED if known is not None and told.earliest > known.latest else kind


def _is_finer(told: PartialDate | None, known: PartialDate | None) -> bool:
    return told is not None and known is not None and (known.holds(told) or told.holds(known))
