"""Which of several shows of one name is meant: what the article says around it decides."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.catalogue.folding import fold
from bot.catalogue.names import Form, Name
from bot.model import Evidence, Show
from bot.news.networks import countries_of, country_named, country_of_house, house_of
from bot.news.page import Page
from bot.news.text import Passage

_CLEAR_LEAD = 1.0
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_AHEAD = 4
"""Years between the first news of a show and its first episode."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The shows of one name, the likeliest first, and what spoke for each."""

    ranked: tuple[tuple[float, Show, Form, tuple[Evidence, ...]], ...]

    @property
    def is_clear(self) -> bool:
        """Say whether the first is meant rather than the second."""
        return len(self.ranked) == 1 or self.ranked[0][0] - self.ranked[1][0] >= _CLEAR_LEAD

    @property
    def shows(self) -> tuple[Show, ...]:
        """The likeliest shows, at most five."""
        return tuple(entry[1] for entry in self.ranked[:5])


def choose(page: Page, passage: Passage, first: int, last: int, name: Name) -> Choice:
    """Rank the bearers of `name`, which stands in the words `first` to `last` of `passage`."""
    qualifier = _qualifier(passage, last)
    entries = []
    for show, form in name.bearers:
        evidence = tuple(_speaks_for(page, show)) + tuple(
            _fits(page, show, form, qualifier, len(name.bearers) > 1)
        )
        entries.append((sum(one.weight for one in evidence), show, form, evidence))
    entries.sort(key=lambda entry: (-entry[0], entry[2], entry[1].id))
    return Choice(tuple(entries))


def _speaks_for(page: Page, show: Show) -> list[Evidence]:
    """Name what says that this very show is meant, and that a show is meant at all."""
    found: list[Evidence] = []
    if show.network:
        house = house_of(show.network)
        if house in page.houses:
            found.append(Evidence("its network is named", 2.0, (page.houses[house],)))
        elif f" {house.lower()} " in page.text and len(house) > 2:
            found.append(Evidence("its network is named", 2.0))
    for person in show.cast:
        if " " in person and f" {_folded(person)} " in page.text:
            found.append(Evidence("one of its cast is named", 2.5))
            break
    return found


def _fits(page: Page, show: Show, form: Form, qualifier: str | None, has_namesakes: bool) -> list[Evidence]:
    """Say how well time, place and form fit; this decides between namesakes."""
    found: list[Evidence] = []
    if form is Form.SHORT:
        found.append(Evidence("a shortened name", -2.5))
    elif form is Form.OTHER:
        found.append(Evidence("one of its other names", -0.5))
    found += _in_its_time(page, show)
    if has_namesakes:
        found += _in_its_place(page, show)
        if qualifier is not None:
            found.append(_qualified(show, qualifier))
    return found


def _in_its_time(page: Page, show: Show) -> list[Evidence]:
    if page.year is None:
        return [Evidence("the more recent", (show.year - 2000) / 20)] if show.year else []
    if show.year is None:
        return [Evidence("its years are unknown", -0.5)]
    if show.year > page.year + _MAX_AHEAD:
        return [Evidence("it did not exist yet", -5.0)]
    if show.status == "Running":
        return [Evidence("it is running", 1.0)]
    end = show.ended_year
    if end is not None and end < page.year:
        return [Evidence("it had ended", -1.0 - min(1.5, (page.year - end) * 0.25))]
    age = page.year - show.year
    return [Evidence("it was on air", 1.0 if age <= 12 or end is not None else 0.0)]


def _in_its_place(page: Page, show: Show) -> list[Evidence]:
    countries = countries_of(show.country, show.network)
    if not countries:
        return []
    named = {country for house in page.houses if (country := country_of_house(house))}
    named |= {country for word in page.vocabulary if len(word) > 2 and (country := country_named(word))}
    if not named:
        return []
    if countries & named:
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
