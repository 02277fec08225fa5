"""Articles that correct or take back what an earlier form of them told."""

import re
from collections.abc import Iterable

from bot.model import Article, Claim, Story
from bot.stories.again import may_be_one_season
from bot.stories.dates import DATED

_MARKED = re.compile(r"\b(?:(?:correct(?:ion|ed)|retract(?:s|ed|ion))\b|updated?\s*:)", re.IGNORECASE)


def correction(article: Article, claims: Iterable[Claim], story: Story) -> str | None:
    """Give the headline with which `article`, retitled, corrects the `story` that it told before.

    None where it stands by it: it claims the same, however surely, and the headline says nothing of
    a correction.
    """
    stands_by_it = any(_tells(claim, story) for claim in claims)
    return article.title if _MARKED.search(article.title) or not stands_by_it else None


def _tells(claim: Claim, story: Story) -> bool:
    is_alike = claim.kind is story.kind or (claim.kind in DATED and story.kind in DATED)
    return is_alike and claim.show_id == story.show_id and may_be_one_season(claim, story)
