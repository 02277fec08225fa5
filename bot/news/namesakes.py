"""Which of several shows of one name is meant: what the article says around it decides."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.catalogue.folding import fold
from bot.catalogue.names import Form, Name
from bot.model import Evidence, Show
from bot.news.networks import countries_of, country_named, country_of_house, house_of
from bot.news.page import Page
from bot.news.text import Passage

_CLEAR_LEAD = 0.5
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_AHEAD = 4
"""Years between the first news of a show and its first episode."""
_OF_FORM = {
    Form.NAME: None,
    Form.OTHER: Evidence("one of its other names", -0.4),
    Form.SHORT: Evidence("a name without its article", -2.0),
    Form.PART: Evidence("a part of its name", -5.0),
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
        evidence = [*_linked(page, show, written), *_in_its_time(page, show), _known(show)]
        if _has_inner_capital(show.name) and not written.isupper():
            is_same = written == show.name
            evidence.append(
                Evidence(
                    "spelt as it spells itself" if is_same else "spelt otherwise", 2.0 if is_same else -1.0
                )
            )
        if one := _OF_FORM[form]:
            evidence.append(one)
        if len(name.bearers) > 1:
            evidence += _in_its_place(page, show)
        if qualifier is not None:
            evidence.append(_qualified(show, qualifier))
        ranked.append(Bearer(sum(one.weight for one in evidence), show, form, tuple(evidence)))
    ranked.sort(key=lambda bearer: (-bearer.score, bearer.form, bearer.show.id))
    return Choice(tuple(ranked))


def _may_be_one(one: Show, other: Show) -> bool:
    """Say whether a catalogue may hold one show twice: begun in one year, and nothing tells them apart."""
    if one.year is None or one.year != other.year:
        return False
    return (not one.network or not other.network) and (not one.country or not other.country)


def _has_inner_capital(name: str) -> bool:
    return any(before.islower() and after.isupper() for before, after in pairwise(name))


def _linked(page: Page, show: Show, written: str) -> list[Evidence]:
    """Look for the show's network and its cast."""
    found: list[Evidence] = []
    if show.network:
        house = house_of(show.network)
        if house in page.houses:
            found.append(Evidence("its network is named", 2.0, (page.houses[house],)))
        elif len(house) > 2 and f" {house} " in page.text:
            found.append(Evidence("its network is named", 2.0))
        elif page.houses:
            found.append(Evidence("only other networks are named", -0.7))
    for person in show.cast:
        if " " in person and f" {_folded(person)} " in page.text and person != written:
            found.append(Evidence("one of its cast is named", 2.5))
            break
    return found


def _known(show: Show) -> Evidence:
    """Weigh how much the world knows of the show: what it says is seldom about the others."""
    told = 0.5 * bool(show.network) + 0.4 * bool(show.cast) + 0.3 * bool(show.country)
    told += 0.4 * math.log1p(min(20, len(show.other_names)))
    return Evidence("how well known it is", max(told, show.weight / 40) - 1.2)


def _in_its_time(page: Page, show: Show) -> list[Evidence]:
    """Weigh whether there can be news of it at the article's date."""
    if show.year is None:
        return [Evidence("its years are unknown", -0.7)]
    if page.year is None:
        return [Evidence("how recent it is", max(-0.8, min(0.8, (show.year - 2010) / 15)))]
    if show.year > page.year + _MAX_AHEAD:
        return [Evidence("it did not exist yet", -5.0)]
    if show.status == "Running":
        return [Evidence("it is running", 0.8)]
    if show.ended_year is not None and show.ended_year < page.year:
        return [Evidence("it had ended", -0.3 * min(5, page.year - show.ended_year))]
    age = page.year - show.year
    if age <= 8:
        return [Evidence("it began lately", 0.8)]
    return [Evidence("it began long ago", max(-1.4, 0.8 - 0.15 * (age - 8)))]


def _in_its_place(page: Page, show: Show) -> list[Evidence]:
    countries = countries_of(show.country, show.network)
    if not countries or not page.countries:
        return []
    if countries & page.countries:
        return [Evidence("its country is named", 1.0)]
    return [Evidence("another country is named", -0.7)]


def _qualifier(passage: Passage, last: int) -> str | None:
    """Give the word after a name that tells it from its namesakes: `(UK)`, `US`, `(2018)`."""
    words = passage.words
    if last + 1 >= len(words):
        return None
    word = words[last + 1]
    is_year = _YEAR.fullmatch(word) is not None and "(" in passage.between(last + 1)
    is_country = passage.written(last + 1, last + 1).isupper() and country_named(word) is not None
    return word if is_year or is_country else None


def _qualified(show: Show, qualifier: str) -> Evidence:
    if qualifier.isdigit():
        fits = show.year is not None and abs(show.year - int(qualifier)) <= 1
    else:
        fits = country_named(qualifier) in countries_of(show.country, show.network)
    return Evidence("the year or country after the name", 4.0 if fits else -2.0)


@lru_cache(maxsize=8192)
def _folded(person: str) -> str:
    return fold(person)
