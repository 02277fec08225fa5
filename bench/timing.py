"""How long work takes: medians of several rounds, because machines are noisy."""

import time
from collections.abc import Callable, Sequence
from statistics import median

Work = Callable[[], object]


def seconds(work: Work, clock: Callable[[], float] = time.thread_time) -> float:
    """Do `work` once; say how long the processor was at it, or by another `clock` how long it took."""
    began = clock()
    work()
    return clock() - began


def medians(works: Sequence[Work], rounds: int) -> tuple[float, ...]:
    """Do each work once a round, in turn; give the median of the seconds that each took.

    What disturbs the machine for a while then disturbs them all, and their ratios stay true. A round
    before the first fills the caches and is not counted.
    """
    for work in works:
        work()
    taken = [[seconds(work) for work in works] for _ in range(rounds)]
    return tuple(median(column) for column in zip(*taken, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
