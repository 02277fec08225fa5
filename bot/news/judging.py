"""What the surroundings of a name say: is a title meant, and nothing else?"""

import math
import re
from dataclasses import dataclass, field

from bot.catalogue.names import Form, Name
from bot.model import Evidence
from bot.news import weights
from bot.news.mentions import Doubt
from bot.news.namesakes import Choice
from bot.news.page import Page
from bot.news.surroundings import is_number, season_beside, words_around
from bot.news.text import Passage

LINK_AT = 0.5
"""A mention less sure than this is taken for ordinary words."""
_SURE_SCORE = 1.4
_HEADS = re.compile(r"\s*:\s|\s+[–—-]\s")
_SENTENCE_SIGNS = (".", "!", "?")
_MAX_TITLE_WORDS = 9
_MEANT_AS_SUCH = 2.5
"""Names of words less ordinary than this are themselves, whatever stands before them."""


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
    score: float = 0.0

    def __post_init__(self) -> None:
        self.score = self.choice.best.score

    @property
    def words(self) -> list[str]:
        """Its folded words."""
        return self.passage.words[self.first : self.last + 1]

    @property
    def is_digits(self) -> bool:
        """Say whether it is written in digits alone."""
        return all(word.isdigit() for word in self.words)

    @property
    def confidence(self) -> float:
        """The chance that the likeliest show is meant."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score))))

    @property
    def is_sure(self) -> bool:
        """Say whether it may speak for its neighbours."""
        return self.doubt is None and self.score >= _SURE_SCORE

    def say(self, evidence: Evidence) -> None:
        """Note what a rule says."""
        self.evidence.append(evidence)
        self.score += evidence.weight


def judge(page: Page, found: Found) -> None:
    """Gather the evidence for `found`."""
    found.say(weights.ABOUT_TELEVISION if page.is_about_television else weights.NOT_ABOUT_TELEVISION)
    _look_at_quotes(found)
    _look_at_case(found)
    _look_at_season(found)
    _look_at_words(found)
    _look_at_neighbours(found)
    _look_at_networks(page, found)
    if not found.is_quoted:
        if _is_longer(page, found):
            found.doubt = found.doubt or Doubt.LONGER
            found.say(weights.LONGER)
        elif _follows_stranger(page, found):
            found.say(weights.AFTER_A_STRANGER)
    _look_at_address(page, found)
    if (
        found.passage is page.title
        and found.first == 0
        and _HEADS.match(found.passage.before(found.last + 1))
    ):
        found.say(weights.HEADS_HEADLINE)


def _look_at_quotes(found: Found) -> None:
    passage, around = found.passage, words_around()
    quote = passage.quote_around(found.first, found.last)
    if quote is None:
        return
    beside = [*passage.words[quote[0] : found.first], *passage.words[found.last + 1 : quote[1] + 1]]
    if all(is_number(word) or word in around.season or word in ("s", "us", "uk") for word in beside):
        found.is_quoted = True
        found.say(weights.IN_QUOTES)
    elif quote[1] - quote[0] < _MAX_TITLE_WORDS and _is_one_title(passage, *quote):
        found.doubt = Doubt.LONGER
        found.say(weights.LONGER_QUOTED)


def _is_one_title(passage: Passage, first: int, last: int) -> bool:
    if any("," in passage.before(word) for word in range(first + 1, last + 1)):
        return False
    long = [word for word in range(first, last + 1) if len(passage.words[word]) > 3]
    return bool(long) and all(passage.is_capital(word) or passage.words[word].isdigit() for word in long)


def _look_at_case(found: Found) -> None:
    passage, first, last = found.passage, found.first, found.last
    written = passage.written(first, last)
    if written.islower():
        found.say(weights.IN_LOWER_CASE)
    elif written.isupper() and len(written) > 2:
        if passage.upper_share < 0.5 and not found.name.bearers[0][0].name.isupper():
            found.is_capitals = True
            found.say(weights.IN_CAPITALS)
    elif not passage.is_title_case and passage.field != "categories":
        _look_at_capitals(found)
    if first == last and found.name.ordinariness > 2.5 and passage.before(last + 1).startswith("-"):
        found.say(weights.JOINED_TO_NEXT)
    if first != last and _is_joined(found):
        found.say(weights.JOINED_WITHIN)


def _look_at_capitals(found: Found) -> None:
    """Weigh capitals where not every word has one."""
    passage, first, last = found.passage, found.first, found.last
    long = [word for word in range(first, last + 1) if len(passage.words[word]) > 3] or [last]
    share = sum(passage.is_capital(word) or passage.words[word].isdigit() for word in long) / len(long)
    if share < 1 and first != last:
        is_rare = share < 0.5 or found.name.bearers[0][1] > Form.OTHER
        found.say(weights.NOT_AS_A_NAME if is_rare else weights.NOT_QUITE_AS_A_NAME)
    elif (
        share == 1
        and not found.words[-1].isdigit()
        and not (first == last and passage.starts_sentence(first))
    ):
        most = weights.WORD_AS_A_NAME if first == last else weights.WORDS_AS_A_NAME
        found.say(Evidence(weights.AS_A_NAME, most * (1.0 - passage.capital_share)))


def _is_joined(found: Found) -> bool:
    """Say whether hyphens join its words that do not belong there: `step-by-step`."""
    joined = any(found.passage.before(word) == "-" for word in range(found.first + 1, found.last + 1))
    return joined and "-" not in found.name.bearers[0][0].name


def _look_at_season(found: Found) -> None:
    has_own_sign = found.choice.best.show.name[-1:] in _SENTENCE_SIGNS
    found.season = season_beside(found.passage, found.first, found.last, has_own_sign=has_own_sign)
    if found.is_digits:
        _look_at_digits(found)
    if found.season:
        rule = "a season beside it" if found.season >= 0.5 else "a season near it"
        found.say(Evidence(rule, weights.PER_SEASON * found.season))


def _look_at_digits(found: Found) -> None:
    """Weigh a name of digits, which may count or date anything."""
    around, before = words_around(), found.passage.words[max(0, found.first - 1) : found.first]
    if found.season < 1.0:
        found.season = 0.0
    if found.first == found.last and len(found.words[0]) <= 2:
        found.say(weights.A_NUMBER)
    if before and (before[0] in around.before_number or before[0] in around.season):
        found.say(weights.A_COUNT)


def _look_at_words(found: Found) -> None:
    around = words_around()
    if found.is_digits:
        return
    if all(word in around.calendar or word.isdigit() for word in found.words):
        following = found.passage.words[found.last + 1 : found.last + 2]
        is_numbered = found.passage.before(found.last + 1) == " " and not around.season.isdisjoint(following)
        found.say(weights.A_DAY_NUMBERED if is_numbered else weights.A_DAY)
    elif all(word in around.television or is_number(word) for word in found.words):
        found.say(weights.OF_THE_TRADE)


def _look_at_neighbours(found: Found) -> None:
    around, passage = words_around(), found.passage
    after = passage.rest_of_clause(found.last, 3)
    if after[:1] == ["s"]:
        del after[0]
    before = passage.before_in_clause(found.first, 1)
    if not around.other.isdisjoint([*before, *after[:1]]):
        found.say(weights.OTHER_WORK)
    elif before and before[0] in around.work:
        found.say(weights.CALLED_A_SERIES)
    elif after and after[0] in around.work:
        found.say(weights.SERIES_OF_ITS_NAME)
    elif after and after[0] in around.people:
        found.say(weights.ITS_PEOPLE)
    if before == ["in"]:
        found.say(weights.IN_A_PLACE)
    elif before and before[0] in around.verb_before:
        found.say(weights.TRADE_BEFORE)
    elif after and after[0] in around.speaks:
        found.say(weights.IT_SPEAKS)
    elif not around.verb_after.isdisjoint(after[:2]):
        found.say(weights.TRADE_AFTER)


def _look_at_networks(page: Page, found: Found) -> None:
    """Look for `Netflix's X`, `X on Netflix` and `X, ITV, 9pm`."""
    passage, words = found.passage, found.passage.words
    before = found.first - 1
    while before > 0 and words[before] in ("the", "s"):
        before -= 1
    if page.network_at(passage, before):
        found.say(weights.NETWORK_BEFORE)
    after = found.last + 1
    if after < len(words):
        is_linked = words[after] in ("on", "at", "for")
        if page.network_at(passage, after + is_linked) and (is_linked or "," in passage.before(after)):
            found.say(weights.NETWORK_AFTER)


def _is_longer(page: Page, found: Found) -> bool:
    """Say whether a further word with a capital belongs to the name, so that something else is meant."""
    passage, around = found.passage, words_around()
    after, before = found.last + 1, found.first - 1
    if after < len(passage.words) and _belongs(page, passage, after) and not passage.before(after).strip():
        if passage.is_title_case:
            return _is_numbered(passage, after)
        if passage.words[after] not in around.verb_after:
            return True
    if before < 0 or passage.is_title_case or passage.words[before] in around.verb_before:
        return False
    if passage.before(found.first).strip() or passage.starts_sentence(before):
        return False
    return _belongs(page, passage, before)


def _follows_stranger(page: Page, found: Found) -> bool:
    """Say whether a headline's word that goes with no title leads to it: `the Embassy Feud Season 2`."""
    passage, around, before = found.passage, words_around(), found.first - 1
    if not passage.is_title_case or found.first != found.last or found.name.ordinariness < _MEANT_AS_SUCH:
        return False
    if before < 0 or passage.before(found.first).strip() or len(passage.words[before]) < 4:
        return False
    return _belongs(page, passage, before) and passage.words[before] not in around.hint_before


def _is_numbered(passage: Passage, word: int) -> bool:
    """Say whether a season is counted of `word`, not of the name before it: `Halo Infinite Season 2`."""
    following, around = passage.rest_of_clause(word, 2), words_around()
    counted = len(following) > 1 and following[0] in around.season and is_number(following[1])
    return counted and passage.words[word] not in around.verb_after


def _belongs(page: Page, passage: Passage, word: int) -> bool:
    around, folded = words_around(), passage.words[word]
    if not passage.is_capital(word) or not folded.isalpha() or folded in around.not_of_a_name:
        return False
    return page.network_at(passage, word) is None


def _look_at_address(page: Page, found: Found) -> None:
    if page.article.categories and any(category.words == found.words for category in page.categories):
        found.say(weights.A_CATEGORY)
    place = page.place_in_address(found.words)
    if place == "part":
        found.say(weights.PART_OF_ADDRESS)
    elif place is not None and found.passage.field == "summary":
        found.say(weights.IN_ADDRESS)
