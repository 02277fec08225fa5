"""Understand an article: which shows have which news, how sure that is, or why there is none."""

from collections.abc import Sequence

from bot.catalogue.names import Names
from bot.model import Article, Kind, PartialDate
from bot.news.claims import make_claims
from bot.news.confidence import ANNOUNCE_AT as ANNOUNCE_AT
from bot.news.kinds import STATES
from bot.news.kinship import roles
from bot.news.linking import link
from bot.news.mentions import Linked
from bot.news.premieres import find_premieres
from bot.news.reading import Reading, Silence, Trace
from bot.news.seasons import find_seasons
from bot.news.sheet import Named, Sheet, cut_sentences, join, outside, place_shows, tidy, with_roles
from bot.news.signals import Mood, Signal, read_signals
from bot.news.silence import LIVING, find_objections
from bot.news.subjects import Subject
from bot.news.ties import find_subjects
from bot.news.tokens import Tokens
from bot.news.vocabulary import Mark, vocabulary


def understand(article: Article, names: Names, *, dated: PartialDate | None = None) -> Reading:
    """Read `article` against the names of the catalogue; pure, and raises for no text.

    `dated` is the article's own date where only its month or year is known.
    """
    article = tidy(article)
    linked = link(article, names)
    doubts = _doubts(linked)
    if not linked.by_show:
        reason = doubts or (Silence("no show of the catalogue is named"),)
        return Reading(article, silences=reason, trace=Trace(linked))
    sheet = lay_out(article, linked, dated)
    signals = read_signals(sheet)
    objections = find_objections(sheet)
    living = any(one.sort == LIVING for one in objections) or _asks_for_news(signals)
    found = [
        make_claims(sheet, subject, objections, is_living=living) for subject in find_subjects(sheet, signals)
    ]
    told = [one for one in found if one.claims]
    claims = tuple(claim for one in told for claim in one.claims)
    silences = [
        *doubts,
        *(Silence(_why_none(one.subject), one.subject.show) for one in found if not one.claims),
    ]
    told_of = {one.subject.show.id for one in found}
    silences += [Silence("only named in passing", show) for show in sheet.shows() if show.id not in told_of]
    silences += [Silence(one.reason, spans=one.spans) for one in objections if one.weight >= 1]
    return Reading(
        article,
        tuple(one.subject.show for one in told),
        claims,
        tuple(silences),
        living and all(claim.kind is Kind.OTHER_SEASON_NEWS for claim in claims),
        Trace(linked, sheet, tuple(found), objections),
        tuple(one.season for one in told),
    )


def lay_out(article: Article, linked: Linked, dated: PartialDate | None) -> Sheet:
    """Find sentences, seasons, dates and marks of `article`."""
    text = join(article)
    summary_at = len(article.title) + 1
    tokens = Tokens.of(text)
    named = place_shows(linked, summary_at)
    named = with_roles(named, roles(text, named))
    marks = outside(vocabulary().find(text), named)
    day = dated or (PartialDate.of_day(article.published_at.date()) if article.published_at else None)
    return Sheet(
        article,
        text,
        summary_at,
        cut_sentences(text, summary_at),
        named,
        marks,
        find_seasons(tokens, [(one.start, one.end) for one in named]),
        tuple(
            one
            for one in find_premieres(tokens, day)
            if _is_free(one.start, one.end, named) and not _is_no_date(one.start, marks)
        ),
        tuple(network for network, _ in linked.networks),
        day,
    )


def _is_no_date(start: int, marks: tuple[Mark, ...]) -> bool:
    return any(mark.start <= start < mark.end and mark.has("no_date") for mark in marks)


def _is_free(start: int, end: int, named: tuple[Named, ...]) -> bool:
    return not any(one.start < end and start < one.end for one in named)


def _asks_for_news(signals: Sequence[Signal]) -> bool:
    """Say whether the headline asks what it would be news to know: "Will X return for season 2?"."""
    return any(one.sentence == 0 and one.mood is Mood.ASKED and one.kind in STATES for one in signals)


def _doubts(linked: Linked) -> tuple[Silence, ...]:
    return tuple(
        Silence(f"“{mention.text}”: {mention.doubt}", spans=(mention.span,))
        for mention in linked.mentions
        if mention.doubt is not None
    )


def _why_none(subject: Subject) -> str:
    if not subject.signals:
        return "nothing is said of it that is season news"
    return "too little is said of it"
