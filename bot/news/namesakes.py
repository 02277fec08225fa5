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
from bot.news.networks import countries_of, country_named, families_of, homes_of, houses_of
from bot.news.page import Page
from bot.news.text import Passage

_CLEAR_LEAD = 0.5
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_AHEAD = 4
"""Years between the first news of a show and its first episode."""
_LATELY = 8
_NEW = 3
_OF_FORM = {
    Form.OTHER: (weights.OTHER_NAME,),
    Form.SHORT: (weights.WITHOUT_ARTICLE,),
    Form.PART: (weights.PART_OF_NAME,),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A show that has the name, and what speaks for it."""

    score: float
    show: Show
    form: Form
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The shows of one name, the likeliest first."""

    ranked: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """The likeliest."""
        return self.ranked[0]

    @property
    def is_clear(self) -> bool:
        """Say whether the likeliest is meant rather than the next."""
        if len(self.ranked) == 1:
            return True
        first, second = self.ranked[:2]
        return first.score - second.score >= _CLEAR_LEAD or _may_be_one(first.show, second.show)

    @property
    def shows(self) -> tuple[Show, ...]:
        """The likeliest shows, at most five."""
        return tuple([candidate.show for candidate in self.ranked[:5]])


NOT_CHOSEN = Choice(())


@dataclass(frozen=True, slots=True)
class _Bearer:
    """What is true of a bearer of a name in any article."""

    show: Show
    form: Form
    always: tuple[Evidence, ...]
    houses: tuple[str, ...]
    is_carried: bool
    """Its network is told as `on Netflix`: a platform that has it, which proves less."""
    homes: frozenset[str]
    """Where its network is; what `(US)` behind a name means."""
    countries: frozenset[str]
    cast: tuple[str, ...]
    """Folded."""
    has_inner_capital: bool


@lru_cache(maxsize=4096)
def _bearers(name: Name) -> tuple[_Bearer, ...]:
    ordinary = Evidence(weights.ORDINARY, weights.BASE - weights.PER_ORDINARY * name.ordinariness)
    return tuple(
        _Bearer(
            show,
            form,
            (ordinary, _known(show), *_OF_FORM.get(form, ())),
            houses_of(show.network or ""),
            (show.network or "").startswith("on "),
            homes_of(show.network),
            countries_of(show.country) | homes_of(show.network),
            tuple(fold(person) for person in show.cast if " " in person),
            any(before.islower() and after.isupper() for before, after in pairwise(show.name)),
        )
        for show, form in name.bearers
    )


def _known(show: Show) -> Evidence:
    """Weigh how much the catalogue knows of the show: the press seldom speaks of the others."""
    told = 0.5 * bool(show.network) + 0.4 * bool(show.cast) + 0.3 * bool(show.country)
    told += 0.4 * math.log1p(min(20, len(show.other_names)))
    return Evidence(weights.WELL_KNOWN, min(2.0, max(told, show.weight / 45)) - 1.2)


class Namesakes:
    """The shows that the names of one page may mean; each name is worked out once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._choices: dict[tuple[int, str, str | None], Choice] = {}

    def choose(self, passage: Passage, first: int, last: int, name: Name) -> Choice:
        """Rank the bearers of `name`, which stands in the words `first` to `last` of `passage`."""
        key = name.key, passage.written(first, last), _qualifier(passage, last)
        known = self._choices.get(key)
        if known is None:
            known = self._choices[key] = _rank(self._page, name, key[1], key[2])
        return known


def _rank(page: Page, name: Name, written: str, qualifier: str | None) -> Choice:
    bearers = _bearers(name)
    ranked = []
    for bearer in bearers:
        evidence = [*bearer.always, _in_its_time(page, bearer.show)]
        if bearer.houses:
            evidence += _network(page, bearer)
        if bearer.cast:
            evidence += _cast(page, bearer, written)
        if bearer.has_inner_capital and not written.isupper():
            evidence.append(weights.SPELT_ALIKE if written == bearer.show.name else weights.SPELT_OTHERWISE)
        if bearer.countries and len(bearers) > 1 and page.countries:
            evidence.append(_country(page, bearer))
        if len(bearers) > 1 and page.tells_of_remake and _is_new(page, bearer.show):
            evidence.append(weights.TOLD_AS_NEW)
        if qualifier is not None:
            evidence.append(_qualified(bearer, qualifier))
        score = sum([one.weight for one in evidence])
        ranked.append(Candidate(score, bearer.show, bearer.form, tuple(evidence)))
    if len(ranked) > 1:
        ranked.sort(key=lambda candidate: (-candidate.score, candidate.form, candidate.show.id))
    return Choice(tuple(ranked))


def _may_be_one(one: Show, other: Show) -> bool:
    """Say whether a catalogue may hold one show twice: of one network, or of one year."""
    if one.network and other.network and houses_of(one.network) != houses_of(other.network):
        return False
    if one.network and other.network and one.cast and not other.cast:
        return True
    if one.year is None or one.year != other.year:
        return False
    if one.network and other.network:
        return True
    return not one.country or not other.country or one.country == other.country


def _in_its_time(page: Page, show: Show) -> Evidence:
    """Weigh whether there can be news of it at the article's date."""
    if show.year is None:
        return weights.IN_THE_MAKING if show.status == "In Development" else weights.YEARS_UNKNOWN
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


def _is_new(page: Page, show: Show) -> bool:
    """Say whether it began lately or is to begin, at the article's date."""
    return show.year is not None and page.year is not None and abs(show.year - page.year) <= _NEW


def _network(page: Page, bearer: _Bearer) -> tuple[Evidence, ...]:
    """Weigh whether its network is named."""
    for house in bearer.houses:
        if house in page.houses:
            span = page.houses[house]
            weight = 1.0 if bearer.is_carried else 2.0
            weight += weights.IN_THE_HEADLINE if span.field == "title" else 0.0
            return (Evidence(weights.ITS_NETWORK, weight, (span,)),)
        if len(house) > 2 and page.says(house):
            return (weights.NETWORK_NAMED,)
    if not page.houses:
        return ()
    if page.families and not page.families.isdisjoint(families_of(bearer.houses)):
        return (weights.SISTER_NETWORK,)
    return (weights.OTHER_CARRIERS if bearer.is_carried else weights.OTHER_NETWORKS,)


def _country(page: Page, bearer: _Bearer) -> Evidence:
    if not bearer.homes.isdisjoint(page.countries):
        return weights.ITS_HOME
    return weights.OTHER_COUNTRY if bearer.countries.isdisjoint(page.countries) else weights.ITS_COUNTRY


def _cast(page: Page, bearer: _Bearer, written: str) -> tuple[Evidence, ...]:
    if written in bearer.show.cast:
        return (weights.OF_ITS_CAST,)
    return (weights.ITS_CAST,) if any(map(page.says, bearer.cast)) else ()


def _qualifier(passage: Passage, last: int) -> str | None:
    """Give the word after a name that tells it from its namesakes: `(UK)`, `US`, `(2018)`."""
    if last + 1 >= len(passage.words):
        return None
    word = passage.words[last + 1]
    if country_named(word) is not None:
        return word if passage.written(last + 1, last + 1).isupper() else None
    return word if _YEAR.fullmatch(word) is not None and "(" in passage.before(last + 1) else None


def _qualified(bearer: _Bearer, qualifier: str) -> Evidence:
    if qualifier.isdigit():
        year = bearer.show.year
        fits = year is not None and abs(year - int(qualifier)) <= 1
    else:
        fits = country_named(qualifier) in (bearer.homes or bearer.countries)
    return weights.QUALIFIED if fits else weights.QUALIFIED_OTHERWISE
