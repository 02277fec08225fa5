"""How fast articles are read, beside what looking for names alone costs, and as the catalogue grows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from bench.material import Catalogue
from bench.timing import medians
from bot.catalogue.folding import Folded, fold
from bot.catalogue.names import Names
from bot.model import Article, Show
from bot.news.linking import link
from bot.news.understand import understand

Thing = TypeVar("Thing")

_SAMPLED_SHOWS = 300
_SAMPLED_ARTICLES = 100


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """Seconds for one article, medians of several rounds."""

    articles: int
    characters: float
    """Of an article: its title, summary and categories."""
    with_news: int
    understand_s: float
    fold_and_find_s: float
    """Folding the text and looking for all names, as understanding does first."""
    find_s: float
    """Looking for all names in text that is folded already."""
    scan_s: float
    """The automaton alone over text that is folded already."""
    news_s: float
    """Understanding an article with news."""
    news_scan_s: float
    """Folding and looking for names in such a one."""
    regexes_s: float
    """One regex for each show, reckoned from a sample."""


@dataclass(frozen=True, slots=True)
class GrowthFigures:
    """Seconds for one article with few shows and with many, medians of several rounds."""

    few: int
    many: int
    few_s: float
    many_s: float
    few_scan_s: float
    many_scan_s: float
    """Folding and looking for names alone."""


def measure_reading(
    catalogue: Catalogue, names: Names, articles: Sequence[Article], *, rounds: int = 5
) -> ReadingFigures:
    """Read `articles`, and do the same with less and less."""
    texts = [_text(article) for article in articles]
    folded = [Folded(text) for text in texts]
    automaton = _automaton(catalogue.shows)
    news = [article for article in articles if understand(article, names).announced]
    news_texts = [_text(article) for article in news]
    understand_s, fold_and_find_s, find_s, scan_s, news_s, news_scan_s = medians(
        (
            lambda: [understand(article, names) for article in articles],
            lambda: [names.find(Folded(text)) for text in texts],
            lambda: [names.find(one) for one in folded],
            lambda: [automaton.find_matches_as_indexes(one.text, overlapping=True) for one in folded],
            lambda: [understand(article, names) for article in news],
            lambda: [names.find(Folded(text)) for text in news_texts],
        ),
        rounds,
    )
    count = len(articles)
    return ReadingFigures(
        articles=count,
        characters=sum(map(len, texts)) / count,
        with_news=len(news),
        understand_s=understand_s / count,
        fold_and_find_s=fold_and_find_s / count,
        find_s=find_s / count,
        scan_s=scan_s / count,
        news_s=news_s / len(news),
        news_scan_s=news_scan_s / len(news),
        regexes_s=_regexes_s(catalogue.shows, texts, rounds),
    )


def measure_growth(
    catalogue: Catalogue,
    names: Names,
    articles: Sequence[Article],
    *,
    few: int = 1_000,
    many: int = 80_000,
    rounds: int = 5,
) -> GrowthFigures:
    """Read the same articles with a small catalogue and with a large one.

    The small one holds the shows that the articles name, so that both find the same news in them.
    """
    small = Names(_named_first(catalogue, names, articles)[:few])
    large = Names(catalogue.grown(many).shows)
    texts = [_text(article) for article in articles]
    few_s, many_s, few_scan_s, many_scan_s = medians(
        (
            lambda: [understand(article, small) for article in articles],
            lambda: [understand(article, large) for article in articles],
            lambda: [small.find(Folded(text)) for text in texts],
            lambda: [large.find(Folded(text)) for text in texts],
        ),
        rounds,
    )
    count = len(articles)
    return GrowthFigures(few, many, few_s / count, many_s / count, few_scan_s / count, many_scan_s / count)


def _text(article: Article) -> str:
    return "\n".join((article.title, article.summary, *article.categories))


def _automaton(shows: Sequence[Show]) -> AhoCorasick:
    """Put every name as it is written into an automaton, folded."""
    names = {fold(name) for show in shows for name in (show.name, *show.other_names)} - {""}
    return AhoCorasick(
        (f" {name} " for name in sorted(names)),
        matchkind=MatchKind.Standard,
        store_patterns=False,
        implementation=Implementation.ContiguousNFA,
    )


def _named_first(catalogue: Catalogue, names: Names, articles: Sequence[Article]) -> list[Show]:
    named = {show_id for article in articles for show_id in link(article, names).by_show}
    return sorted(catalogue.shows, key=lambda show: show.id not in named)


def _regexes_s(shows: Sequence[Show], texts: Sequence[str], rounds: int) -> float:
    """Look for some shows in some texts, each by a regex of its own; reckon for all shows in one text."""
    some_shows = _sample(shows, _SAMPLED_SHOWS)
    some_texts = _sample(texts, _SAMPLED_ARTICLES)
    regexes = [re.compile(rf"(?<!\w){re.escape(show.name)}(?!\w)", re.IGNORECASE) for show in some_shows]
    (taken_s,) = medians((lambda: [[one.search(text) for one in regexes] for text in some_texts],), rounds)
    return taken_s / len(some_texts) / len(some_shows) * len(shows)


def _sample(things: Sequence[Thing], count: int) -> Sequence[Thing]:
    return things[:: max(1, len(things) // count)]
