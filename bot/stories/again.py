"""A story told again: by another outlet, by the same one, or long after."""

from datetime import datetime, timedelta

from bot.model import Article, Claim, Story
from bot.stories.verdicts import ChangedFact, FurtherSource, Repeated

WINDOW = timedelta(days=14)
"""So long a story is still being told by others."""
ONE_EVENT = timedelta(hours=48)
"""So close together, two trailers (or two castings that name nobody) are one."""


def may_be_one_season(claim: Claim, story: Story) -> bool:
    """Say whether they name no two seasons; who names none may mean any."""
    return claim.season == story.season or claim.season is None or story.season is None


def is_current(story: Story, told_at: datetime) -> bool:
    """Say whether outlets still tell `story` at that time."""
    return abs(told_at - story.told_at) <= WINDOW


def is_same_page(article: Article, story: Story) -> bool:
    """Say whether `article` is a page that told `story`, whatever it says and whenever it is dated."""
    return any(source.url == article.url for source in story.sources)


def confirms(claim: Claim, story: Story) -> bool:
    """Say whether it tells as a fact what `story` only reports."""
    return story.is_report and not claim.reported


def told_again(
    claim: Claim, article: Article, story: Story, told_at: datetime
) -> ChangedFact | FurtherSource | Repeated:
    """Say what it is to `story` that `article` tells it again, its date aside."""
    if story.season is None and claim.season is not None:
        return ChangedFact(story, claim.season, story.premiere, f"it names season {claim.season}")
    if is_same_page(article, story):
        return Repeated(story, because="this page told it already")
    if not is_current(story, told_at):
        return told_long_ago(story)
    if confirms(claim, story):
        return FurtherSource(story, because="it confirms what was only reported")
    if any(source.name.casefold() == article.source.casefold() for source in story.sources):
        return Repeated(story, because=f"{article.source} told it already")
    return FurtherSource(story, because="same show, kind and season")


def told_long_ago(story: Story) -> Repeated:
    """Say who told `story`, and when."""
    return Repeated(story, because=f"{story.sources[0].name} told it on {story.told_at:%Y-%m-%d}")
