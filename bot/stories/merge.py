"""Does a claim tell a known story? A new story, a further source, a changed fact, or nothing new.

A story is a show, a kind and a season; told again within a fortnight it is the same one. After
that, what happens once in a season's life (renewed, cancelled, ordered, the same date) is still no
news, while a season may well have another trailer, or another actor join.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Article, Claim, Kind, PartialDate, Show, Story
from bot.stories.people import people

WINDOW = timedelta(days=14)
"""So long a story is still being told by others."""
ONE_EVENT = timedelta(hours=48)
"""So close together, two trailers (or two castings that name nobody) are one."""

_ONCE = frozenset({Kind.RENEWED, Kind.CANCELLED, Kind.FINAL_SEASON, Kind.SERIES_ORDER})
_DATED = frozenset({Kind.PREMIERE_DATE, Kind.DELAYED})
_MANIFOLD = frozenset({Kind.CASTING, Kind.TRAILER, Kind.PRODUCTION, Kind.OTHER_SEASON_NEWS})


@dataclass(frozen=True, slots=True)
class NewStory:
    """Nobody told it yet."""

    because: str


@dataclass(frozen=True, slots=True)
class FurtherSource:
    """Another outlet tells `story`."""

    story: Story
    because: str


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """`story` says something else, or more, from now on."""

    story: Story
    season: int | None
    premiere: PartialDate | None
    because: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """Nothing new: `story` told it."""

    story: Story
    because: str


Verdict = NewStory | FurtherSource | ChangedFact | Repeated


def merge(claim: Claim, article: Article, show: Show, known: Sequence[Story], now: datetime) -> Verdict:
    """Say what `claim`, made by `article` about `show`, is to the `known` stories.

    An article without a date counts as told `now`. Give every known story of the show that may
    still matter: of the last 13 months at least, so that old news is known for what it is.
    """
    told_at = article.published_at or now
    alike = [story for story in known if _is_alike(claim, story)]
    current = [story for story in alike if abs(told_at - story.told_at) <= WINDOW]
    same = [story for story in current if _is_one_event(claim, article, show, story, told_at)]
    if same:
        return _retold(claim, article, max(same, key=lambda story: _closeness(claim, story)), told_at)
    old = next((story for story in known if _is_old_news(claim, story)), None)
    if old is not None:
        return Repeated(old, because=f"{old.sources[0].name} told it on {old.told_at:%Y-%m-%d}")
    return NewStory(because="another such story is known" if alike else "nobody told it yet")


def _is_alike(claim: Claim, story: Story) -> bool:
    """Same show and kind, and no two seasons; an article that names no season may mean any."""
    return story.show_id == claim.show_id and story.kind is claim.kind and _may_be_one_season(claim, story)


def _may_be_one_season(claim: Claim, story: Story) -> bool:
    return claim.season == story.season or claim.season is None or story.season is None


def _closeness(claim: Claim, story: Story) -> tuple[bool, datetime]:
    return claim.season == story.season, story.told_at


def _is_one_event(claim: Claim, article: Article, show: Show, story: Story, told_at: datetime) -> bool:
    """Tell apart what may happen to a season more than once.

    Castings are one where they name the same person, and two where they name others: Janney joins,
    a week later Whitford joins. Where one of them names nobody, and for the other kinds, time decides.
    """
    if claim.kind not in _MANIFOLD:
        return True
    if claim.kind is Kind.CASTING:
        familiar = (show.name, *show.other_names, *show.cast)
        ours = people(f"{article.title}. {article.summary}", familiar)
        theirs = people(f"{story.headline}. {story.summary}", familiar)
        if ours and theirs:
            return not ours.isdisjoint(theirs)
    return abs(told_at - story.told_at) <= ONE_EVENT


def _is_old_news(claim: Claim, story: Story) -> bool:
    """Whether `story`, whenever it was told, leaves `claim` nothing to tell."""
    if story.show_id != claim.show_id:
        return False
    if claim.kind in _DATED and story.kind in _DATED and _may_be_one_season(claim, story):
        if claim.premiere is None:
            return claim.kind is story.kind and claim.season is not None
        return story.premiere is not None and claim.premiere.holds(story.premiere)
    return (
        claim.kind in _ONCE
        and story.kind is claim.kind
        and claim.season is not None
        and story.season == claim.season
    )


def _retold(claim: Claim, article: Article, story: Story, told_at: datetime) -> Verdict:
    same_page = any(source.url == article.url for source in story.sources)
    is_latest = same_page or told_at >= max(source.told_at for source in story.sources)
    season = claim.season if story.season is None else story.season
    premiere, because = _newer_date(claim.premiere, story.premiere, is_latest)
    if because is None and season != story.season:
        because = f"it names season {season}"
    if because is not None:
        return ChangedFact(story, season, premiere, because)
    if same_page:
        return Repeated(story, because="this page told it already")
    if any(source.name.casefold() == article.source.casefold() for source in story.sources):
        return Repeated(story, because=f"{article.source} told it already")
    return FurtherSource(story, because="same show, kind and season")


def _newer_date(
    told: PartialDate | None, known: PartialDate | None, is_latest: bool
) -> tuple[PartialDate | None, str | None]:
    """Give the date that holds from now on and, where it is another one than before, why."""
    if told is None or (known is not None and told.holds(known)):
        return known, None
    if known is None:
        return told, f"it names a date, {told}"
    if known.holds(told):
        return told, f"its date {told} is more precise than {known}"
    if is_latest:
        return told, f"its date {told} replaces {known}"
    return known, None
