"""How sure a claim is: the weights of what speaks for and against it, and the chance they come to."""

import math
from collections.abc import Sequence

from bot.model import Evidence

ANNOUNCE_AT = 0.5
"""A claim at least this sure may be announced."""
BASE = -1.0
PER_KIND = 1.0
"""For each point of the words that tell the kind."""
SHOW_IN_TITLE = 0.8
SHOW_PER_LOGIT = 0.35
SEASON_NAMED = 0.8
NETWORK_NAMED = 0.3
HEADLINE_SILENT = -1.5
SLOPE = 1.0


def confidence(evidence: Sequence[Evidence]) -> float:
    """Give the chance, 0 to 1, that the weights of all evidence come to."""
    total = max(-30.0, min(30.0, SLOPE * sum(one.weight for one in evidence)))
    return round(1 / (1 + math.exp(-total)), 3)


def logit(chance: float) -> float:
    """Give the weight of a chance, at most 6 either way."""
    chance = min(max(chance, 0.0025), 0.9975)
    return math.log(chance / (1 - chance))
