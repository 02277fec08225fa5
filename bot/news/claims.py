"""The claims about one show: its kinds, each with its season, its date, its evidence and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Claim, Evidence, Kind
from bot.news.confidence import (
    BASE,
    HEADLINE_SILENT,
    NETWORK_NAMED,
    PER_KIND,
    SEASON_NAMED,
    SHOW_IN_TITLE,
    SHOW_PER_LOGIT,
    confidence,
    logit,
)
from bot.news.hearsay import is_hearsay
from bot.news.kinds import Setting, Told, decide_kinds, is_of_parent
from bot.news.kinship import has_parent
from bot.news.premieres import PremiereDate, choose_premiere
from bot.news.season_choice import choose_season
from bot.news.seasons import SeasonMention, SeasonSort
from bot.news.sheet import Sheet
from bot.news.signals import Mood, Signal
from bot.news.silence import LIVING, Objection
from bot.news.starts import final_seasons, of_season, start_dates
from bot.news.subjects import Subject, is_credit

_PER_DATE = 2.5
_STRONG = 1.5
_REACH, _PER_COMMA = 50, 25
_LEADING = (Kind.RENEWED, Kind.CANCELLED)
_AGAIN = ("return", "back", "is back", "be back")
_STOPS = frozenset(".;!?\n")


@dataclass(frozen=True, slots=True)
class Findings:
    """What an article claims of one show, and the season that it is about."""

    subject: Subject
    claims: tuple[Claim, ...]
    season: int | None


def make_claims(
    sheet: Sheet, subject: Subject, objections: Sequence[Objection], *, is_living: bool
) -> Findings:
    """Give the claims about one subject."""
    signals = [*subject.signals, *final_seasons(sheet, subject)]
    strong = [one for one in signals if one.mood is Mood.FIRM and one.weight >= _STRONG]
    kinds = frozenset(one.kind for one in strong)
    season, by = choose_season(subject.seasons, [(one.start, one.end) for one in strong], kinds)
    date, was = choose_premiere(of_season(sheet, subject, start_dates(sheet, subject), season))
    is_new = _is_new(sheet, subject)
    setting = Setting(
        _PER_DATE * date.weight if date else 0.0,
        season if by is not None and by.sort is SeasonSort.NUMBERED else None,
        is_living,
        is_new,
        has_parent(subject.show, sheet.named),
        _has_season_in_title(sheet, subject),
    )
    told = decide_kinds(signals, setting)
    if is_credit(sheet, subject.named) and not subject.seasons:
        told = tuple(one for one in told if one.kind is not Kind.CASTING)
    is_first = any(one.kind is Kind.SERIES_ORDER for one in told)
    if (is_first and not is_of_parent({one.kind: one for one in told})) or (season is None and is_new):
        season = 1
    claims: list[Claim] = []
    for one in sorted(told, key=lambda one: one.kind not in _LEADING):
        evidence = (*_evidence(sheet, subject, one), *_against(objections, one.kind))
        is_dated = one.kind in (Kind.PREMIERE_DATE, Kind.DELAYED) and date is not None
        for number in _seasons(sheet, subject, one, season, date):
            claims.append(
                Claim(
                    subject.show.id,
                    one.kind,
                    number,
                    date.date if date is not None and is_dated else None,
                    was.date if was is not None and one.kind is Kind.DELAYED else None,
                    confidence(evidence),
                    evidence,
                    _is_reported(sheet, one, date),
                )
            )
    return Findings(subject, tuple(claims), season)


def _is_reported(sheet: Sheet, told: Told, date: PremiereDate | None) -> bool:
    """Say whether every sentence that tells it says that it is hearsay."""
    places = [signal.start for signal in told.signals]
    if not places and told.kind is Kind.PREMIERE_DATE and date is not None:
        places = [date.start]
    return bool(places) and all(
        any(
            one.start <= place < one.end and is_hearsay(sheet.text[one.start : one.end])
            for one in sheet.sentences
        )
        for place in places
    )


def _against(objections: Sequence[Objection], kind: Kind) -> tuple[Evidence, ...]:
    """Give what speaks against a claim; that a post is a living one is no objection to its being one."""
    is_other = kind is Kind.OTHER_SEASON_NEWS
    return tuple(
        Evidence(one.reason, -one.weight, one.spans)
        for one in objections
        if not (is_other and one.sort == LIVING)
    )


def _has_season_in_title(sheet: Sheet, subject: Subject) -> bool:
    at = sheet.summary_at
    return any(one.start < at for one in subject.named) and any(one.start < at for one in subject.seasons)


def _seasons(
    sheet: Sheet, subject: Subject, told: Told, season: int | None, date: PremiereDate | None
) -> tuple[int | None, ...]:
    """Give the season or seasons of one kind: those beside its own words, else the article's."""
    if told.kind in (Kind.SERIES_ORDER, Kind.SPINOFF, Kind.OTHER_SEASON_NEWS):
        return (season,)
    places = [(one.start, one.end, one.season) for one in sorted(told.signals, key=lambda one: -one.weight)]
    if told.kind is Kind.PREMIERE_DATE:
        places = [(date.start, date.end, None)] if date is not None else []
    for start, end, at in places:
        mention = next((one for one in subject.seasons if one.start == at and _is_numbered(one)), None)
        mention = mention or _beside(sheet, subject.seasons, start, end)
        if mention is not None and (told.kind is not Kind.CANCELLED or season is not None):
            if told.kind is Kind.RENEWED and not mention.is_through:
                return mention.numbers
            return (mention.numbers[-1] if mention.is_through else mention.numbers[0],)
    return (season,)


def _beside(sheet: Sheet, seasons: Sequence[SeasonMention], start: int, end: int) -> SeasonMention | None:
    """Give the numbered season nearest to a place in the same sentence."""
    best: tuple[int, SeasonMention] | None = None
    for one in seasons:
        gap = sheet.text[end : one.start] if one.start >= end else sheet.text[one.end : start]
        cost = len(gap) + _PER_COMMA * gap.count(",")
        if (
            _is_numbered(one)
            and not (one.is_aside or one.is_over)
            and cost <= _REACH
            and _STOPS.isdisjoint(gap)
            and (best is None or cost < best[0])
        ):
            best = cost, one
    return best[1] if best is not None else None


def _is_numbered(season: SeasonMention) -> bool:
    return season.sort is SeasonSort.NUMBERED and bool(season.numbers)


def _is_new(sheet: Sheet, subject: Subject) -> bool:
    """Say whether the show has not begun when the article is written, so that its first season is meant."""
    begun, dated = subject.show.year, sheet.dated
    if dated is None or any(one.sort not in (SeasonSort.PART, SeasonSort.NEW) for one in subject.seasons):
        return False
    return begun is None or begun > dated.year or (begun == dated.year and _is_called_new(subject))


def _is_called_new(subject: Subject) -> bool:
    """Say whether a show of this very year is told as one to come."""
    if any(one.phrase.startswith(_AGAIN) or _has_begun(one) for one in subject.signals):
        return False
    return bool(subject.dates) or any(
        one.kind in (Kind.TRAILER, Kind.SERIES_ORDER) for one in subject.signals
    )


def _has_begun(signal: Signal) -> bool:
    """Say whether a signal is of a show that is there already: an end, or a further season."""
    return signal.kind is Kind.CANCELLED or (signal.kind is Kind.RENEWED and signal.season is not None)


def _evidence(sheet: Sheet, subject: Subject, told: Told) -> tuple[Evidence, ...]:
    """Give what speaks for a claim."""
    spans = tuple(sheet.span(signal.start, signal.end) for signal in told.signals[:5])
    first = max(subject.named, key=lambda one: (one.mention.confidence, -one.start))
    found = [
        Evidence("claims are rare", BASE),
        Evidence(f"{told.kind}: {told.rule}", round(PER_KIND * told.weight, 2), spans),
        Evidence(
            "the show's name",
            round(SHOW_PER_LOGIT * logit(first.mention.confidence), 2),
            (sheet.span(first.start, first.end),),
        ),
    ]
    if any(one.start < sheet.summary_at for one in subject.named):
        found.append(Evidence("the show is in the headline", SHOW_IN_TITLE))
    numbered = [one for one in subject.seasons if one.sort is not SeasonSort.COUNT]
    if numbered:
        span = sheet.span(numbered[0].start, numbered[0].end)
        found.append(Evidence("a season is named", SEASON_NAMED, (span,)))
    if sheet.networks:
        found.append(Evidence("a network is named", NETWORK_NAMED))
    if not _headline_tells(sheet, subject.signals):
        found.append(Evidence("the headline tells no season news", HEADLINE_SILENT))
    return tuple(found)


def _headline_tells(sheet: Sheet, signals: Sequence[Signal]) -> bool:
    """Say whether the headline names a kind, a season or a date."""
    at = sheet.summary_at
    return any(one.start < at and one.weight >= 1 for one in signals) or any(
        one.start < at for one in sheet.placed
    )
