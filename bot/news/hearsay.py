"""What an article only heard: "reportedly renewed", "according to reports"."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("hearsay.toml")


def is_hearsay(sentence: str) -> bool:
    """Say whether a sentence says itself that it repeats what its writer heard."""
    return _words().search(sentence.casefold()) is not None


@cache
def _words() -> re.Pattern[str]:
    """Read the words of all languages together."""
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words = sorted({word for found in lists.values() for word in found}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
