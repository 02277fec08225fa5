"""What the surroundings of a name say: is a title meant, and nothing else?"""

import re

from bot.catalogue.folding import fold
from bot.catalogue.names import Form
from bot.model import Evidence
from bot.news import weights
from bot.news.found import Found
from bot.news.longer import MEANT_AS_SUCH, look_for_longer
from bot.news.namesakes import Namesakes
from bot.news.page import Page
from bot.news.surroundings import is_number, owns_season, season_beside, words_around
from bot.news.writing import look_at_case, look_at_quotes

_HEADS = re.compile(r"\s*:\s|\s+[–—|-]\s")
_SENTENCE_SIGNS = (".", "!", "?")
_LEADS_TO_NETWORK = frozenset(
    ["on", "at", "for", "bei", "auf", "im", "beim", "sur", "en", "su", "na", "no", "op", "pa"]
)
"""Between a name and its network: `X on ITV`, `X bei Netflix`."""


def judge(page: Page, found: Found, namesakes: Namesakes) -> None:
    """Gather the evidence for `found`; a mere piece of a longer name is looked at no further."""
    look_at_quotes(found)
    look_for_longer(page, found)
    is_plain_word = found.first == found.last and found.name.ordinariness >= MEANT_AS_SUCH
    if is_plain_word and found.score <= weights.SURELY_LONGER:
        return
    found.take(namesakes.choose(found.passage, found.first, found.last, found.name))
    found.say(weights.ABOUT_TELEVISION if page.is_about_television else weights.NOT_ABOUT_TELEVISION)
    look_at_case(found)
    _look_at_part(found)
    _look_at_season(found)
    _look_at_words(found)
    _look_at_neighbours(found)
    _look_at_networks(page, found)
    _look_at_address(page, found)
    _look_at_place(page, found)
    if is_plain_word and not _has_support(found):
        found.say(weights.NOTHING_ELSE)


def _has_support(found: Found) -> bool:
    """Say whether anything but the article's subject speaks for a title."""
    if any(one.rule in weights.TELLS_OF_THE_SHOW for one in found.choice.best.evidence):
        return True
    beside = (one for one in found.evidence if one.weight > 0 and one is not weights.ABOUT_TELEVISION)
    return sum(one.weight for one in beside) >= 1.0


def _look_at_place(page: Page, found: Found) -> None:
    """Look whether it heads the headline, alone or with a number: `Silo: a first look`, `Boris 4: …`."""
    passage = found.passage
    if passage is not page.title or found.first > 0:
        return
    following = passage.words[found.last + 1 : found.last + 2]
    is_counted = bool(following) and following[0].isdigit() and len(following[0]) <= 2
    if _HEADS.match(passage.before(found.last + 1 + is_counted)):
        found.say(weights.HEADS_HEADLINE)


def _look_at_part(found: Found) -> None:
    """Mistrust what stands before a colon: a person or a franchise as often as the show."""
    likeliest = found.choice.best
    if likeliest.form is Form.PART and fold(likeliest.show.name).split()[: len(found.words)] == found.words:
        found.say(weights.BEFORE_ITS_COLON)


def _look_at_season(found: Found) -> None:
    has_own_sign = found.name.bearers[0][0].name[-1:] in _SENTENCE_SIGNS
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
    if found.is_quoted:
        return
    if found.first == found.last and len(found.words[0]) <= 2:
        found.say(weights.A_NUMBER)
    is_year = len(found.words[0]) == 4
    if before and (before[0] in around.before_number or (before[0] in around.season and not is_year)):
        found.say(weights.A_COUNT)


def _look_at_words(found: Found) -> None:
    """Weigh names that are made of the calendar's or the trade's own words."""
    around, words = words_around(), found.words
    if words[0] not in around.of_the_field or found.is_digits:
        return
    if all(word in around.calendar or word.isdigit() for word in words):
        following = found.passage.words[found.last + 1 : found.last + 2]
        is_numbered = found.passage.before(found.last + 1) == " " and not around.season.isdisjoint(following)
        is_owner = owns_season(found.passage, found.first)
        found.say(weights.A_DAY_NUMBERED if is_numbered or is_owner else weights.A_DAY)
    elif all(word in around.television or is_number(word) for word in words):
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
    elif after and after[0] in around.genre:
        found.say(weights.A_TOPIC)
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
        is_linked = words[after] in _LEADS_TO_NETWORK
        if page.network_at(passage, after + is_linked) and (is_linked or "," in passage.before(after)):
            found.say(weights.NETWORK_AFTER)


def _look_at_address(page: Page, found: Found) -> None:
    if page.article.categories and any(category.words == found.words for category in page.categories):
        found.say(weights.A_CATEGORY)
    place = page.place_in_address(found.words)
    if place == "part":
        found.say(weights.PART_OF_ADDRESS)
    elif place is not None and found.passage.field == "summary":
        found.say(weights.IN_ADDRESS)
