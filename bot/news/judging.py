"""What the surroundings of a name say: is a title meant, and nothing else?

Each rule yields one piece of evidence. Weights are logarithms of odds; those of all rules, of the words'
own ordinariness and of the chosen show add up.
"""

import math
import re
from dataclasses import dataclass, field

from bot.catalogue.names import Form, Name
from bot.model import Evidence, Span
from bot.news.mentions import Doubt
from bot.news.namesakes import Choice
from bot.news.page import Page
from bot.news.surroundings import is_number, season_beside, words_around
from bot.news.text import Passage

LINK_AT = 0.5
"""A mention less sure than this is taken for ordinary words."""
_SURE = 0.8
_BASE = 2.2
_PER_ORDINARY = 1.15
_HEADS = re.compile(r"\s*:\s|\s+[–—-]\s")
_IN_CLAUSE = frozenset(".,;:!?()")
_MAX_TITLE_WORDS = 9


@dataclass(slots=True)
class Found:
    """A name in a passage while it is judged."""

    passage: Passage
    first: int
    last: int
    name: Name
    choice: Choice
    evidence: list[Evidence] = field(default_factory=list)
    doubt: Doubt | None = None
    is_quoted: bool = False
    is_capitals: bool = False
    season: float = 0.0

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.passage.span(self.first, self.last)

    @property
    def words(self) -> list[str]:
        """Its folded words."""
        return self.passage.words[self.first : self.last + 1]

    @property
    def confidence(self) -> float:
        """The chance that the likeliest show is meant."""
        score = sum(one.weight for one in self.evidence) + self.choice.ranked[0].score
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    @property
    def is_sure(self) -> bool:
        """Say whether it may speak for its neighbours."""
        return self.doubt is None and self.confidence >= _SURE

    def say(self, rule: str, weight: float, span: Span | None = None) -> None:
        """Note what a rule says."""
        self.evidence.append(Evidence(rule, weight, (span or self.span,)))


def judge(page: Page, found: Found) -> None:
    """Gather the evidence for `found`."""
    found.say("how ordinary its words are", _BASE - _PER_ORDINARY * found.name.ordinariness)
    if page.is_about_television:
        found.say("about television", 1.0)
    else:
        found.say("not about television", -1.5)
    _look_at_quotes(found)
    _look_at_case(found)
    _look_at_season(found)
    _look_at_words(found)
    _look_at_neighbours(page, found)
    _look_at_networks(page, found)
    if not found.is_quoted and _is_longer(page, found):
        found.doubt = found.doubt or Doubt.LONGER
        found.say("part of a longer name", -4.0)
    _look_at_address(page, found)
    if (
        found.passage is page.title
        and found.first == 0
        and _HEADS.match(found.passage.between(found.last + 1))
    ):
        found.say("heads the headline", 1.5)


def _look_at_quotes(found: Found) -> None:
    passage, around = found.passage, words_around()
    quote = passage.quote_around(found.first, found.last)
    if quote is None:
        return
    beside = [*passage.words[quote[0] : found.first], *passage.words[found.last + 1 : quote[1] + 1]]
    if all(is_number(word) or word in around.season or word in ("s", "us", "uk") for word in beside):
        found.is_quoted = True
        found.say("in quotes", 3.0)
    elif quote[1] - quote[0] < _MAX_TITLE_WORDS and _is_one_title(passage, *quote):
        found.doubt = Doubt.LONGER
        found.say("part of a longer title in quotes", -6.0, passage.span(*quote))


def _is_one_title(passage: Passage, first: int, last: int) -> bool:
    long = [word for word in range(first, last + 1) if len(passage.words[word]) > 3]
    if any("," in passage.between(word) for word in range(first + 1, last + 1)):
        return False
    return bool(long) and all(passage.is_capital(word) or passage.words[word].isdigit() for word in long)


def _look_at_case(found: Found) -> None:
    passage, first, last = found.passage, found.first, found.last
    written = passage.written(first, last)
    if written.islower():
        found.say("in lower case", -4.0)
    elif written.isupper() and len(written) > 2 and passage.upper_share < 0.5:
        if not any(show.name.isupper() for show in found.choice.shows):
            found.is_capitals = True
            found.say("in capitals", 2.0)
    elif not passage.is_title_case and passage.field != "categories":
        _look_at_capitals(found)
    if passage.between(last + 1).startswith("-") and first == last and found.name.ordinariness > 2.5:
        found.say("joined to the next word", -2.5)
    if _is_joined(found):
        found.say("joined by hyphens", -2.0)


def _look_at_capitals(found: Found) -> None:
    """Weigh capitals where not every word has one."""
    passage, first, last = found.passage, found.first, found.last
    long = [word for word in range(first, last + 1) if len(passage.words[word]) > 3] or [last]
    share = sum(passage.is_capital(word) or passage.words[word].isdigit() for word in long) / len(long)
    if share < 1 and first != last:
        found.say(
            "its words are not written as a name",
            -1.5 if share < 0.5 or found.choice.ranked[0].form > Form.OTHER else -0.5,
        )
    elif (
        share == 1 and not found.words[-1].isdigit() and (first != last or not passage.starts_sentence(first))
    ):
        found.say("written as a name", (1.8 if first == last else 2.2) * (1.0 - passage.capital_share))


def _is_joined(found: Found) -> bool:
    """Say whether hyphens join its words that do not belong there: `step-by-step`."""
    joined = any(found.passage.between(word) == "-" for word in range(found.first + 1, found.last + 1))
    return joined and not any("-" in show.name for show in found.choice.shows)


def _look_at_season(found: Found) -> None:
    found.season = season_beside(found.passage, found.first, found.last)
    if "".join(found.words).isdigit():
        _look_at_digits(found)
    if found.season:
        found.say("a season beside it" if found.season >= 0.5 else "a season near it", 3.4 * found.season)


def _look_at_digits(found: Found) -> None:
    """Weigh a name of digits, which may count or date anything."""
    if found.season < 1.0:
        found.season = 0.0
    before = found.passage.words[max(0, found.first - 1) : found.first]
    if len("".join(found.words)) <= 2:
        found.say("a mere number", -2.0)
    if before and (before[0] in words_around().before_number or before[0] in words_around().season):
        found.say("a number after such a word", -3.0)


def _look_at_words(found: Found) -> None:
    around = words_around()
    if (
        all(word in around.calendar or word.isdigit() for word in found.words)
        and not "".join(found.words).isdigit()
    ):
        found.say("a day or month", -5.0)
    elif all(word in around.television or is_number(word) for word in found.words):
        found.say("words of the trade itself", -4.0)


def _look_at_neighbours(page: Page, found: Found) -> None:
    around, passage = words_around(), found.passage
    after = passage.clause(found.last + 1, 1, _IN_CLAUSE, 3)
    if after[:1] == ["s"]:
        del after[0]
    before = passage.clause(found.first - 1, -1, _IN_CLAUSE, 2)
    if not around.other.isdisjoint([*before[:1], *after[:1]]):
        found.say("a film, game or book beside it", -6.0)
    elif before and before[0] in around.work:
        found.say("called a series", 2.0)
    elif after and after[0] in around.work:
        found.say("a series of its name", 0.5)
    elif after and after[0] in around.people:
        found.say("its people beside it", 1.5)
    if before[:1] == ["in"]:
        found.say("in it, as in a place", -1.0)
    elif before and before[0] in around.verb_before:
        found.say("a word of the trade before it", 1.5)
    elif not around.verb_after.isdisjoint(after[:2]):
        found.say("a word of the trade after it", 1.0)


def _look_at_networks(page: Page, found: Found) -> None:
    passage = found.passage
    for network in page.networks.get(passage.field, ()):
        between = passage.words[network.last + 1 : found.first]
        if network.last < found.first and (
            not between or between == ["s"] or between in (["the"], ["s", "the"])
        ):
            found.say("a network before it", 1.5)
        between = passage.words[found.last + 1 : network.first]
        if network.first > found.last and (
            between in (["on"], ["at"], ["for"]) or (not between and "," in passage.between(network.first))
        ):
            found.say("a network after it", 1.5)


def _is_longer(page: Page, found: Found) -> bool:
    """Say whether a further word with a capital belongs to the name, so that something else is meant."""
    passage = found.passage
    after, before = found.last + 1, found.first - 1
    if after < len(passage.words) and _belongs(page, passage, after) and not passage.between(after).strip():
        if passage.is_title_case:
            return _is_numbered(passage, after)
        if passage.words[after] not in words_around().verb_after:
            return True
    if passage.is_title_case or before < 0 or passage.between(found.first).strip():
        return False
    return (
        _belongs(page, passage, before)
        and not passage.starts_sentence(before)
        and passage.words[before] not in words_around().verb_before
    )


def _is_numbered(passage: Passage, word: int) -> bool:
    """Say whether a season is counted of `word`, not of the name before it: `Halo Infinite Season 2`."""
    following, around = passage.clause(word + 1, 1, _IN_CLAUSE, 2), words_around()
    counted = len(following) > 1 and following[0] in around.season and is_number(following[1])
    return counted and passage.words[word] not in around.verb_after


def _belongs(page: Page, passage: Passage, word: int) -> bool:
    around, written = words_around(), passage.words[word]
    if not passage.is_capital(word) or not written.isalpha():
        return False
    if (
        written in around.beside
        or written in around.calendar
        or written in around.work
        or written in around.season
    ):
        return False
    networks = page.networks.get(passage.field, ())
    return not any(network.first <= word <= network.last for network in networks)


def _look_at_address(page: Page, found: Found) -> None:
    key = " ".join(found.words)
    if any(category.words == found.words for category in page.categories):
        found.say("a category of its name", 2.5)
    if key in page.url_parts:
        found.say("a part of the address", 1.5)
    elif found.passage.field == "summary" and f" {key} " in page.url_words:
        found.say("in the address", 0.7)
