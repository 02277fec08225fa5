"""Whether words that look like a name are a piece of something longer: `Halo Infinite`, `Miranda Hart`."""

from bot.model import Evidence
from bot.news import weights
from bot.news.found import Found
from bot.news.mentions import Doubt
from bot.news.page import Page
from bot.news.surroundings import is_number, words_around
from bot.news.text import Passage

_CLOSING = frozenset(["'", "’", '"', "”", "»"])
"""What ends a title, so that a verb follows: `'Community' Benched`."""
_MAX_SUBTITLE = 7
_TOLD_OF_SHOWS = frozenset(["renewed", "canceled", "cancelled", "axed", "premieres", "debuts", "season"])
"""What is told of a show, not of its people."""
MEANT_AS_SUCH = 2.5
"""Names of words less ordinary than this are themselves, whatever stands before them."""


def look_for_longer(page: Page, found: Found) -> None:
    """Weigh whether the words around the name belong to it."""
    if found.is_quoted:
        return
    if _has_subtitle(page, found):
        found.doubt = found.doubt or Doubt.LONGER
        found.say(weights.OTHER_SUBTITLE)
    elif _is_longer(page, found):
        found.doubt = found.doubt or Doubt.LONGER
        rare = 1.0 if found.passage.is_title_case else 1.0 - found.passage.capital_share
        found.say(Evidence(weights.LONGER, weights.MOST_LONGER * rare))
    elif _follows_stranger(page, found):
        found.say(weights.AFTER_A_STRANGER)


def _is_longer(page: Page, found: Found) -> bool:
    """Say whether a further word with a capital belongs to the name, so that something else is meant."""
    passage, around = found.passage, words_around()
    after, before = found.last + 1, found.first - 1
    if _is_work_of_a_number(passage, after):
        return True
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
    if before >= 0 and passage.before(found.first) == " " and passage.words[before] in ("season", "seasons"):
        return True
    if before >= 0 and found.first == found.last and passage.before(found.first).rstrip() in _CLOSING:
        return True
    if not passage.is_title_case or found.first != found.last or found.name.ordinariness < MEANT_AS_SUCH:
        return False
    if before < 0 or passage.before(found.first).strip() or len(passage.words[before]) < 4:
        return False
    return _belongs(page, passage, before) and passage.words[before] not in around.hint_before


def _has_subtitle(page: Page, found: Found) -> bool:
    """Say whether a subtitle follows that the name lacks: `Outlander: Blood of My Blood renewed`."""
    passage, after, around = found.passage, found.last + 1, words_around()
    if not passage.before(after).startswith(": ") or found.first > 0 or passage is not page.title:
        return False
    for count, word in enumerate(passage.words[after : after + _MAX_SUBTITLE]):
        if word in _TOLD_OF_SHOWS:
            return count > 1
        place = after + count
        if word in around.of_the_field or (count and passage.before(place).strip(" &")):
            return False
        if not _belongs(page, passage, place) and (count == 0 or len(word) > 3):
            return False
    return False


def _is_work_of_a_number(passage: Passage, word: int) -> bool:
    """Say whether a numbered work counts the season: `Fallout 76 Season 17`, `Destiny 2's new season`."""
    if word + 2 >= len(passage.words) or not passage.words[word].isdigit() or passage.before(word).strip():
        return False
    following, around = passage.rest_of_clause(word, 4), words_around()
    if following[:1] == ["s"]:
        return not around.season.isdisjoint(following)
    return len(following) > 1 and following[0] in around.season and following[1].isdigit()


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
