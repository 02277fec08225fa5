"""Understand an article: which shows have which news, how sure that is, or why there is none."""

import re

from bot.catalogue.names import Names
from bot.model import Article, Claim, Evidence, Kind, PartialDate, Show
from bot.news.confidence import ANNOUNCE_AT as ANNOUNCE_AT
from bot.news.confidence import (
    BASE,
    NETWORK_NAMED,
    PER_KIND,
    SEASON_NAMED,
    SHOW_IN_TITLE,
    SHOW_PER_LOGIT,
    confidence,
    logit,
)
from bot.news.kinds import Setting, Told, decide_kinds
from bot.news.linking import link
from bot.news.mentions import Linked
from bot.news.premieres import choose_premiere, find_premieres
from bot.news.reading import Reading, Silence, Step
from bot.news.season_choice import choose_season
from bot.news.seasons import SeasonMention, SeasonSort, find_seasons
from bot.news.sheet import Named, Sheet, cut_sentences, join, outside, place_shows, tidy
from bot.news.signals import Mood, read_signals
from bot.news.silence import Objection, find_objections
from bot.news.subjects import Subject, final_seasons, find_subjects, start_dates
from bot.news.tokens import Tokens
from bot.news.vocabulary import vocabulary


_PER_DATE = 2.5
NUMBER_BEHIND = re.compile(
    r"[\"'”“’‘»«]? ([2-9]|[1-3]\d)(?![\w%:/-])(?!\.\d)(?! (?:new |neue |more )?(?:episod|épisod|folge|season|serie|show|"
    r"star|time|staffel|saison|temporada|stagion|seizoen|aflever|year|jahr|million|part|jan|feb|mar|apr|may|jun|"
    r"jul|aug|sep|oct|nov|dec))",
    re.I,
)
"""A season as a number behind a name: "Virgin River 3"; not "The Boys 8 episodes"."""


def understand(article: Article, names: Names, *, dated: PartialDate | None = None) -> Reading:
    """Read `article` against the names of the catalogue; pure, and raises for no text.

    `dated` is the article's own date where only its month or year is known.
    """
    article = tidy(article)
    linked = link(article, names)
    doubts = _doubts(linked)
    if not linked.by_show:
        reason = doubts or (Silence("no show of the catalogue is named"),)
        return Reading(article, silences=reason, steps=(_step_shows(linked),))
    sheet = lay_out(article, linked, dated)
    signals = read_signals(sheet)
    objections = find_objections(sheet)
    living = any(one.sort == "living" for one in objections)
    shows: list[Show] = []
    claims: list[Claim] = []
    silences = list(doubts)
    steps = [_step_shows(linked)]
    for subject in find_subjects(sheet, signals):
        found = _claims(sheet, subject, objections, is_living=living)
        steps.append(_step_subject(sheet, subject, found))
        if found:
            shows.append(subject.show)
            claims += found
        else:
            silences.append(Silence(_why_none(subject), subject.show))
    is_living = living and all(claim.kind is Kind.OTHER_SEASON_NEWS for claim in claims)
    silences += [Silence(one.reason, spans=one.spans) for one in objections if one.weight >= 1]
    steps.append(_step_objections(objections))
    return Reading(article, tuple(shows), tuple(claims), tuple(silences), is_living, tuple(steps))


def lay_out(article: Article, linked: Linked, dated: PartialDate | None) -> Sheet:
    """Find sentences, seasons, dates and marks of `article`."""
    text = join(article)
    summary_at = len(article.title) + 1
    tokens = Tokens.of(text)
    named = place_shows(linked, summary_at)
    day = dated or (PartialDate.of_day(article.published_at.date()) if article.published_at else None)
    return Sheet(
        article,
        text,
        summary_at,
        cut_sentences(text, summary_at),
        named,
        outside(vocabulary().find(text), named),
        _seasons(tokens, named),
        tuple(one for one in find_premieres(tokens, day) if _is_free(one.start, one.end, named)),
        tuple(network for network, _ in linked.networks),
        day,
    )


def _seasons(tokens: Tokens, named: tuple[Named, ...]) -> tuple[SeasonMention, ...]:
    """Give the seasons that are named, those written as a number behind a show's name among them."""
    found = [one for one in find_seasons(tokens) if _is_free(one.start, one.end, named)]
    for one in named:
        number = NUMBER_BEHIND.match(tokens.text, one.end)
        if number and not any(
            season.start < number.end() and number.start() < season.end for season in found
        ):
            start, end = number.span(1)
            found.append(SeasonMention(start, end, SeasonSort.NUMBERED, (int(number[1]),)))
    return tuple(sorted(found, key=lambda season: season.start))


def _is_free(start: int, end: int, named: tuple[Named, ...]) -> bool:
    return not any(one.start < end and start < one.end for one in named)


def _claims(
    sheet: Sheet, subject: Subject, objections: tuple[Objection, ...], *, is_living: bool
) -> list[Claim]:
    """Give the claims about one subject, each with its evidence."""
    date, was = choose_premiere(start_dates(sheet, subject))
    premiere = date.date if date is not None else None
    firm = [signal for signal in subject.signals if signal.mood is Mood.FIRM and signal.weight >= 1.5]
    kinds = frozenset(signal.kind for signal in firm)
    season, by = choose_season(subject.seasons, [(one.start, one.end) for one in firm], kinds)
    in_title = any(one.start < sheet.summary_at for one in subject.named) and any(
        one.start < sheet.summary_at for one in subject.seasons
    )
    number = season if by is not None and by.sort is SeasonSort.NUMBERED else None
    setting = Setting(_PER_DATE * date.weight if date else 0.0, number, is_living, in_title)
    told = decide_kinds([*subject.signals, *final_seasons(sheet, subject)], setting)
    if Kind.SERIES_ORDER in {one.kind for one in told} or (season is None and _is_new(sheet, subject)):
        season = 1
    against = [Evidence(one.reason, -one.weight, one.spans) for one in objections]
    found = []
    for one in told:
        evidence = (*_evidence(sheet, subject, one), *against)
        found.append(
            Claim(
                subject.show.id,
                one.kind,
                season,
                premiere if one.kind is Kind.PREMIERE_DATE or premiere is not None else None,
                was.date if was is not None and one.kind is Kind.DELAYED else None,
                confidence(evidence),
                evidence,
            )
        )
    return found


def _is_new(sheet: Sheet, subject: Subject) -> bool:
    """Say whether the show has not begun when the article is written, so that its first season is meant."""
    begun, dated = subject.show.year, sheet.dated
    if dated is None or any(one.sort is not SeasonSort.PART for one in subject.seasons):
        return False
    return begun is None or begun > dated.year or (begun == dated.year and _is_called_new(sheet, subject))


def _is_called_new(sheet: Sheet, subject: Subject) -> bool:
    """Say whether a show of this very year is told as one to come."""
    return not any(
        one.phrase.startswith(("return", "back", "renew", "is back", "be back")) for one in subject.signals
    ) and (
        bool(subject.dates)
        or any(one.kind in (Kind.TRAILER, Kind.SERIES_ORDER) for one in subject.signals)
    )


def _evidence(sheet: Sheet, subject: Subject, told: Told) -> tuple[Evidence, ...]:
    """Give what speaks for a claim."""
    spans = tuple(sheet.span(signal.start, signal.end) for signal in told.signals[:5])
    first = max(subject.named, key=lambda one: one.mention.confidence)
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
        found.append(
            Evidence("a season is named", SEASON_NAMED, (sheet.span(numbered[0].start, numbered[0].end),))
        )
    if sheet.networks:
        found.append(Evidence("a network is named", NETWORK_NAMED))
    return tuple(found)


def _doubts(linked: Linked) -> tuple[Silence, ...]:
    return tuple(
        Silence(f"“{mention.text}”: {mention.doubt}", spans=(mention.span,))
        for mention in linked.mentions
        if mention.doubt is not None
    )


def _why_none(subject: Subject) -> str:
    moods = {signal.mood for signal in subject.signals}
    if not moods:
        return "nothing is said of it that is season news"
    if moods == {Mood.BACKGROUND}:
        return "only told as background"
    return "too little is said of it"


def _step_shows(linked: Linked) -> Step:
    lines = tuple(
        f"“{one.text}”: {one.show.label if one.show else one.doubt} ({one.confidence:.2f}, {one.role})"
        for one in linked.mentions
    )
    return Step("Shows named", lines or ("none",))


def _step_subject(sheet: Sheet, subject: Subject, claims: list[Claim]) -> Step:
    lines = [f"{one.kind} by “{one.phrase}” ({one.mood}, {one.weight:.1f})" for one in subject.signals]
    lines += [f"season “{sheet.text[one.start : one.end]}”" for one in subject.seasons]
    lines += [f"date “{sheet.text[one.start : one.end]}”" for one in subject.dates]
    lines += [f"claim: {one.kind} {one.season} {one.premiere} ({one.confidence:.2f})" for one in claims]
    return Step(subject.show.label, tuple(lines))


def _step_objections(objections: tuple[Objection, ...]) -> Step:
    return Step("Against news", tuple(f"{one.reason} (-{one.weight})" for one in objections) or ("nothing",))
