"""Which kinds of news the signals of one show add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Kind
from bot.news.signals import Mood, Signal
from bot.news.vocabulary import Use

ENOUGH = 1.5
"""What the signals of a kind must add up to."""
_DENIAL = {Kind.RENEWED: Kind.CANCELLED, Kind.SERIES_ORDER: Kind.CANCELLED}
"""What it means when a kind is denied firmly."""
_STATES = (Kind.RENEWED, Kind.CANCELLED, Kind.FINAL_SEASON)


@dataclass(frozen=True, slots=True)
class Told:
    """A kind that the article tells of a show, with what it rests on."""

    kind: Kind
    weight: float
    signals: tuple[Signal, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What else of the show bears on its kinds."""

    has_premiere: bool
    """A date or window for the start is told."""
    season: int | None
    is_living: bool
    has_season: bool
    """A season is named at all."""


def decide_kinds(signals: Sequence[Signal], setting: Setting) -> tuple[Told, ...]:
    """Give the kinds that are told, the firmest first."""
    firm = _gather(signals)
    told = {kind: _told(kind, found) for kind, found in firm.items() if _sum(found) >= ENOUGH}
    _settle(told, firm, setting)
    if setting.has_premiere:
        found = firm.get(Kind.PREMIERE_DATE, [])
        told[Kind.PREMIERE_DATE] = Told(
            Kind.PREMIERE_DATE, max(2.0, _sum(found)), tuple(found), "a date for the start"
        )
    else:
        told.pop(Kind.PREMIERE_DATE, None)
    if not told:
        doubtful = _doubtful(signals, setting)
        return (doubtful,) if doubtful else ()
    return tuple(sorted(told.values(), key=lambda one: (-one.weight, one.kind)))


def _gather(signals: Sequence[Signal]) -> dict[Kind, list[Signal]]:
    """Sort firm signals by kind; a denied one counts for what its denial means."""
    firm: dict[Kind, list[Signal]] = {}
    for signal in signals:
        if signal.mood is Mood.FIRM:
            firm.setdefault(signal.kind, []).append(signal)
        elif signal.mood is Mood.DENIED and signal.kind in _DENIAL and signal.use is not Use.FAINT:
            firm.setdefault(_DENIAL[signal.kind], []).append(signal)
    return firm


def _sum(found: Sequence[Signal]) -> float:
    """Add the best signal and a third of each further one at another place."""
    weights = sorted((signal.weight for signal in found), reverse=True)
    return weights[0] + sum(weights[1:]) / 3 if weights else 0.0


def _told(kind: Kind, found: Sequence[Signal]) -> Told:
    best = max(found, key=lambda signal: (signal.weight, -signal.start))
    return Told(kind, _sum(found), tuple(found), f"“{best.phrase}”")


def _settle(told: dict[Kind, Told], firm: Mapping[Kind, Sequence[Signal]], setting: Setting) -> None:
    """Take away kinds that others explain."""
    if Kind.SERIES_ORDER in told and (
        (setting.season is not None and setting.season > 1) or Kind.RENEWED in told and setting.season != 1
    ):
        del told[Kind.SERIES_ORDER]
    if Kind.RENEWED in told and setting.season == 1:
        del told[Kind.RENEWED]
    if (
        Kind.RENEWED in told
        and _is_only_return(told[Kind.RENEWED])
        and (setting.has_premiere or told.keys() & {Kind.CANCELLED})
    ):
        del told[Kind.RENEWED]
    if Kind.CANCELLED in told and Kind.FINAL_SEASON in told and _sum_named(told[Kind.FINAL_SEASON]) <= 0:
        del told[Kind.FINAL_SEASON]
    if Kind.SPINOFF in told and not told.keys() & {Kind.SERIES_ORDER}:
        del told[Kind.SPINOFF]


def _sum_named(told: Told) -> float:
    """Weigh the signals that call a season the last, leaving out the mere "ends after"."""
    return sum(
        signal.weight for signal in told.signals if not signal.phrase.startswith(("end", "come", "comes"))
    )


def _is_only_return(told: Told) -> bool:
    """Say whether the renewal rests on "returns for season 2" and the like alone."""
    return all(signal.use is not Use.ALONE for signal in told.signals)


def _doubtful(signals: Sequence[Signal], setting: Setting) -> Told | None:
    """Tell season news of no certain kind where a kind is only hedged, asked or denied."""
    unsure = [
        signal
        for signal in signals
        if signal.mood in (Mood.HEDGED, Mood.ASKED, Mood.DENIED) and signal.kind in _STATES
    ]
    if setting.is_living or unsure:
        rule = "a living post" if setting.is_living else "nothing decided"
        return Told(Kind.OTHER_SEASON_NEWS, 1.2 if setting.is_living else 1.0, tuple(unsure), rule)
    return None
