"""The nouns of the bot: frozen values that every other part passes around.

All times are aware UTC. Ids are `NewType`s, so that a channel is never passed for a guild.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, StrEnum, auto
from typing import NewType, Self

FeedId = NewType("FeedId", int)
ArticleId = NewType("ArticleId", int)
ShowId = NewType("ShowId", int)
"""TVmaze's id of a show (a row number where a catalogue file takes TVmaze's place)."""
StoryId = NewType("StoryId", int)
AnnouncementId = NewType("AnnouncementId", int)
GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
UserId = NewType("UserId", int)


class Kind(StrEnum):
    """What sort of season news a claim or story tells."""

    RENEWED = "renewed"
    CANCELLED = "cancelled"
    FINAL_SEASON = "final_season"
    PREMIERE_DATE = "premiere_date"
    DELAYED = "delayed"
    TRAILER = "trailer"
    CASTING = "casting"
    PRODUCTION = "production"
    SERIES_ORDER = "series_order"
    SPINOFF = "spinoff"
    OTHER_SEASON_NEWS = "other_season_news"


class YearPart(StrEnum):
    """A part of a year as the trade dates shows: "fall 2025"."""

    SPRING = "spring"
    SUMMER = "summer"
    FALL = "fall"
    WINTER = "winter"


_FIRST_MONTH = {YearPart.WINTER: 1, YearPart.SPRING: 3, YearPart.SUMMER: 6, YearPart.FALL: 9}
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-(spring|summer|fall|winter))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as the news told it: a year, a part of it, a month, or a day.

    Written `2025`, `2025-fall`, `2025-10` or `2025-10-16`. `part` excludes `month` and `day`;
    `day` needs `month`. Winter is January and February of its year, spring March to May, and so on;
    December is told as a month.
    """

    year: int
    month: int | None = None
    day: int | None = None
    part: YearPart | None = None

    def __post_init__(self) -> None:
        if self.part is not None and self.month is not None:
            raise ValueError("a date has a part of the year or a month, not both")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError for anything else."""
        found = _PARTIAL_DATE.fullmatch(text)
        if found is None:
            raise ValueError(f"not a partial date: {text!r}")
        year, month, day, part = found.groups()
        return cls(
            int(year),
            int(month) if month else None,
            int(day) if day else None,
            YearPart(part) if part else None,
        )

    @classmethod
    def of_day(cls, day: date) -> Self:
        """Give the exact date `day`."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        if self.part is not None:
            return f"{self.year:04}-{self.part}"
        numbers = [f"{self.year:04}"]
        numbers += [f"{number:02}" for number in (self.month, self.day) if number is not None]
        return "-".join(numbers)

    @property
    def earliest(self) -> date:
        """The first day that it may mean."""
        month = _FIRST_MONTH[self.part] if self.part is not None else self.month or 1
        return date(self.year, month, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it may mean."""
        if self.day is not None:
            return self.earliest
        if self.month is not None:
            month = self.month
        elif self.part is not None:
            month = 2 if self.part is YearPart.WINTER else _FIRST_MONTH[self.part] + 2
        else:
            month = 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def holds(self, other: "PartialDate") -> bool:
        """Say whether `other` tells the same time as precisely or more so."""
        return self.earliest <= other.earliest and other.latest <= self.latest


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom address that we poll, with what its last answers taught us."""

    id: FeedId
    name: str
    url: str
    next_poll_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    """Failed polls in a row."""
    first_polled_at: datetime | None = None
    """When it was first read; None until then, and that first reading is silent."""
    last_polled_at: datetime | None = None
    last_error: str | None = None
    """A sentence about the last poll, None where it went well."""


@dataclass(frozen=True, slots=True)
class Article:
    """One feed entry, in plain text. `identity` is unique within its feed."""

    identity: str
    """`guid:…`, `link:…` or `title:…`, whichever the entry gave first."""
    url: str
    title: str
    summary: str
    source: str
    """The outlet's name as people know it."""
    published_at: datetime | None = None
    """As the entry tells it; None where it does not, and never later than when we read it."""
    content_hash: str = ""
    author: str | None = None
    image_url: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Season:
    """A numbered season of a show as the catalogue has it."""

    number: int
    episodes: int | None = None
    premiere_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """A series of the catalogue."""

    id: ShowId
    name: str
    year: int | None = None
    """Of its first episode."""
    ended_year: int | None = None
    network: str | None = None
    """Network or streaming platform."""
    country: str | None = None
    """ISO 3166 alpha-2 where TVmaze told it; several joined with `/`."""
    status: str | None = None
    """TVmaze's word: Running, Ended, To Be Determined, In Development."""
    weight: int = 0
    """TVmaze's popularity, 0 to 100."""
    url: str | None = None
    """The show's TVmaze page, which every card links (CC BY-SA)."""
    image_url: str | None = None
    other_names: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Tell it from its namesakes: `The Diplomat (2023 · Netflix · US)`."""
        marks = [str(mark) for mark in (self.year, self.network, self.country) if mark]
        return f"{self.name} ({' · '.join(marks)})" if marks else self.name


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an article: characters `start` to `end` (exclusive) of the named field."""

    start: int
    end: int
    field: str
    """`title`, `summary`, `url` or `categories`."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule that spoke for (weight > 0) or against (weight < 0) a claim, and where."""

    rule: str
    weight: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that an article says about one show."""

    show_id: ShowId
    kind: Kind
    season: int | None = None
    premiere: PartialDate | None = None
    was: PartialDate | None = None
    """For `delayed`: the date that no longer holds, where the article tells it."""
    confidence: float = 1.0
    """The chance, 0 to 1, that an editor would agree."""
    evidence: tuple[Evidence, ...] = ()
    reported: bool = False
    """The article says itself that it is hearsay: "reportedly", "according to reports"."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that tells a story."""

    name: str
    """The outlet."""
    url: str
    told_at: datetime
    correction: str | None = None
    """The page's headline by now, where it corrected or took back what it told."""
    reported: bool = False
    """It tells it as hearsay."""


@dataclass(frozen=True, slots=True)
class Story:
    """One piece of news that the world has, with all who told it, the first of them first."""

    id: StoryId
    show_id: ShowId
    kind: Kind
    season: int | None
    premiere: PartialDate | None
    headline: str
    summary: str
    """At most 300 characters of the first article."""
    sources: tuple[Source, ...]
    image_url: str | None = None
    revision: int = 1
    """Grows with every change that a sent message must show."""
    earlier_id: StoryId | None = None
    """The story that this one changes: the first that dated the season, the decision that is reversed."""

    @property
    def told_at(self) -> datetime:
        """When its first source told it."""
        return self.sources[0].told_at

    @property
    def is_report(self) -> bool:
        """Whether nobody tells it as a fact."""
        return all(source.reported for source in self.sources)

    @property
    def confirmed_by(self) -> Source | None:
        """Who was first to tell as a fact what began as hearsay; None where nobody did, or it never was."""
        if not self.sources[0].reported:
            return None
        return next((source for source in self.sources if not source.reported), None)


@dataclass(frozen=True, slots=True)
class Guild:
    """A Discord server that has the bot."""

    id: GuildId
    channel_id: ChannelId | None = None
    """Where announcements go unless a follow says otherwise."""
    left_at: datetime | None = None
    publish: bool = False
    """Whether what is announced in an announcement channel is published, too."""


@dataclass(frozen=True, slots=True)
class Follow:
    """A server's wish to hear of a show."""

    guild_id: GuildId
    show_id: ShowId
    channel_id: ChannelId | None = None
    """None: the server's announcement channel."""
    created_by: UserId | None = None


class Publishing(Enum):
    """Whether an announcement goes on to the servers that follow an announcement channel."""

    NO = auto()
    """The server did not ask for it."""
    YES = auto()
    USED_UP = auto()
    """The server asked, but Discord publishes ten an hour in a channel, and they are used up."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An announcement as a line of a summary."""

    id: AnnouncementId
    story: Story
    show: Show
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Announcement:
    """A story for one channel: what the outbox holds, and then a Discord message."""

    id: AnnouncementId
    guild_id: GuildId
    channel_id: ChannelId
    story: Story
    show: Show
    message_id: MessageId | None = None
    """Set once it was sent; then a due announcement asks for an edit."""
    attempts: int = 0
    earlier: Story | None = None
    """The story that this one changes."""
    later: Story | None = None
    """The latest story that changes this one."""
    reply_to: MessageId | None = None
    """The channel's message of `earlier`, where there is one."""
    doubtful_since: datetime | None = None
    """Since then an attempt may have made its message, longer ago than its nonce helps: look for it first."""
    created_at: datetime = _END_OF_TIME
    """When it was put into the outbox."""
    publishing: Publishing = Publishing.NO
    listed: tuple[Listed, ...] = ()
    """Where it is a summary: what it tells, itself first."""

    @property
    def nonce(self) -> str:
        """What makes Discord answer a repeated send with the first message; at most 25 characters."""
        return f"greenlit-{self.id}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A channel that takes nothing of ours until somebody on its server mends it."""

    channel_id: ChannelId
    guild_id: GuildId
    why: str
    """A sentence for that somebody, without a full stop."""
    since: datetime
    probe_at: datetime
    """When one announcement will be tried there again."""
    probes: int = 0
    """How often that was."""
