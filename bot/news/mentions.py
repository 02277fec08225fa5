"""What an article says about which show: the values that linking hands on.

A `ShowMention` is one occurrence of one name. `Linked` holds all of an article, in the order
title, summary, categories; what each mention means for the news is not decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.model import Evidence, Show, ShowId, Span


class Doubt(StrEnum):
    """Why a name that occurs is not taken for a show."""

    ORDINARY = "ordinary words"
    """The words have an everyday sense and nothing says that a title is meant."""
    LONGER = "part of a longer name"
    """They belong to a longer title or name: `Halo Infinite`, `Miranda Hart`."""
    NAMESAKES = "namesakes undecided"
    """Several shows have the name and nothing tells them apart."""
    OTHER_WORK = "another work"
    """A film, game, book or team of that name is meant."""


class Role(StrEnum):
    """The part that a mention plays in its sentence, as its nearest words tell."""

    PLAIN = "plain"
    CREDIT = "credit"
    """Somebody's earlier or other work: `from the maker of X`, `Jo Doe (X)`, `X alum`."""
    PARENT = "parent"
    """What another show comes from: `X spin-off Y`, `prequel to X`."""
    COMPARISON = "comparison"
    """Named beside the subject: `like X`, `after X`, `fans of X`."""


@dataclass(frozen=True, slots=True)
class ShowMention:
    """One occurrence of a show's name."""

    span: Span
    text: str
    """The name as the article writes it."""
    show: Show | None
    """The show that is meant; None where there is a `doubt`."""
    confidence: float
    """The chance, 0 to 1, that this very show is meant by these words."""
    doubt: Doubt | None = None
    candidates: tuple[Show, ...] = ()
    """All shows of that name, the likeliest first, at most five."""
    evidence: tuple[Evidence, ...] = ()
    """What led there; evidence without spans speaks of the name's own words."""
    role: Role = Role.PLAIN
    is_quoted: bool = False
    is_capitals: bool = False
    """Written in capitals where the words around it are not."""
    is_possessive: bool = False
    """Followed by 's: `Yellowstone's second spin-off`."""
    beside_season: bool = False
    """A season, series or number stands beside it: `X season 3`, `Staffel 2 von X`, `X 2`."""
    is_short: bool = False
    """Written without its article, its subtitle or what comes before the colon."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions of an article, and what it names besides."""

    mentions: tuple[ShowMention, ...]
    networks: tuple[tuple[str, Span], ...] = ()
    """Networks and platforms named in title and summary, by their usual name."""
    by_show: Mapping[ShowId, tuple[ShowMention, ...]] = field(default_factory=dict)
    """The mentions that are taken for a show, show by show, in order of appearance."""
