"""Which shows an article is about.

Shows named only as somebody's other work, as a parent or in comparison are no subjects while there
are others; a show that only the summary names must be meant for certain.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.catalogue.folding import fold
from bot.model import Kind, Show
from bot.news.gaps import is_list, stands_before
from bot.news.mentions import Role
from bot.news.premieres import PremiereDate
from bot.news.seasons import SeasonMention
from bot.news.sheet import Named, Sheet
from bot.news.signals import Signal
from bot.news.surroundings import words_around
from bot.news.vocabulary import Mark, Use

_HEAD = re.compile(r"[‘“\"'«„][^’”\"'»“:]{2,60}[’”\"'»“],? (\w+)")
_SURE = 0.95
_BESIDE = 4
_STATES = frozenset(str(kind) for kind in (Kind.RENEWED, Kind.CANCELLED, Kind.FINAL_SEASON, Kind.DELAYED))


@dataclass(slots=True)
class Subject:
    """A show that the article is about, with all that is said of it."""

    show: Show
    named: list[Named] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    seasons: list[SeasonMention] = field(default_factory=list)
    dates: list[PremiereDate] = field(default_factory=list)
    """Those of its own sentences; `shared` are told of all shows that the article is about."""
    shared: list[PremiereDate] = field(default_factory=list)


def subject_names(sheet: Sheet) -> tuple[Named, ...]:
    """Give the mentions that may be subjects: all, but those that only place another.

    A show that is only a parent or a credit is a subject where the headline names no other.
    """
    asides = _asides(sheet)
    plain = [one for one in sheet.named if one.role is Role.PLAIN and one.start not in asides]
    if any(one.start < sheet.summary_at for one in plain):
        return tuple(one for one in plain if one.start < sheet.summary_at or _is_sure(one))
    title = [one for one in sheet.named if one.start < sheet.summary_at and one.role is not Role.COMPARISON]
    if _tells_of_another(sheet):
        title = [one for one in title if one.role is not Role.CREDIT]
    if plain:
        title = [one for one in title if one.start not in asides]
    if title and not (plain and all(one.role is Role.PARENT for one in title)):
        return tuple(sorted({*title, *plain}, key=lambda one: one.start))
    return tuple(plain or title or _only_credit(sheet))


def _tells_of_another(sheet: Sheet) -> bool:
    """Say whether the headline tells of a work that has no name yet: "X director to shoot a film"."""
    around, words = words_around(), fold(sheet.article.title).split()
    works = around.work - around.season
    new = [place for place, word in enumerate(words) if word in around.another]
    return (
        _is_headed_by_stranger(sheet)
        or not around.other.isdisjoint(words)
        or any(not works.isdisjoint(words[place + 1 : place + 4]) for place in new)
    )


def _is_headed_by_stranger(sheet: Sheet) -> bool:
    """Say whether the headline begins with an unknown title: "‘Love Letters’ Trailer: ‘Raw’ Star ..."."""
    head = _HEAD.match(sheet.article.title)
    if head is None or any(one.start < head.end() for one in sheet.named):
        return False
    return fold(head[1]) in words_around().verb_after


def _is_sure(named: Named) -> bool:
    """Say whether a show that the headline does not name is meant for certain."""
    mention = named.mention
    return mention.is_quoted or mention.beside_season or mention.confidence >= _SURE


def _only_credit(sheet: Sheet) -> tuple[Named, ...]:
    """Give the one show of an article whose headline tells news and names none: "stars of X announce"."""
    is_told = any(mark.start < sheet.summary_at and _tells_state(mark) for mark in sheet.marks)
    is_one = len({one.show.id for one in sheet.named}) == 1
    return tuple(one for one in sheet.named if one.role is not Role.COMPARISON) if is_told and is_one else ()


def _tells_state(mark: Mark) -> bool:
    return any(sense.name in _STATES and sense.use is Use.ALONE for sense in mark.senses)


def _asides(sheet: Sheet) -> set[int]:
    """Give where the names begin that only serve to tell of another, with the lists that they head."""
    found: set[int] = set()
    before = sorted({*sheet.marked("aside"), *sheet.marked("awards")}, key=lambda mark: mark.start)
    after = sheet.marked("aside_after")
    last: Named | None = None
    for named in sheet.named:
        is_next = last is not None and last.start in found and is_list(sheet.text, last.end, named.start)
        if is_next or stands_before(sheet.text, before, named.start) or _follows(sheet, after, named):
            found.add(named.start)
        last = named
    return found


def _follows(sheet: Sheet, marks: Sequence[Mark], named: Named) -> bool:
    return any(named.end <= mark.start <= named.end + _BESIDE for mark in marks)


def is_credit(sheet: Sheet, named: Sequence[Named]) -> bool:
    """Say whether a show is named only as its people's: "X star joins the cast of a film"."""
    after = sheet.marked("aside_after")
    return all(_follows(sheet, after, one) for one in named)
