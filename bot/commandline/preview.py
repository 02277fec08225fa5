"""`preview`: poll once and print what would be announced to a server that follows every show."""

from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bot import clock
from bot.catalogue.names import Names
from bot.commandline.documents import whole_document
from bot.commandline.reading import load_catalogue
from bot.config import Settings
from bot.errors import FeedError, UsageError
from bot.feeds.fetch import Fetched, open_session
from bot.jobs.parsing import Parser
from bot.jobs.tell import silence_told
from bot.model import Article, Show, Story, StoryId
from bot.news.confidence import ANNOUNCE_AT
from bot.news.understand import understand
from bot.stories.audience import Heard, Rules
from bot.stories.judge import Circumstances, Judgement, judge, new_story, retold
from bot.stories.verdicts import ChangedFact, FollowUp, FurtherSource, NewStory

_ALL_AGES = Rules(announce_at=ANNOUNCE_AT, max_age=timedelta.max, first_poll_max_age=timedelta.max)
"""What is old is shown too: a preview is for trying, and a captured feed is always old."""
_UNDER = "\n" + " " * 14


async def print_preview(arguments: Namespace, settings: Settings) -> int:
    """Read each feed once and print its stories, with further sources merged; 1 where a feed failed."""
    names, _ = await load_catalogue(arguments, settings)
    places = [(_name(place), place) for place in arguments.places] or [
        (feed.name, feed.url) for feed in settings.feeds
    ]
    preview = _Preview(names, tell_silent=arguments.silent)
    failed = 0
    parser = Parser()
    try:
        async with open_session(settings.polling.allow_private_addresses) as session:
            async for source, read in _read_all(places, session, parser):
                print(f"\n== {source}")
                if isinstance(read, FeedError):
                    print(f"   not read: {read}")
                    failed += 1
                else:
                    preview.tell(read)
    finally:
        parser.close()
    print(f"\n{preview.articles} articles, {len(preview.stories)} stories, {failed} feeds not read.")
    return 1 if failed else 0


class _Preview:
    """Prints what articles tell, knowing what those before told."""

    def __init__(self, names: Names, *, tell_silent: bool) -> None:
        self.articles = 0
        self.stories: dict[StoryId, Story] = {}
        self._names = names
        self._tell_silent = tell_silent

    def tell(self, articles: tuple[Article, ...]) -> None:
        """Print the stories of a feed's articles, the oldest first."""
        now = clock.now()
        for article in sorted(articles, key=lambda one: one.published_at or now):
            self.articles += 1
            reading = understand(article, self._names)
            shows = {show.id: show for show in reading.shows}
            judged = judge(
                article,
                reading.claims,
                shows,
                tuple(self.stories.values()),
                Circumstances(now, _ALL_AGES),
                living=reading.living,
            )
            for one in judged:
                self._tell(one, article, shows[one.claim.show_id])
            if self._tell_silent and not any(isinstance(one.audience, Heard) for one in judged):
                reasons = [str(one) for one in judged] or [silence_told(one) for one in reading.silences]
                print(f"   silent     {article.title}{_UNDER}{'; '.join(reasons) or 'no news in it'}")

    def _tell(self, judgement: Judgement, article: Article, show: Show) -> None:
        match judgement.verdict:
            case NewStory() | FollowUp() as verdict:
                story_id = StoryId(len(self.stories) + 1)
                story = new_story(judgement.claim, article, clock.now(), verdict)
                self.stories[story_id] = replace(story, id=story_id)
                if isinstance(judgement.audience, Heard):
                    print(_announced(self.stories[story_id], show))
            case FurtherSource(story) | ChangedFact(story) as verdict:
                self.stories[story.id] = retold(verdict, article, clock.now(), judgement.claim)
                print(f"   also told  {article.title}{_UNDER}{judgement}")
            case _:
                pass


def _announced(story: Story, show: Show) -> str:
    facts = [story.kind.replace("_", " "), show.label]
    facts += [f"season {story.season}"] if story.season is not None else []
    facts += [f"premiere {story.premiere}"] if story.premiere is not None else []
    lines = (" | ".join(facts), story.headline, story.sources[0].url)
    return f"   ANNOUNCE   {_UNDER.join(lines)}"


async def _read_all(
    places: list[tuple[str, str]], session: aiohttp.ClientSession, parser: Parser
) -> AsyncIterator[tuple[str, tuple[Article, ...] | FeedError]]:
    for source, place in places:
        try:
            document = await _document(place, session)
            parsed = await parser.parse(document, source=source, read_at=clock.now())
        except FeedError as error:
            yield source, error
        else:
            yield source, parsed.articles


async def _document(place: str, session: aiohttp.ClientSession) -> Fetched:
    """Fetch an address or read a file."""
    if urlsplit(place).scheme not in ("http", "https"):
        return _file(Path(place))
    return await whole_document(session, place)


def _file(path: Path) -> Fetched:
    try:
        return Fetched(path.resolve().as_uri(), path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error


def _name(place: str) -> str:
    return urlsplit(place).hostname or Path(place).name
