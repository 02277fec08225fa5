"""How sure a claim is: the weights of what speaks for and against it, and the chance they come to."""

import math
from collections.abc import Sequence

from bot.model import Evidence

ANNOUNCE_AT = 0.6
"""A claim at least this sure may be announced: at most one in a hundred articles without news has one."""

# Fitted by logistic regression on labelled articles; `make backtest` prints how well chances and facts agree.
BASE = -2.2
PER_KIND = 0.95
"""For each point of the words that tell the kind."""
SHOW_PER_LOGIT = 0.37
"""For each point of the weight that the show's name has."""
SHOW_IN_TITLE = 0.2
SEASON_NAMED = 0.35
NETWORK_NAMED = 0.75
HEADLINE_SILENT = -0.8


def confidence(evidence: Sequence[Evidence]) -> float:
    """Give the chance, 0 to 1, that the weights of all evidence come to."""
    total = max(-30.0, min(30.0, sum(one.weight for one in evidence)))
    return round(1 / (1 + math.exp(-total)), 3)


def logit(chance: float) -> float:
    """Give the weight of a chance, at most 6 either way."""
    chance = min(max(chance, 0.0025), 0.9975)
    return math.log(chance / (1 - chance))
