"""Which shows an article names: each mention with the show that is meant, or the reason for none.

The more ordinary a name's words, the more must say that a title is meant.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.catalogue.names import Form, Name, Names
from bot.model import Article, ShowId
from bot.news.judging import LINK_AT, Found, judge
from bot.news.mentions import Doubt, Linked, ShowMention
from bot.news.namesakes import choose
from bot.news.page import Page
from bot.news.surroundings import role, words_around
from bot.news.text import Passage

_TOO_ORDINARY_IN_LOWER_CASE = 1.5
_LIST_SIGNS = (["and"], ["et"], ["und"], ["y"], ["e"], ["en"], ["ed"])
_INSIDE = frozenset(["", "-", "'", "’", "–", "—", ":", ".", "&", "/", "*", "+", "…", "‑", "‐", "ʼ", "`"])


def link(article: Article, names: Names) -> Linked:
    """Find the shows that title, summary and categories of `article` name."""
    page = Page(article)
    found: list[Found] = []
    for passage in (page.title, page.summary):
        found += _read(page, passage, names)
    for passage in page.categories:
        found += [one for one in _read(page, passage, names) if len(one.words) == len(passage.words)]
    if not found:
        return Linked(())
    _strengthen(found)
    mentions = tuple(_mention(one) for one in found)
    return Linked(mentions, tuple(page.houses.items()), _by_show(mentions))


def _by_show(mentions: Iterable[ShowMention]) -> dict[ShowId, tuple[ShowMention, ...]]:
    found: dict[ShowId, list[ShowMention]] = {}
    for mention in mentions:
        if mention.show is not None:
            found.setdefault(mention.show.id, []).append(mention)
    return {show_id: tuple(of_show) for show_id, of_show in found.items()}


def _read(page: Page, passage: Passage, names: Names) -> list[Found]:
    """Judge each name in `passage` by its own surroundings; where names overlap, the longest counts."""
    candidates = [
        (one.first, one.last, one.key)
        for one in names.find(passage.folded)
        if _may_be_title(page, passage, one.first, one.last, names.ordinariness(one.key))
    ]
    candidates.sort(key=lambda one: (-_capitals(passage, one[0], one[1]), one[0] - one[1], one[0]))
    taken = bytearray(len(passage.words))
    chosen: list[Found] = []
    for first, last, key in candidates:
        if any(taken[first : last + 1]):
            continue
        name = names.name(key)
        if _is_in_one_piece(passage, first, last, name):
            taken[first : last + 1] = b"\x01" * (last + 1 - first)
            chosen.append(Found(passage, first, last, name, choose(page, passage, first, last, name)))
    chosen.sort(key=lambda one: one.first)
    for one in chosen:
        judge(page, one)
    return chosen


def _may_be_title(page: Page, passage: Passage, first: int, last: int, ordinary: float) -> bool:
    """Throw out at once what is no title: everyday words in lower case, and the names of networks."""
    if ordinary >= _TOO_ORDINARY_IN_LOWER_CASE and passage.written(first, last).islower():
        return False
    around = words_around()
    for network in page.networks.get(passage.field, ()):
        if network.first <= first <= network.last:
            rest = passage.words[network.last + 1 : last + 1]
            if all(word in around.work or word in around.television for word in rest):
                return passage.quote_around(first, last) is not None
    return True


def _capitals(passage: Passage, first: int, last: int) -> int:
    """Count the words that a name would have: `Inspector Morse` has more than `the Inspector`."""
    return sum(not passage.written(word, word).islower() for word in range(first, last + 1))


def _is_in_one_piece(passage: Passage, first: int, last: int, name: Name) -> bool:
    """Say whether no quote, comma or end of sentence stands inside the name that is not its own."""
    for word in range(first + 1, last + 1):
        gap = passage.between(word)
        sign = gap.strip()
        if sign in _INSIDE and not (sign == "." and len(gap) > 1 and len(passage.words[word - 1]) > 3):
            continue
        if sign == "," and passage.is_capital(word) and name.ordinariness < 3.0:
            continue
        if not any(sign in written for show, _ in name.bearers for written in (show.name, *show.other_names)):
            return False
    return True


def _strengthen(found: Sequence[Found]) -> None:
    """Let sure mentions speak for others: the same name elsewhere, and neighbours in a list."""
    sure = {one.name.key for one in found if one.is_sure}
    for one in found:
        if one.name.key in sure and one.doubt is None and not one.is_sure:
            one.say("meant elsewhere in the article", 3.0)
    _like_the_others(found)
    _within_longer(found)
    pairs = [(left, right) for left, right in pairwise(found) if _in_a_list(left, right)]
    for left, right in pairs:
        _lend(left, right)
    for left, right in reversed(pairs):
        _lend(right, left)


def _like_the_others(found: Sequence[Found]) -> None:
    """Let a sure name in quotes speak for other names in quotes."""
    quoted = [one for one in found if one.is_quoted]
    if any(one.is_sure for one in quoted):
        for one in quoted:
            if not one.is_sure:
                one.say("in quotes as the others are", 1.5)


def _within_longer(found: Sequence[Found]) -> None:
    """Take a piece of a sure name for that name: `Ted` beside *Ted Lasso* is no show of its own."""
    sure = {f" {' '.join(one.words)} " for one in found if one.is_sure and one.first != one.last}
    for one in found if sure else ():
        piece = f" {' '.join(one.words)} "
        if not one.is_quoted and one.season < 0.8 and any(piece in name and piece != name for name in sure):
            if ": " not in one.choice.ranked[0].show.name and not any(
                name.startswith(piece) and one.first != one.last for name in sure
            ):
                one.doubt = one.doubt or Doubt.LONGER
                one.say("a piece of a name that is meant elsewhere", -2.5)


def _lend(one: Found, other: Found) -> None:
    if one.is_sure and not other.is_sure and not "".join(other.words).isdigit():
        other.say("in a list with a sure one", 2.0, one.span)


def _in_a_list(left: Found, right: Found) -> bool:
    if left.passage is not right.passage:
        return False
    between = left.passage.words[left.last + 1 : right.first]
    return between in _LIST_SIGNS or (not between and "," in left.passage.between(right.first))


def _mention(one: Found) -> ShowMention:
    bearer = one.choice.ranked[0]
    doubt = _doubt(one)
    words = one.passage.words
    return ShowMention(
        span=one.span,
        text=one.passage.written(one.first, one.last),
        show=bearer.show if doubt is None else None,
        confidence=one.confidence,
        doubt=doubt,
        candidates=one.choice.shows,
        evidence=(*one.evidence, *bearer.evidence),
        role=role(one.passage, one.first, one.last),
        is_quoted=one.is_quoted,
        is_capitals=one.is_capitals,
        is_possessive=one.last + 1 < len(words) and words[one.last + 1] == "s",
        beside_season=one.season >= 0.5,
        is_short=bearer.form > Form.OTHER,
    )


def _doubt(one: Found) -> Doubt | None:
    if one.confidence >= LINK_AT:
        return None if one.choice.is_clear else Doubt.NAMESAKES
    if one.doubt is not None:
        return one.doubt
    is_other = any(evidence.rule == "a film, game or book beside it" for evidence in one.evidence)
    return Doubt.OTHER_WORK if is_other else Doubt.ORDINARY
