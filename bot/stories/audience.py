"""Who hears of a claim: nobody where it is doubtful, late or told already; else all who follow the show.

Which channels those are is one statement over the follows (`storage/outbox.add_announcements`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Claim, Kind

_WEIGHTIEST_FIRST = (
    Kind.CANCELLED,
    Kind.RENEWED,
    Kind.FINAL_SEASON,
    Kind.DELAYED,
    Kind.PREMIERE_DATE,
    Kind.SERIES_ORDER,
    Kind.SPINOFF,
    Kind.CASTING,
    Kind.TRAILER,
    Kind.PRODUCTION,
    Kind.OTHER_SEASON_NEWS,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is still worth announcing, as the settings say."""

    announce_at: float
    """The least confidence of a claim that is announced."""
    max_age: timedelta = timedelta(hours=72)
    first_poll_max_age: timedelta = timedelta(0)
    """Of what a feed holds when it is first read; zero: nothing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All who follow the show hear of it."""

    because: str = "it is news"


@dataclass(frozen=True, slots=True)
class Unheard:
    """Nobody hears of it."""

    because: str


Audience = Heard | Unheard


def weightiest_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Put the claims of an article in the order in which an editor would tell them."""
    return tuple(sorted(claims, key=lambda claim: _WEIGHTIEST_FIRST.index(claim.kind)))


def doubt(claim: Claim, *, living: bool, rules: Rules) -> Unheard | None:
    """Say why a claim makes no story at all; None where it does.

    `living`: the article is a post that says it will be updated; it sums up and is followed, not announced.
    """
    if living:
        return Unheard("a living post, which sums up what others told")
    if claim.confidence < rules.announce_at:
        return Unheard(f"not sure enough: {claim.confidence:.2f}, and {rules.announce_at:.2f} is needed")
    return None


def audience(
    told_at: datetime | None, now: datetime, *, first_poll: bool, told_with: Claim | None, rules: Rules
) -> Audience:
    """Say whether a new story is heard, and why.

    `told_at` is None where the article has no date: such a one counts as fresh, but not when its
    feed is read for the first time. `told_with` is the article's weightier claim about the show whose
    message is about to tell this one too.
    """
    age = timedelta(0) if told_at is None else now - told_at
    if first_poll and (told_at is None or age >= rules.first_poll_max_age):
        return Unheard("its feed was read for the first time, and it was there already")
    if age > rules.max_age:
        return Unheard(f"too old: {_hours(age)} hours, and {_hours(rules.max_age)} is the most")
    if told_with is not None:
        return Unheard(f"the same article's message about {told_with.kind.value} tells it")
    return Heard()


def _hours(length: timedelta) -> str:
    return f"{length / timedelta(hours=1):.0f}"
