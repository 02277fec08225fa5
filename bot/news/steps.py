"""The steps from an article to its reading, told for people."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.news.claims import Findings
from bot.news.reading import Trace
from bot.news.sheet import Sheet
from bot.news.signals import Mood, Signal

_HOW = {
    Mood.FIRM: "says",
    Mood.HEDGED: "says, hedged,",
    Mood.ASKED: "asks about",
    Mood.DENIED: "denies",
    Mood.BACKGROUND: "tells as known",
    Mood.PAST: "tells as long past",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step, with its findings a line each."""

    title: str
    lines: tuple[str, ...]


def tell_steps(trace: Trace) -> tuple[Step, ...]:
    """Tell each step in order."""
    steps = [Step("Shows named", tuple(_names(trace)) or ("none",))]
    if trace.sheet is not None:
        steps += [Step(one.subject.show.label, tuple(_findings(trace.sheet, one))) for one in trace.found]
        against = tuple(f"{one.reason} ({-one.weight:+.1f})" for one in trace.objections)
        steps.append(Step("What speaks against news", against or ("nothing",)))
    return tuple(steps)


def _names(trace: Trace) -> Iterator[str]:
    for one in trace.linked.mentions:
        meant = one.show.label if one.show is not None else f"no show: {one.doubt}"
        yield f"“{one.text}”: {meant} ({one.confidence:.0%} sure, {one.role})"


def _findings(sheet: Sheet, found: Findings) -> Iterator[str]:
    subject = found.subject
    yield from (_signal(one) for one in subject.signals)
    yield from (f"“{sheet.text[one.start : one.end]}” is a season" for one in subject.seasons)
    for date in (*subject.dates, *subject.shared):
        yield f"“{sheet.text[date.start : date.end]}” is {date.date}, {date.weight:.0%} a start"
    if not (subject.signals or subject.seasons):
        yield "nothing is told of it"


def _signal(one: Signal) -> str:
    return f"“{one.phrase}” {_HOW[one.mood]} {str(one.kind).replace('_', ' ')} ({one.weight:+.1f})"
