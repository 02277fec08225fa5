"""A reading told for people: what was found, step by step, and why it is news or is not."""

from bot.model import Claim
from bot.news.confidence import ANNOUNCE_AT
from bot.news.reading import Reading


def explain(reading: Reading) -> str:
    """Tell a reading as lines of plain text."""
    lines = [reading.article.title, reading.article.summary, ""]
    for step in reading.steps:
        lines.append(step.title)
        lines += [f"  {line}" for line in step.lines]
    for claim in reading.claims:
        lines += _claim(reading, claim)
    lines += _end(reading)
    return "\n".join(lines)


def _claim(reading: Reading, claim: Claim) -> list[str]:
    lines = [f"{reading.show(claim.show_id).label}: {claim.kind}, {claim.confidence:.0%} sure"]
    lines += [f"  {one.weight:+5.2f}  {one.rule}" for one in claim.evidence]
    return lines


def _end(reading: Reading) -> list[str]:
    lines = [f"Silent: {silence.reason}" for silence in reading.silences]
    if reading.living:
        lines.append("A living post: watched, not announced.")
    elif not reading.claims:
        lines.append("Nothing to announce.")
    elif not reading.announced:
        lines.append(f"Not announced: no claim is {ANNOUNCE_AT:.0%} sure.")
    return lines
