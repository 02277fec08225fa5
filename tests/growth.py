"""How time grows with the length of a text, measured so that a busy machine does not matter."""

import time
from collections.abc import Callable

IN_PROPORTION = 12.0
"""Five times the text takes five times as long, or 25 where each part is compared with each other."""


def growth(work: Callable[[str], object], seed: str, length: int = 40_000) -> float:
    """Say how many times as long `work` takes for `length` characters of `seed` as for a fifth of them.

    In processor time of this thread.
    """
    short = min(_seconds(work, seed, length // 5) for _ in range(2))
    return _seconds(work, seed, length) / max(short, 0.001)


def _seconds(work: Callable[[str], object], seed: str, length: int) -> float:
    text = seed * (length // len(seed))
    began = time.thread_time()
    work(text)
    return time.thread_time() - began
