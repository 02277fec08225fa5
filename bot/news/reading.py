"""What understanding an article comes to: claims or the reasons for silence, and how it was reached."""

from dataclasses import dataclass

from bot.model import Article, Claim, Show, ShowId, Span
from bot.news.claims import Findings
from bot.news.confidence import ANNOUNCE_AT
from bot.news.mentions import Linked
from bot.news.sheet import Sheet
from bot.news.silence import Objection


@dataclass(frozen=True, slots=True)
class Silence:
    """A reason why an article, or one show in it, is no news."""

    reason: str
    show: Show | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """What was found on the way to a reading, kept so that it can be explained."""

    linked: Linked
    sheet: Sheet | None = None
    """None where no show is named."""
    found: tuple[Findings, ...] = ()
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An article understood."""

    article: Article
    """In the plain text that spans are places in."""
    shows: tuple[Show, ...] = ()
    """The shows of the claims, in order of appearance."""
    claims: tuple[Claim, ...] = ()
    silences: tuple[Silence, ...] = ()
    living: bool = False
    """The post says itself that it will be updated, or asks what it cannot answer."""
    trace: Trace | None = None
    seasons: tuple[int | None, ...] = ()
    """For each of `shows`, the season that the article is about."""

    @property
    def announced(self) -> tuple[Claim, ...]:
        """The claims that may be announced."""
        return tuple(claim for claim in self.claims if claim.confidence >= ANNOUNCE_AT)

    def show(self, show_id: ShowId) -> Show:
        """Give the show of a claim."""
        return next(show for show in self.shows if show.id == show_id)
