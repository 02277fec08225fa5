"""A name in a passage while it is judged."""

import math
from dataclasses import dataclass, field

from bot.catalogue.names import Name
from bot.model import Evidence
from bot.news.mentions import Doubt
from bot.news.namesakes import NOT_CHOSEN, Choice
from bot.news.text import Passage

_SURE_SCORE = 1.4


@dataclass(slots=True)
class Found:
    """A name in a passage while it is judged."""

    passage: Passage
    first: int
    last: int
    name: Name
    choice: Choice = NOT_CHOSEN
    evidence: list[Evidence] = field(default_factory=list)
    doubt: Doubt | None = None
    is_quoted: bool = False
    is_capitals: bool = False
    season: float = 0.0
    score: float = 0.0

    @property
    def words(self) -> list[str]:
        """Its folded words."""
        return self.passage.words[self.first : self.last + 1]

    @property
    def is_digits(self) -> bool:
        """Say whether it is written in digits alone."""
        return all(word.isdigit() for word in self.words)

    @property
    def confidence(self) -> float:
        """The chance that the likeliest show is meant."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score))))

    @property
    def is_sure(self) -> bool:
        """Say whether it may speak for its neighbours."""
        return self.doubt is None and self.score >= _SURE_SCORE

    def take(self, choice: Choice) -> None:
        """Note which shows may be meant, and what speaks for the likeliest."""
        self.choice = choice
        self.score += choice.best.score

    def take_back(self, evidence: Evidence) -> None:
        """Forget what a rule said, where it said it."""
        if evidence in self.evidence:
            self.evidence.remove(evidence)
            self.score -= evidence.weight

    def say(self, evidence: Evidence) -> None:
        """Note what a rule says."""
        self.evidence.append(evidence)
        self.score += evidence.weight
