"""What was decided, and then decided otherwise: cancelled and saved elsewhere, renewed and then cancelled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model import Claim, Kind, Story
from bot.stories.again import WINDOW
from bot.stories.verdicts import FollowUp, Repeated

_OPPOSITE = {Kind.RENEWED: Kind.CANCELLED, Kind.CANCELLED: Kind.RENEWED}
REVERSIBLE = timedelta(days=270)
"""After that a season has aired, or its end is old; the next decision reverses nothing."""


def merge_reversal(claim: Claim, known: Sequence[Story], told_at: datetime) -> FollowUp | Repeated | None:
    """Say what a claim of a decision is where the opposite was the last one told; None where it was not.

    Who tells the old decision within a fortnight of its reversal is late, and reverses nothing; nor
    does hearsay reverse a fact.
    """
    opposite = _latest(known, claim, _OPPOSITE.get(claim.kind), told_at)
    if opposite is None or (claim.reported and not opposite.is_report):
        return None
    if told_at - opposite.told_at > REVERSIBLE or _has_aired(opposite, known, told_at):
        return None
    alike = _latest(known, claim, claim.kind, told_at)
    if alike is None:
        return FollowUp(opposite, claim.kind, because=f"it reverses what {opposite.sources[0].name} told")
    if alike.told_at >= opposite.told_at:
        return None
    if told_at - opposite.told_at <= WINDOW:
        return Repeated(alike, because=f"told before, and {opposite.kind.value} since")
    return FollowUp(opposite, claim.kind, because=f"it reverses what {opposite.sources[0].name} told")


def _latest(known: Sequence[Story], claim: Claim, kind: Kind | None, told_at: datetime) -> Story | None:
    found = [
        story
        for story in known
        if story.show_id == claim.show_id
        and story.kind is kind
        and story.told_at <= told_at
        and _may_touch(claim, story)
    ]
    return max(found, key=lambda story: (story.told_at, story.id), default=None)


def _may_touch(claim: Claim, story: Story) -> bool:
    """Whether the two speak of one season, or of an end and the season that would come after it."""
    if claim.season is None or story.season is None or claim.season == story.season:
        return True
    if claim.kind is story.kind:
        return False
    last, next_one = sorted((claim.season, story.season))
    ends_first = (claim if claim.kind is Kind.CANCELLED else story).season == last
    return next_one == last + 1 and ends_first


def _has_aired(decided: Story, known: Sequence[Story], told_at: datetime) -> bool:
    """Whether the season that was ordered has begun by then: to cancel the show then reverses nothing."""
    return decided.kind is Kind.RENEWED and any(
        story.kind is Kind.PREMIERE_DATE
        and (story.show_id, story.season) == (decided.show_id, decided.season)
        and story.premiere is not None
        and story.premiere.latest < told_at.date()
        for story in known
    )
