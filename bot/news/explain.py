"""A reading told for people: what was found, step by step, and why it is news or is not."""

from collections.abc import Iterable, Iterator

from bot.model import Article, Claim, Evidence, Show, Span
from bot.news.confidence import ANNOUNCE_AT
from bot.news.reading import Reading
from bot.news.steps import tell_steps


def explain(reading: Reading) -> str:
    """Tell a reading as lines of plain text."""
    return "\n".join(_lines(reading))


def _lines(reading: Reading) -> Iterator[str]:
    article = reading.article
    yield f"Headline: {article.title}"
    yield f"Summary:  {article.summary}"
    for step in tell_steps(reading.trace) if reading.trace is not None else ():
        yield ""
        yield step.title
        yield from _indented(step.lines)
    for claim in reading.claims:
        yield ""
        yield f"{_told(reading.show(claim.show_id), claim)} - {claim.confidence:.0%} sure, because"
        yield from _indented(_weighed(article, one) for one in claim.evidence)
    yield ""
    yield _verdict(reading)
    yield from _indented(f"{_about(silence.show)}{silence.reason}" for silence in reading.silences)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _told(show: Show, claim: Claim) -> str:
    """Say a claim: `Severance (2022 · Apple TV+): premiere date, season 2, 2025-01-17`."""
    parts = [str(claim.kind).replace("_", " ")]
    parts += [f"season {claim.season}"] if claim.season is not None else []
    parts += [str(claim.premiere)] if claim.premiere is not None else []
    parts += [f"no longer {claim.was}"] if claim.was is not None else []
    return f"{show.label}: {', '.join(parts)}"


def _weighed(article: Article, one: Evidence) -> str:
    words = [f"“{_words(article, span)}” in the {span.field}" for span in one.spans]
    return f"{one.weight:+5.2f}  {one.rule}{': ' if words else ''}{', '.join(words)}"


def _words(article: Article, span: Span) -> str:
    text = article.title if span.field == "title" else article.summary
    return text[span.start : span.end]


def _about(show: Show | None) -> str:
    return f"{show.label}: " if show is not None else ""


def _verdict(reading: Reading) -> str:
    if reading.living:
        return "A living post: it is watched and not announced."
    if reading.announced:
        told = {_told(reading.show(claim.show_id), claim): None for claim in reading.announced}
        return f"Would be announced: {'; '.join(told)}."
    if reading.claims:
        return f"Not announced: no claim is {ANNOUNCE_AT:.0%} sure."
    return "Nothing to announce."
