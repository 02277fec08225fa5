"""Articles become stories and announcements, within the transaction of their poll."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model import Article, ArticleId, Story, StoryId
from bot.news.reading import Reading, Silence
from bot.storage.articles import record_tellers
from bot.storage.changes import record_correction, record_followed_up
from bot.storage.claims import Judged, replace_claims
from bot.storage.database import Transaction
from bot.storage.outbox import add_announcements, mark_changed
from bot.storage.stories import add_story, get_stories, list_told_since, lock_stories, record_told
from bot.stories.audience import Heard, Rules
from bot.stories.corrections import correction
from bot.stories.judge import Circumstances, Judgement, judge, new_story, retold, source_of
from bot.stories.verdicts import ChangedFact, FollowUp, FurtherSource, NewStory, Repeated

KEPT = timedelta(days=400)
"""So long a story counts as known: thirteen months and some days."""


FAULT = Silence("a fault in reading it")
"""Why an article says nothing that we failed to read; it takes nothing back."""


@dataclass(frozen=True, slots=True)
class Former:
    """What an article was before its edit."""

    title: str
    stories: frozenset[StoryId]
    """Those that it is a source of."""
    told: bool
    """Some form of it told a story, be it one that others had told."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new or changed article, stored and read."""

    article_id: ArticleId
    article: Article
    reading: Reading
    former: Former | None = None
    """None where it is new."""

    @property
    def told_before(self) -> bool:
        """Whether an earlier form of it told a story."""
        return self.former is not None and self.former.told


@dataclass(slots=True)
class Told:
    """What a poll's articles came to."""

    stories: int = 0
    """New ones."""
    announcements: int = 0
    """Messages to be sent."""
    edits: int = 0
    """Messages to be edited."""


async def tell(
    tx: Transaction, arrivals: Iterable[Arrival], *, first_poll: bool, rules: Rules, now: datetime
) -> Told:
    """Judge articles, the oldest first, each knowing what those before told; store all that follows."""
    ordered = sorted(arrivals, key=lambda one: one.article.published_at or now)
    claimed = {claim.show_id for one in ordered for claim in one.reading.claims}
    if claimed or any(one.told_before for one in ordered):
        await lock_stories(tx)
    earliest = min((one.article.published_at or now for one in ordered), default=now)
    chronicle = _Chronicle(tx, await list_told_since(tx, claimed, earliest - KEPT), now)
    judged: dict[ArticleId, list[Judged]] = {}
    for arrival in ordered:
        circumstances = Circumstances(now, rules, first_poll, arrival.told_before)
        reading = arrival.reading
        shows = {show.id: show for show in reading.shows}
        found = [Judged(silence_told(silence)) for silence in reading.silences]
        for one in judge(
            arrival.article, reading.claims, shows, chronicle.stories, circumstances, living=reading.living
        ):
            found.append(Judged(str(one), one.claim, await chronicle.add(one, arrival)))
        judged[arrival.article_id] = found
        await chronicle.correct(arrival)
    await replace_claims(tx, judged)
    tellers = [one for one, found in judged.items() if any(it.story_id is not None for it in found)]
    await record_tellers(tx, tellers, now)
    return chronicle.told


def silence_told(silence: Silence) -> str:
    """Say in words why an article, or a show in it, is no news."""
    return f"{silence.show.label}: {silence.reason}" if silence.show else silence.reason


class _Chronicle:
    """The stories that are known, as one transaction's articles add to them."""

    def __init__(self, tx: Transaction, known: Iterable[Story], now: datetime) -> None:
        self.told = Told()
        self._tx = tx
        self._now = now
        self._known = {story.id: story for story in known}

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(self._known.values())

    async def add(self, judgement: Judgement, arrival: Arrival) -> StoryId | None:
        """Store what a judgement comes to; give the story that it is about."""
        match judgement.verdict:
            case NewStory() | FollowUp() as verdict:
                return await self._begin(verdict, judgement, arrival)
            case FurtherSource() | ChangedFact() as verdict:
                await self._go_on(verdict, judgement, arrival)
                return verdict.story.id
            case Repeated(story):
                return story.id
            case None:
                return None

    async def correct(self, arrival: Arrival) -> None:
        """Let the stories that a retitled article told before show where it corrects them."""
        article, former = arrival.article, arrival.former
        if former is None or former.title == article.title or FAULT in arrival.reading.silences:
            return
        for story in (await get_stories(self._tx, former.stories)).values():
            headline = correction(article, arrival.reading.claims, story)
            is_new = await record_correction(self._tx, story.id, arrival.article_id, headline)
            self.told.edits += await mark_changed(self._tx, story.id, self._now) if is_new else 0

    async def _begin(self, verdict: NewStory | FollowUp, judgement: Judgement, arrival: Arrival) -> StoryId:
        story = new_story(judgement.claim, arrival.article, self._now, verdict)
        story_id = await add_story(self._tx, story, arrival.article_id)
        self._known[story_id] = replace(story, id=story_id)
        self.told.stories += 1
        for changed in await record_followed_up(self._tx, self._known[story_id]):
            self.told.edits += await mark_changed(self._tx, changed, self._now)
        if isinstance(judgement.audience, Heard):
            self.told.announcements += await add_announcements(self._tx, story_id, self._now)
        return story_id

    async def _go_on(
        self, verdict: FurtherSource | ChangedFact, judgement: Judgement, arrival: Arrival
    ) -> None:
        story = retold(verdict, arrival.article, self._now, judgement.claim)
        source = source_of(arrival.article, self._now, judgement.claim)
        await record_told(
            self._tx, story, source, arrival.article_id, season=story.season, premiere=story.premiere
        )
        self._known[story.id] = story
        self.told.edits += await mark_changed(self._tx, story.id, self._now)
        if isinstance(judgement.audience, Heard):
            self.told.announcements += await add_announcements(self._tx, story.id, self._now)
