"""An article laid out for reading: one text, its sentences, and all that was found in it.

The text is the title, a line break and the summary; places are places in it, until `Sheet.span`
leads them back to the fields.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.model import Article, PartialDate, Show, Span
from bot.news.lazy import lazy
from bot.news.lexicon import load_lexicon
from bot.news.mentions import Doubt, Linked, Role, ShowMention
from bot.news.premieres import PremiereDate
from bot.news.seasons import SeasonMention
from bot.news.tokens import fold
from bot.news.vocabulary import Mark

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|\n|\s[|•]\s|;\s")
_SHORTENED = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "vs",
        "no",
        "ep",
        "eps",
        "jr",
        "sr",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "nr",
        "bzw",
        "ca",
        "vol",
        "pt",
        "approx",
        "a.m",
        "p.m",
        "d.c",
        "inc",
        "co",
        "etc",
    ]
)
_MONTH = 31
_MAX_TITLE, _MAX_SUMMARY = 600, 10_000
_ASKS = re.compile(r"(?:is|are|does|did|has|can|when will|when is|when does|will there) ", re.I)
_TURN = re.compile(
    r"[,:–—-] (?:(?:so|and|but|und|et|y|e|en) )?(?=(?:why|how|when|what|who|will|is|are|does|can|"
    r"warum|wann|wie|wird|pourquoi|quand|por|cuándo|perché|quando|waarom|wanneer)\b)",
    re.I,
)
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"[\w.]+$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of the text."""

    start: int
    end: int
    is_title: bool
    asks_from: int
    """Where its question begins; its end where it asks nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A show named at characters `start` to `end` of the text."""

    start: int
    end: int
    show: Show
    role: Role
    mention: ShowMention


@dataclass(frozen=True)
class Sheet:
    """All that reading needs, in order of appearance."""

    article: Article
    text: str
    summary_at: int
    """Where the summary begins in `text`."""
    sentences: tuple[Sentence, ...]
    named: tuple[Named, ...]
    marks: tuple[Mark, ...]
    """Without those that are part of a show's name."""
    seasons: tuple[SeasonMention, ...]
    dates: tuple[PremiereDate, ...]
    networks: tuple[str, ...]
    dated: PartialDate | None = None
    """The article's own date."""

    def is_past(self, date: PartialDate) -> bool:
        """Say whether `date` was more than a month over when the article was written."""
        return self.dated is not None and (self.dated.earliest - date.latest).days > _MONTH

    def sentence_at(self, place: int) -> int:
        """Give the number of the sentence that holds `place`."""
        number = bisect_right(self.sentences, place, key=lambda sentence: sentence.end)
        return min(number, len(self.sentences) - 1)

    @property
    def placed(self) -> tuple[SeasonMention | PremiereDate, ...]:
        """Give all seasons and dates."""
        return (*self.seasons, *self.dates)

    def shows(self) -> tuple[Show, ...]:
        """Give each show that is named, in order of appearance."""
        return tuple({named.show.id: named.show for named in self.named}.values())

    def marked(self, name: str) -> tuple[Mark, ...]:
        """Give the marks of one sense."""
        return self._by_sense.get(name, ())

    @lazy
    def _by_sense(self) -> dict[str, tuple[Mark, ...]]:
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            for name in {sense.name for sense in mark.senses}:
                found.setdefault(name, []).append(mark)
        return {name: tuple(marks) for name, marks in found.items()}

    def span(self, start: int, end: int) -> Span:
        """Lead a place in the text back to its field."""
        if start < self.summary_at:
            return Span(start, min(end, self.summary_at - 1), "title")
        return Span(start - self.summary_at, end - self.summary_at, "summary")


def tidy(article: Article) -> Article:
    """Decode entities and collapse white space, so that places stand for what people see.

    What comes after the first pages of a text is not read.
    """
    title = _plain(article.title, _MAX_TITLE)
    return replace(article, title=title, summary=_plain(article.summary, _MAX_SUMMARY))


def _plain(text: str, longest: int) -> str:
    words = " ".join(html.unescape(text[: 2 * longest]).split())
    return words.replace("« ", "«").replace(" »", "»")[:longest]


def join(article: Article) -> str:
    """Give the text that is read."""
    return f"{article.title}\n{article.summary}"


def cut_sentences(text: str, summary_at: int) -> tuple[Sentence, ...]:
    """Cut `text` after each full stop, question or exclamation mark and line break."""
    found: list[Sentence] = []
    start = 0
    for stop in _END.finditer(text):
        if text[stop.start()] == "." and _is_shortening(text, stop.start(), stop.end()):
            continue
        found.append(_sentence(text, start, stop.end(), summary_at))
        start = stop.end()
    if start < len(text) or not found:
        found.append(_sentence(text, start, len(text), summary_at))
    return tuple(found)


def _is_shortening(text: str, stop: int, after: int) -> bool:
    """Say whether the full stop at `stop` ends a shortened word and no sentence."""
    last = _LAST_WORD.search(text, max(0, stop - 12), stop)
    word = last.group().lower() if last else ""
    follows = text[after : after + 3].lstrip("\"'“”„‘’«»‹›(")[:1]
    return (
        word in _SHORTENED
        or len(word) == 1
        or follows.islower()
        or (word.isdecimal() and (not follows.isupper() or _is_month(text, after)))
    )


def _is_month(text: str, start: int) -> bool:
    """Say whether a month stands at `start`: "am 16. Juni"."""
    word = _WORD.match(text, start)
    return word is not None and fold(word.group()) in _months()


@cache
def _months() -> frozenset[str]:
    languages = load_lexicon().languages.values()
    return frozenset(word for one in languages for row in one["dates.months"].values() for word in row)


def _sentence(text: str, start: int, end: int, summary_at: int) -> Sentence:
    asks_from = end
    if "?" in text[max(start, end - 6) : end]:
        turns = [found.start() for found in _TURN.finditer(text, start, end)]
        asks_from = turns[-1] if turns else start
    elif start == 0 and _ASKS.match(text):
        asks_from = 0
    return Sentence(start, end, start < summary_at, asks_from)


def place_shows(linked: Linked, summary_at: int) -> tuple[Named, ...]:
    """Give the mentions that are taken for a show, as places in the text."""
    found = []
    for mention in linked.mentions:
        show = mention.show or _named_elsewhere(mention, linked)
        if show is None or mention.span.field == "categories":
            continue
        shift = summary_at if mention.span.field == "summary" else 0
        start, end = mention.span.start + shift, mention.span.end + shift
        found.append(Named(start, end, show, mention.role, mention))
    return tuple(sorted(found, key=lambda named: named.start))


def with_roles(named: Sequence[Named], parts: Sequence[Role]) -> tuple[Named, ...]:
    """Give the mentions with the roles that their sentences tell."""
    return tuple(replace(one, role=part) for one, part in zip(named, parts, strict=True))


def _named_elsewhere(mention: ShowMention, linked: Linked) -> Show | None:
    """Give the show that ordinary words mean, where the article names it for certain elsewhere."""
    if mention.doubt is not Doubt.ORDINARY:
        return None
    return next((show for show in mention.candidates if show.id in linked.by_show), None)


def outside(marks: Sequence[Mark], named: Sequence[Named]) -> tuple[Mark, ...]:
    """Give the marks that overlap no show's name: *The Order* is not ordered."""
    kept = []
    names = iter(named)
    current = next(names, None)
    for mark in marks:
        while current is not None and current.end <= mark.start:
            current = next(names, None)
        if current is None or mark.end <= current.start:
            kept.append(mark)
    return tuple(kept)
