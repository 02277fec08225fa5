"""What a claim may be to the stories that are known."""

from dataclasses import dataclass

from bot.model import Kind, PartialDate, Story


@dataclass(frozen=True, slots=True)
class NewStory:
    """Nobody told it yet."""

    because: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """News of its own, of this kind, that changes `story`: another date, a decision reversed."""

    story: Story
    kind: Kind
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


Verdict = NewStory | FollowUp | FurtherSource | ChangedFact | Repeated
