"""Which of several shows of one name is meant: what the article says around it decides."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.catalogue.folding import fold
from bot.catalogue.names import Form, Name
from bot.model import Evidence, Show
from bot.news import weights
from bot.news.networks import countries_of, country_named, houses_of
from bot.news.page import Page
from bot.news.text import Passage

_CLEAR_LEAD = 0.5
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_AHEAD = 4
"""Years between the first news of a show and its first episode."""
_LATELY = 8
_OF_FORM = {
    Form.OTHER: weights.OTHER_NAME,
    Form.SHORT: weights.WITHOUT_ARTICLE,
    Form.PART: weights.PART_OF_NAME,
}


@dataclass(frozen=True, slots=True)
class Bearer:
    """A show that has the name, and what speaks for it."""

    score: float
    show: Show
    form: Form
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The shows of one name, the likeliest first."""

    ranked: tuple[Bearer, ...]

    @property
    def is_clear(self) -> bool:
        """Say whether the first is meant rather than the second."""
        if len(self.ranked) == 1:
            return True
        first, second = self.ranked[:2]
        return first.score - second.score >= _CLEAR_LEAD or _may_be_one(first.show, second.show)

    @property
    def shows(self) -> tuple[Show, ...]:
        """The likeliest shows, at most five."""
        return tuple(bearer.show for bearer in self.ranked[:5])


def choose(page: Page, passage: Passage, first: int, last: int, name: Name) -> Choice:
    """Rank the bearers of `name`, which stands in the words `first` to `last` of `passage`."""
    written = passage.written(first, last)
    qualifier = _qualifier(passage, last)
    ranked = []
    for show, form in name.bearers:
        evidence = _of_show(page, show, written)
        if form is not Form.NAME:
            evidence.append(_OF_FORM[form])
        if len(name.bearers) > 1:
            evidence += _in_its_place(page, show)
        if qualifier is not None:
            evidence.append(_qualified(show, qualifier))
        ranked.append(Bearer(sum([one.weight for one in evidence]), show, form, tuple(evidence)))
    if len(ranked) > 1:
        ranked.sort(key=lambda bearer: (-bearer.score, bearer.form, bearer.show.id))
    return Choice(tuple(ranked))


def _may_be_one(one: Show, other: Show) -> bool:
    """Say whether a catalogue may hold one show twice: begun in one year, and nothing tells them apart."""
    if one.year is None or one.year != other.year:
        return False
    return (not one.network or not other.network) and (not one.country or not other.country)


def _of_show(page: Page, show: Show, written: str) -> list[Evidence]:
    """Weigh what the article and the catalogue say of `show`, whatever else has its name."""
    found = [_in_its_time(page, show), _known(show)]
    if show.network:
        found += _network(page, show.network)
    if show.cast:
        found += _cast(page, show, written)
    if not written.isupper() and _has_inner_capital(show.name):
        found.append(weights.SPELT_ALIKE if written == show.name else weights.SPELT_OTHERWISE)
    return found


def _network(page: Page, network: str) -> list[Evidence]:
    """Weigh whether its own network is named; `on Netflix` tells of a carrier, which proves less."""
    is_carried = network.startswith("on ")
    for house in houses_of(network):
        if house in page.houses:
            return [Evidence(weights.ITS_NETWORK, 1.0 if is_carried else 2.0, (page.houses[house],))]
        if len(house) > 2 and f" {house} " in page.text:
            return [weights.NETWORK_NAMED]
    if not page.houses:
        return []
    return [weights.OTHER_CARRIERS if is_carried else weights.OTHER_NETWORKS]


@lru_cache(maxsize=4096)
def _has_inner_capital(name: str) -> bool:
    return any(before.islower() and after.isupper() for before, after in pairwise(name))


def _cast(page: Page, show: Show, written: str) -> list[Evidence]:
    if written in show.cast:
        return [weights.OF_ITS_CAST]
    named = any(" " in person and f" {_folded(person)} " in page.text for person in show.cast)
    return [weights.ITS_CAST] if named else []


def _known(show: Show) -> Evidence:
    """Weigh how much the catalogue knows of the show: the press seldom speaks of the others."""
    told = 0.5 * bool(show.network) + 0.4 * bool(show.cast) + 0.3 * bool(show.country)
    told += 0.4 * math.log1p(min(20, len(show.other_names)))
    return Evidence(weights.WELL_KNOWN, max(told, show.weight / 40) - 1.2)


def _in_its_time(page: Page, show: Show) -> Evidence:
    """Weigh whether there can be news of it at the article's date."""
    if show.year is None:
        return weights.YEARS_UNKNOWN
    if page.year is None:
        return Evidence(weights.HOW_RECENT, max(-0.8, min(0.8, (show.year - 2010) / 15)))
    if show.year > page.year + _MAX_AHEAD:
        return weights.NOT_YET
    if show.status == "Running":
        return weights.RUNNING
    if show.ended_year is not None and show.ended_year < page.year:
        return Evidence(weights.ENDED, -0.3 * min(5, page.year - show.ended_year))
    age = page.year - show.year
    if age <= _LATELY:
        return weights.BEGUN_LATELY
    return Evidence(weights.BEGUN_LONG_AGO, max(-1.4, 0.8 - 0.15 * (age - _LATELY)))


def _in_its_place(page: Page, show: Show) -> tuple[Evidence, ...]:
    countries = countries_of(show.country, show.network)
    if not countries or not page.countries:
        return ()
    return (weights.ITS_COUNTRY,) if countries & page.countries else (weights.OTHER_COUNTRY,)


def _qualifier(passage: Passage, last: int) -> str | None:
    """Give the word after a name that tells it from its namesakes: `(UK)`, `US`, `(2018)`."""
    if last + 1 >= len(passage.words):
        return None
    word = passage.words[last + 1]
    is_year = _YEAR.fullmatch(word) is not None and "(" in passage.gaps[last + 1]
    is_country = country_named(word) is not None and passage.written(last + 1, last + 1).isupper()
    return word if is_year or is_country else None


def _qualified(show: Show, qualifier: str) -> Evidence:
    if qualifier.isdigit():
        fits = show.year is not None and abs(show.year - int(qualifier)) <= 1
    else:
        fits = country_named(qualifier) in countries_of(show.country, show.network)
    return weights.QUALIFIED if fits else weights.QUALIFIED_OTHERWISE


@lru_cache(maxsize=8192)
def _folded(person: str) -> str:
    return fold(person)
