"""Which shows an article names: each mention with the show that is meant, or the reason for none.

The more ordinary a name's words, the more must say that a title is meant. Weights add up as logarithms
of odds; the confidence is what they come to.
"""

import math
from dataclasses import dataclass, replace

from bot.catalogue.names import Form, Name, Names
from bot.model import Article, Evidence, Show, ShowId
from bot.news.mentions import Doubt, Linked, Role, ShowMention
from bot.news.namesakes import Choice, choose
from bot.news.page import Page
from bot.news.surroundings import is_number, role, season_beside, words_around
from bot.news.text import Passage

LINK_AT = 0.5
"""A mention less sure than this is taken for ordinary words."""
_SURE = 0.8
_BASE = 2.2
_PER_ORDINARY = 1.15
_TOO_ORDINARY_IN_LOWER_CASE = 2.6
_INSIDE = frozenset(["", "-", "'", "’", "–", "—", ":", ".", "&", "/", "*", "+", "…", "‑", "‐", "ʼ", "`"])


@dataclass(slots=True)
class _Found:
    """A name in a passage while it is judged."""

    passage: Passage
    first: int
    last: int
    name: Name
    evidence: list[Evidence]
    choice: Choice
    doubt: Doubt | None = None
    is_quoted: bool = False
    is_capitals: bool = False
    season: float = 0.0

    @property
    def score(self) -> float:
        return sum(one.weight for one in self.evidence) + sum(one.weight for one in self.choice.ranked[0][3])

    @property
    def confidence(self) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score))))

    @property
    def is_sure(self) -> bool:
        return self.doubt is None and self.confidence >= _SURE


def link(article: Article, names: Names) -> Linked:
    """Find the shows that title, summary and categories of `article` name."""
    page = Page(article)
    found: list[_Found] = []
    for passage in (page.title, page.summary):
        found += _read(page, passage, names)
    for passage in page.categories:
        found += [
            one for one in _read(page, passage, names) if one.last - one.first + 1 == len(passage.words)
        ]
    if not found:
        return Linked(())
    _strengthen(page, found)
    mentions = tuple(_mention(one) for one in found)
    by_show: dict[ShowId, tuple[ShowMention, ...]] = {}
    for mention in mentions:
        if mention.show is not None:
            by_show[mention.show.id] = (*by_show.get(mention.show.id, ()), mention)
    return Linked(mentions, tuple(page.houses.items()), by_show)


def _read(page: Page, passage: Passage, names: Names) -> list[_Found]:
    """Judge each name in `passage` that may be meant, by its own surroundings."""
    chosen: list[tuple[int, int, Name]] = []
    candidates = [
        (one.first, one.last, one.key)
        for one in names.find(passage.folded)
        if _may_be_title(passage, one.first, one.last, names.ordinariness(one.key))
    ]
    candidates.sort(key=lambda one: (one[0] - one[1], one[0]))
    taken = bytearray(len(passage.words))
    for first, last, key in candidates:
        if any(taken[first : last + 1]):
            continue
        name = names.name(key)
        if _is_in_one_piece(passage, first, last, name):
            taken[first : last + 1] = b"\x01" * (last + 1 - first)
            chosen.append((first, last, name))
    chosen.sort(key=lambda one: one[0])
    return [_judge(page, passage, first, last, name, taken) for first, last, name in chosen]


def _may_be_title(passage: Passage, first: int, last: int, ordinary: float) -> bool:
    return ordinary < _TOO_ORDINARY_IN_LOWER_CASE or not passage.written(first, last).islower()


def _is_in_one_piece(passage: Passage, first: int, last: int, name: Name) -> bool:
    """Say whether no quote, comma or end of sentence stands inside the name that is not its own."""
    for word in range(first + 1, last + 1):
        gap = passage.between(word)
        sign = gap.strip()
        if sign in _INSIDE and not (sign == "." and len(gap) > 1 and len(passage.words[word - 1]) > 3):
            continue
        if not any(sign in written for show, _ in name.bearers for written in (show.name, *show.other_names)):
            return False
    return True


def _judge(page: Page, passage: Passage, first: int, last: int, name: Name, taken: bytearray) -> _Found:
    choice = choose(page, passage, first, last, name)
    found = _Found(passage, first, last, name, [], choice)
    span = (passage.span(first, last),)
    say = found.evidence
    say.append(Evidence("how ordinary the words are", _BASE - _PER_ORDINARY * name.ordinariness, span))
    say.append(
        Evidence(
            "about television" if page.is_about_television else "not about television",
            1.0 if page.is_about_television else -1.5,
        )
    )
    _look_at_quotes(found)
    _look_at_case(found)
    _look_at_neighbours(page, found, taken)
    _look_at_address(page, found)
    return found


def _look_at_quotes(found: _Found) -> None:
    passage, first, last = found.passage, found.first, found.last
    quote = passage.quote_around(first, last)
    if quote is None:
        return
    around = words_around()
    rest = [
        word
        for place in (*range(quote[0], first), *range(last + 1, quote[1] + 1))
        if not is_number(word := passage.words[place])
        and word not in around.season
        and word not in ("s", "us", "uk")
    ]
    if not rest:
        found.is_quoted = True
        found.evidence.append(Evidence("in quotes", 3.0, (passage.span(first, last),)))
    elif (
        quote[1] - quote[0] < 9 and _is_title(passage, quote[0], quote[1]) and not _holds_list(passage, quote)
    ):
        found.doubt = Doubt.LONGER
        found.evidence.append(Evidence("part of a longer title in quotes", -6.0, (passage.span(*quote),)))


def _holds_list(passage: Passage, quote: tuple[int, int]) -> bool:
    return any("," in passage.between(word) for word in range(quote[0] + 1, quote[1] + 1))


def _is_title(passage: Passage, first: int, last: int) -> bool:
    long = [word for word in range(first, last + 1) if len(passage.words[word]) > 3]
    return bool(long) and all(passage.is_capital(word) or passage.words[word].isdigit() for word in long)


def _look_at_case(found: _Found) -> None:
    passage, first, last = found.passage, found.first, found.last
    written = passage.written(first, last)
    span = (passage.span(first, last),)
    if written.islower():
        found.evidence.append(Evidence("in lower case", -2.5, span))
    elif written.isupper() and len(written) > 2 and passage.upper_share < 0.5:
        if not any(show.name.isupper() for show in found.choice.shows):
            found.is_capitals = True
            found.evidence.append(Evidence("in capitals", 2.0, span))
    elif not passage.is_title_case and passage.field != "categories":
        significant = [w for w in range(first, last + 1) if len(passage.words[w]) > 3] or [last]
        capitals = sum(passage.is_capital(word) for word in significant) / len(significant)
        if (
            capitals == 1
            and not passage.words[last].isdigit()
            and (first != last or not passage.starts_sentence(first))
        ):
            rare = 1.0 - passage.capital_share
            found.evidence.append(Evidence("written as a name", (1.8 if first == last else 2.4) * rare, span))
        elif capitals < 0.5 and first != last:
            found.evidence.append(Evidence("its words are not written as a name", -1.5, span))


def _look_at_neighbours(page: Page, found: _Found, taken: bytearray) -> None:
    passage, first, last = found.passage, found.first, found.last
    words, around, span = passage.words, words_around(), (passage.span(first, last),)
    say = found.evidence
    found.season = season_beside(passage, first, last)
    if found.season:
        say.append(Evidence("a season beside it", 3.0 * found.season, span))
    after = last + 1
    if after < len(words) and words[after] == "s":
        after += 1
    following = words[after] if after < len(words) else ""
    before = words[max(0, first - 2) : first]
    same_sentence = not set(passage.between(after)) & set(".,;:") if after < len(words) else False
    if not around.other.isdisjoint((*before, following if same_sentence else "")):
        say.append(Evidence("a film, game or book beside it", -4.0, span))
    elif (before and before[-1] in around.work) or (following in around.work and same_sentence):
        say.append(Evidence("called a series", 2.0, span))
    elif following in around.people and same_sentence:
        say.append(Evidence("its people beside it", 1.5, span))
    if before and before[-1] in around.verb_before:
        say.append(Evidence("a word of the trade before it", 1.5, span))
    elif following in around.verb_after:
        say.append(Evidence("a word of the trade after it", 1.0, span))
    for network in page.networks.get(passage.field, ()):
        if network.last in (first - 1, first - 2) and (
            network.last == first - 1 or words[first - 1] in ("s", "the")
        ):
            say.append(Evidence("a network before it", 1.5, span))
        elif network.first in (after + 1, after + 2) and words[network.first - 1] in ("on", "at", "for"):
            say.append(Evidence("a network after it", 1.0, span))
    if not found.is_quoted and found.season < 1 and _is_longer(page, found, taken):
        found.doubt = found.doubt or Doubt.LONGER
        say.append(Evidence("part of a longer name", -4.0, span))


def _is_longer(page: Page, found: _Found, taken: bytearray) -> bool:
    """Say whether a further capitalised word belongs to the name, so that something else is meant."""
    passage, last, first = found.passage, found.last, found.first
    words, around = passage.words, words_around()
    for word in (last + 1, first - 1):
        if not 0 <= word < len(words) or taken[word]:
            continue
        gap = passage.between(max(word, first) if word < first else word).strip()
        if word < first:
            gap = passage.between(first).strip()
        if gap or not passage.is_capital(word) or words[word].isdigit():
            continue
        if (
            words[word] in around.months_and_days
            or words[word] in around.work
            or words[word] in around.season
        ):
            continue
        if any(network.first <= word <= network.last for network in page.networks.get(passage.field, ())):
            continue
        if passage.is_title_case:
            follow = words[word + 1 : word + 3]
            if (
                word > last
                and follow
                and follow[0] in around.season
                and len(follow) > 1
                and is_number(follow[1])
            ):
                return words[word] not in around.verb_after
            continue
        if word < first and (passage.starts_sentence(word) or words[word] in around.verb_before):
            continue
        if word > last and words[word] in around.verb_after:
            continue
        return True
    return False


def _look_at_address(page: Page, found: _Found) -> None:
    key = " ".join(found.passage.words[found.first : found.last + 1])
    if any(" ".join(category.words) == key for category in page.categories):
        found.evidence.append(
            Evidence("a category of its name", 2.5, (found.passage.span(found.first, found.last),))
        )
    if key in page.url_parts:
        found.evidence.append(Evidence("a part of the address", 1.5))
    elif f" {key} " in page.url_words and found.passage.field == "summary":
        found.evidence.append(Evidence("in the address", 0.7))


def _strengthen(page: Page, found: list[_Found]) -> None:
    """Let sure mentions speak for others: the same name elsewhere, and neighbours in a list."""
    sure = {one.name.key for one in found if one.is_sure}
    for one in found:
        if one.name.key in sure and one.doubt is None and not one.is_sure:
            one.evidence.append(Evidence("meant elsewhere in the article", 3.0))
    for left, right in zip(found, found[1:], strict=False):
        if left.passage is right.passage and _in_a_list(left, right):
            if left.is_sure and not right.is_sure:
                right.evidence.append(Evidence("in a list with a sure one", 2.0))
    for left, right in zip(reversed(found[:-1]), reversed(found[1:]), strict=False):
        if left.passage is right.passage and right.is_sure and not left.is_sure and _in_a_list(left, right):
            left.evidence.append(Evidence("in a list with a sure one", 2.0))


def _in_a_list(left: _Found, right: _Found) -> bool:
    between = left.passage.words[left.last + 1 : right.first]
    if len(between) > 1:
        return False
    gap = left.passage.between(right.first)
    return (not between and "," in gap) or between in (["and"], ["et"], ["und"], ["y"], ["e"], ["en"])


def _mention(one: _Found) -> ShowMention:
    score, show, form, evidence = one.choice.ranked[0]
    doubt = one.doubt if one.confidence < LINK_AT else None
    if doubt is None and one.confidence < LINK_AT:
        others = any(item.weight < -3.5 and item.rule.startswith("a film") for item in one.evidence)
        doubt = Doubt.OTHER_WORK if others else Doubt.ORDINARY
    if doubt is None and not one.choice.is_clear:
        doubt = Doubt.NAMESAKES
    words = one.passage.words
    return ShowMention(
        span=one.passage.span(one.first, one.last),
        text=one.passage.written(one.first, one.last),
        show=show if doubt is None else None,
        confidence=one.confidence,
        doubt=doubt,
        candidates=one.choice.shows,
        evidence=(*one.evidence, *evidence),
        role=role(one.passage, one.first, one.last),
        is_quoted=one.is_quoted,
        is_capitals=one.is_capitals,
        is_possessive=one.last + 1 < len(words) and words[one.last + 1] == "s",
        beside_season=one.season >= 0.5,
        is_short=form is Form.SHORT,
    )
