"""How a name is written: in quotes, with capitals, joined to other words, in digits."""

from bot.catalogue.names import Form
from bot.model import Evidence
from bot.news import weights
from bot.news.found import Found
from bot.news.mentions import Doubt
from bot.news.surroundings import is_number, words_around
from bot.news.text import Passage

_MAX_TITLE_WORDS = 9


def look_at_quotes(found: Found) -> None:
    passage, around = found.passage, words_around()
    quote = passage.quote_around(found.first, found.last)
    if quote is None:
        return
    beside = [*passage.words[quote[0] : found.first], *passage.words[found.last + 1 : quote[1] + 1]]
    is_counted = not around.season.isdisjoint(beside)
    if all(
        word.isdigit()
        or word in around.season
        or word in ("s", "us", "uk")
        or (is_counted and is_number(word))
        for word in beside
    ):
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


def look_at_case(found: Found) -> None:
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
