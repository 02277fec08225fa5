"""Which kinds of news the signals of one show add up to."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.model import Kind
from bot.news.signals import Mood, Signal
from bot.news.vocabulary import Use

ENOUGH = 1.5
"""What the signals of a kind must add up to."""
FOR_WANT_OF_BETTER = -2.5
"""The weight of season news that fits no kind."""
STATES = frozenset({Kind.RENEWED, Kind.CANCELLED, Kind.FINAL_SEASON})
_STARTS_OR_ENDS = frozenset({Kind.PREMIERE_DATE, Kind.CANCELLED, Kind.FINAL_SEASON, Kind.DELAYED})
_OF_PARENT = frozenset({Use.OF_SHOW, Use.AROUND})
_LENGTH_OF_SEASON = 24
_MERE_ENDS = (
    *("end", "come", "coming", "se despi", "termin", "acaba", "finaliza", "llega", "chega", "macht"),
    *("encerra", "s arret", "prend", "s achev", "se termin", "si conclu", "si chiud", "fini", "eindig"),
)
"""How the phrases begin that say no more than that a show ends."""
_UNSURE = frozenset({Mood.HEDGED, Mood.ASKED, Mood.DENIED})


@dataclass(frozen=True, slots=True)
class Told:
    """A kind that the article tells of a show, with what it rests on."""

    kind: Kind
    weight: float
    signals: tuple[Signal, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What else the article says of the show that bears on its kinds."""

    premiere_weight: float
    """How firmly a date or window for the start is told; 0 where none is."""
    season: int | None
    is_living: bool
    is_new: bool
    """The show has not begun."""
    is_derived: bool
    """The article names an older show that it comes from."""
    has_season_in_title: bool
    """The headline names the show and one of its seasons."""


def decide_kinds(signals: Sequence[Signal], setting: Setting) -> tuple[Told, ...]:
    """Give the kinds that are told, the firmest first."""
    firm = _gather(signals, setting)
    told = {kind: _told(kind, found) for kind, found in firm.items() if _sum(found) >= ENOUGH}
    told.pop(Kind.PREMIERE_DATE, None)
    if setting.premiere_weight:
        found = firm.get(Kind.PREMIERE_DATE, [])
        told[Kind.PREMIERE_DATE] = Told(
            Kind.PREMIERE_DATE, setting.premiere_weight, tuple(found), "a date for the start"
        )
    _settle(told, setting)
    if not told:
        _recall(told, signals)
    if not told:
        doubtful = _doubtful(signals, setting)
        return (doubtful,) if doubtful else ()
    return tuple(sorted(told.values(), key=lambda one: (-one.weight, one.kind)))


def _gather(signals: Sequence[Signal], setting: Setting) -> dict[Kind, list[Signal]]:
    """Sort firm signals by kind; a denied renewal counts as an end."""
    firm: dict[Kind, list[Signal]] = {}
    for signal in signals:
        if signal.mood is Mood.FIRM and not (setting.is_living and signal.is_promise):
            firm.setdefault(signal.kind, []).append(signal)
        elif signal.mood is Mood.DENIED and signal.kind is Kind.RENEWED and signal.use is not Use.FAINT:
            firm.setdefault(Kind.CANCELLED, []).append(signal)
    return firm


def _sum(found: Sequence[Signal]) -> float:
    """Add the best signal and a third of each further one at another place."""
    at: dict[int, float] = {}
    for signal in found:
        at[signal.start] = max(signal.weight, at.get(signal.start, 0.0))
    weights = sorted(at.values(), reverse=True)
    return weights[0] + sum(weights[1:]) / 3 if weights else 0.0


def _told(kind: Kind, found: Sequence[Signal]) -> Told:
    best = max(found, key=lambda signal: (signal.weight, -signal.start))
    return Told(kind, _sum(found), tuple(found), f"“{best.phrase}”")


def _settle(told: dict[Kind, Told], setting: Setting) -> None:
    """Take away kinds that others explain."""
    is_later = setting.season is not None and setting.season > 1 and not is_of_parent(told)
    if setting.is_new and Kind.SERIES_ORDER in told:
        told.pop(Kind.RENEWED, None)
    if Kind.SERIES_ORDER in told and (is_later or (Kind.RENEWED in told and setting.season != 1)):
        del told[Kind.SERIES_ORDER]
    if Kind.RENEWED in told and setting.season == 1:
        del told[Kind.RENEWED]
    if Kind.RENEWED in told and _is_explained(told[Kind.RENEWED], told.keys() - {Kind.RENEWED}):
        del told[Kind.RENEWED]
    if Kind.CANCELLED in told and Kind.RENEWED in told:
        del told[_weaker(told[Kind.CANCELLED], told[Kind.RENEWED])]
    if Kind.CANCELLED in told and Kind.FINAL_SEASON in told:
        lesser = _less_of_ends(told[Kind.CANCELLED], told[Kind.FINAL_SEASON])
        if lesser is not None:
            del told[lesser]
    if Kind.DELAYED in told and Kind.PRODUCTION in told:
        del told[Kind.PRODUCTION]
    if Kind.SERIES_ORDER in told and setting.is_derived:
        order = told[Kind.SERIES_ORDER]
        told.setdefault(Kind.SPINOFF, Told(Kind.SPINOFF, order.weight, order.signals, "it comes from a show"))
    is_its_own = Kind.SERIES_ORDER in told or setting.is_new or is_of_parent(told)
    if Kind.SPINOFF in told and not is_its_own:
        del told[Kind.SPINOFF]


def is_of_parent(told: Mapping[Kind, Told]) -> bool:
    """Say whether a new spin-off is told of the show that it comes from: "gets a spin-off"."""
    spinoff = told.get(Kind.SPINOFF)
    return spinoff is not None and any(one.use in _OF_PARENT for one in spinoff.signals)


def _weaker(cancelled: Told, renewed: Told) -> Kind:
    """Of an end and a renewal of one show only one is news: the headline's last word, else the heavier.

    "Cancelled sitcom scores season 4", "Passed over by Fox, picked up by NBC".
    """
    ends, goes_on = (_last_in_title(told.signals) for told in (cancelled, renewed))
    if ends != goes_on:
        return Kind.RENEWED if ends > goes_on else Kind.CANCELLED
    return Kind.RENEWED if cancelled.weight > renewed.weight else Kind.CANCELLED


def _last_in_title(signals: Sequence[Signal]) -> int:
    """Give where the headline says it last, in other than faint words; -1 where it does not."""
    firm = (one.start for one in signals if one.sentence == 0 and one.use is not Use.FAINT)
    return max(firm, default=-1)


def _less_of_ends(cancelled: Told, final: Told) -> Kind | None:
    """Give which of two ways to end a show says no more than the other."""
    if _is_mere_end(final) or _is_refused(cancelled, final):
        return Kind.FINAL_SEASON
    return Kind.CANCELLED if _is_only_refusal(cancelled) else None


def _is_mere_end(told: Told) -> bool:
    """Say whether it only says that the show ends, and calls no season the last."""
    return all(signal.phrase.startswith(_MERE_ENDS) for signal in told.signals)


def _is_refused(cancelled: Told, final: Told) -> bool:
    """Say whether the last season is the very one that will not be: "scraps planned final season"."""
    refused = [(one.start, one.end) for one in cancelled.signals]
    refused += [
        (one.season, one.season + _LENGTH_OF_SEASON)
        for one in cancelled.signals
        if one.season is not None and one.use is Use.BEFORE_SEASON
    ]
    return all(any(start <= one.start < end for start, end in refused) for one in final.signals)


def _is_explained(renewed: Told, others: Set[Kind]) -> bool:
    """Say whether "returns for season 2" or "announces season 2" is no more than the other kinds tell."""
    uses = {signal.use for signal in renewed.signals} - {Use.FAINT}
    if uses <= {Use.FOR_SEASON}:
        return bool(others)
    uses -= {Use.FOR_SEASON}
    if uses <= {Use.ANNOUNCES_SEASON}:
        return bool(others - {Kind.CASTING})
    return uses <= {Use.ANNOUNCES_SEASON, Use.RETURNS_FOR_SEASON} and not others.isdisjoint(_STARTS_OR_ENDS)


def _is_only_refusal(told: Told) -> bool:
    """Say whether the end rests on a further season's refusal alone."""
    return all(signal.use is not Use.ALONE for signal in told.signals)


def _recall(told: dict[Kind, Told], signals: Sequence[Signal]) -> None:
    """Where there is nothing newer, take what is told as known: "has already been renewed"."""
    known: dict[Kind, list[Signal]] = {}
    for signal in signals:
        if signal.mood is Mood.BACKGROUND and signal.kind in STATES:
            known.setdefault(signal.kind, []).append(signal)
    for kind, found in known.items():
        if _sum(found) >= ENOUGH:
            told[kind] = _told(kind, found)


def _doubtful(signals: Sequence[Signal], setting: Setting) -> Told | None:
    """Tell season news of no certain kind where one is only hedged, asked or denied."""
    unsure = tuple(one for one in signals if one.mood in _UNSURE and one.kind in STATES)
    if setting.is_living:
        return Told(Kind.OTHER_SEASON_NEWS, FOR_WANT_OF_BETTER, unsure, "a living post")
    if unsure:
        return Told(Kind.OTHER_SEASON_NEWS, FOR_WANT_OF_BETTER, unsure, "nothing decided")
    is_return = any(
        one.kind is Kind.RENEWED and one.mood is Mood.FIRM and one.sentence == 0 for one in signals
    )
    if setting.has_season_in_title or is_return:
        return Told(Kind.OTHER_SEASON_NEWS, FOR_WANT_OF_BETTER, (), "a season in the headline")
    return None
