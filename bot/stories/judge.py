"""What becomes of an article's claims: each with its verdict, and whether it is heard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import Article, Claim, Kind, Show, ShowId, Source, Story, StoryId
from bot.stories.audience import Audience, Heard, Rules, Unheard, audience, doubt, weightiest_first
from bot.stories.dates import DATED
from bot.stories.merge import merge
from bot.stories.verdicts import ChangedFact, FollowUp, FurtherSource, NewStory, Verdict

MAX_SUMMARY = 300
"""Characters of an article that people see."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What besides an article decides on its claims."""

    now: datetime
    rules: Rules
    first_poll: bool = False
    """Its feed is read for the first time."""
    told_before: bool = False
    """An earlier form of it told a story, so that its edit may change that one but begins none."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim and what became of it."""

    claim: Claim
    verdict: Verdict | None
    """None: it makes no story, and `audience` says why."""
    audience: Audience

    @property
    def opens_message(self) -> bool:
        """Whether a new message tells it."""
        return isinstance(self.verdict, NewStory | FollowUp) and isinstance(self.audience, Heard)

    def __str__(self) -> str:
        match self.verdict:
            case None:
                return self.audience.because
            case NewStory(because) | FollowUp(_, _, because):
                new = "a new story" if isinstance(self.verdict, NewStory) else "a follow-up"
                heard = "announced" if isinstance(self.audience, Heard) else "not announced"
                return f"{new} ({because}), {heard}: {self.audience.because}"
            case FurtherSource(_, because):
                return f"a further source: {because}"
            case ChangedFact(_, _, _, because):
                return f"changes a story: {because}"
            case _:
                return f"nothing new: {self.verdict.because}"


def judge(
    article: Article,
    claims: Iterable[Claim],
    shows: Mapping[ShowId, Show],
    known: Sequence[Story],
    circumstances: Circumstances,
    *,
    living: bool = False,
) -> tuple[Judgement, ...]:
    """Judge what `article` claims, the weightiest claim first; of two alike only the first counts.

    A claim about a show that `shows` lacks counts for nothing.
    """
    judged: list[Judgement] = []
    for claim in weightiest_first(claims):
        if claim.show_id in shows and not any(_is_alike(claim, one.claim) for one in judged):
            judged.append(_judge(article, claim, shows[claim.show_id], known, circumstances, living, judged))
    return tuple(judged)


def new_story(
    claim: Claim, article: Article, now: datetime, verdict: NewStory | FollowUp | None = None
) -> Story:
    """Make the story that `article` is the first to tell; its id is still to come."""
    follow_up = verdict if isinstance(verdict, FollowUp) else None
    return Story(
        id=StoryId(0),
        show_id=claim.show_id,
        kind=follow_up.kind if follow_up else claim.kind,
        season=claim.season,
        premiere=claim.premiere,
        headline=article.title,
        summary=_shortened(article.summary),
        sources=(source_of(article, now, claim),),
        image_url=article.image_url,
        earlier_id=follow_up.story.id if follow_up else None,
    )


def retold(verdict: FurtherSource | ChangedFact, article: Article, now: datetime, claim: Claim) -> Story:
    """Give the story as it is once `article` has told it too, with `claim`."""
    story = verdict.story
    pages = {source.url for source in story.sources}
    sources = story.sources if article.url in pages else (*story.sources, source_of(article, now, claim))
    grown = replace(story, sources=sources, revision=story.revision + 1)
    if isinstance(verdict, ChangedFact):
        return replace(grown, season=verdict.season, premiere=verdict.premiere)
    return grown


def source_of(article: Article, now: datetime, claim: Claim) -> Source:
    """Name the article that makes `claim` as a source."""
    return Source(article.source, article.url, article.published_at or now, reported=claim.reported)


def _judge(
    article: Article,
    claim: Claim,
    show: Show,
    known: Sequence[Story],
    circumstances: Circumstances,
    living: bool,
    before: Sequence[Judgement],
) -> Judgement:
    doubted = doubt(claim, living=living, rules=circumstances.rules)
    if doubted is not None:
        return Judgement(claim, None, doubted)
    verdict = merge(claim, article, show, known, circumstances.now)
    heard = audience(
        article.published_at,
        circumstances.now,
        first_poll=circumstances.first_poll,
        told_with=next((one.claim for one in before if _tells_too(one, claim)), None),
        rules=circumstances.rules,
    )
    if circumstances.told_before and isinstance(verdict, NewStory | FollowUp):
        return Judgement(claim, None, Unheard("an edit of an article that told its news before"))
    return Judgement(claim, verdict, heard if _tells_something(verdict) else Unheard("told before"))


def _tells_too(judged: Judgement, claim: Claim) -> bool:
    """Whether the message about an earlier claim says this one too: *fifth and final season*."""
    earlier = judged.claim
    return (
        judged.opens_message
        and claim.kind is Kind.FINAL_SEASON
        and earlier.kind in (Kind.RENEWED, Kind.CANCELLED)
        and (earlier.show_id, earlier.season) == (claim.show_id, claim.season)
    )


def _tells_something(verdict: Verdict) -> bool:
    """News of its own does; so does another premiere date, to those who have no message of it yet."""
    if isinstance(verdict, ChangedFact):
        return verdict.story.kind in DATED and verdict.premiere != verdict.story.premiere
    return isinstance(verdict, NewStory | FollowUp)


def _is_alike(claim: Claim, other: Claim) -> bool:
    """Whether both tell one thing; that a season is late and when it comes is one."""
    if claim.show_id != other.show_id:
        return False
    same = claim.kind is other.kind or (claim.kind in DATED and other.kind in DATED)
    return same and (claim.season == other.season or None in (claim.season, other.season))


def _shortened(text: str) -> str:
    if len(text) <= MAX_SUMMARY:
        return text
    cut = text[:MAX_SUMMARY]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[1:] else cut[:-1]}…"
