"""Which shows an article names: each mention with the show that is meant, or the reason for none.

The more ordinary a name's words, the more must say that a title is meant.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from bot.catalogue.folding import fold
from bot.catalogue.names import Form, Name, Names
from bot.model import Article, ShowId
from bot.news import weights
from bot.news.found import Found
from bot.news.judging import judge
from bot.news.mentions import Doubt, Linked, Role, ShowMention
from bot.news.namesakes import Namesakes
from bot.news.networks import begins_network
from bot.news.page import Page
from bot.news.surroundings import is_season_code, role, words_around
from bot.news.text import Passage

LINK_AT = 0.5
"""A mention less sure than this is taken for ordinary words."""
_ORDINARY = 1.5
"""From here on a name in lower case is words."""
_VERY_ORDINARY = 4.3
"""From here on a name with nothing at all beside it is words."""
_EXTREMELY_ORDINARY = 5.9
"""From here on a comma or an auxiliary verb beside it says nothing."""
_QUOTES = frozenset("\"“”„‟«»‹›‘’‚‛'`")
_SIGNS_BEFORE = _QUOTES | frozenset(",:(")
_SIGNS_AFTER = _QUOTES | frozenset(",:()–—")
_SIGNS_ALONE = (["and"], ["et"], ["und"], ["y"], ["e"], ["en"], ["ed"])
_INSIDE = frozenset(["", "-", "'", "’", "–", "—", ":", ".", "&", "/", "*", "+", "…", "‑", "‐", "ʼ", "`"])


def link(article: Article, names: Names) -> Linked:
    """Find the shows that title, summary and categories of `article` name."""
    page = Page(article)
    namesakes = Namesakes(page)
    found = [*_read(page, page.title, names, namesakes), *_read(page, page.summary, names, namesakes)]
    for passage in page.categories:
        whole = _read(page, passage, names, namesakes)
        found += [one for one in whole if len(one.words) == len(passage.words)]
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


def _read(page: Page, passage: Passage, names: Names, namesakes: Namesakes) -> list[Found]:
    """Judge each name in `passage` by its own surroundings; where names overlap, the longest counts."""
    candidates = _candidates(page, passage, names)
    taken = bytearray(len(passage.words))
    chosen: list[Found] = []
    for first, last, key in candidates:
        if any(taken[first : last + 1]):
            continue
        name = names.name(key)
        if first == last or _is_in_one_piece(passage, first, last, name):
            taken[first : last + 1] = b"\x01" * (last + 1 - first)
            chosen.append(Found(passage, first, last, name))
    chosen.sort(key=lambda one: one.first)
    for one in chosen:
        judge(page, one, namesakes)
    return chosen


def _candidates(page: Page, passage: Passage, names: Names) -> list[tuple[int, int, int]]:
    """List the names that may be titles, the longest first; ordinary words in lower case are none."""
    text, spans = passage.text, passage.folded.spans
    found = []
    for first, last, key in names.find(passage.folded):
        ordinary = names.ordinariness(key)
        if ordinary >= _ORDINARY and text[spans[first][0] : spans[last][1]].islower():
            continue
        if _may_be_title(page, passage, first, last, ordinary):
            found.append((first, last, key))
    if len(found) > 1:
        found.sort(key=lambda one: (-_capitals(passage, one[0], one[1]), one[0] - one[1], one[0]))
    return found


def _capitals(passage: Passage, first: int, last: int) -> int:
    """Count the words that a name would have: `Inspector Morse` has more than `the Inspector`."""
    if first == last:
        return 1
    return sum([not passage.written(word, word).islower() for word in range(first, last + 1)])


def _may_be_title(page: Page, passage: Passage, first: int, last: int, ordinary: float) -> bool:
    """Throw out at once what is no title: everyday words with nothing beside them, and networks."""
    is_everyday = ordinary >= _VERY_ORDINARY or (first == last and _is_of_the_field(passage.words[first]))
    if is_everyday and not _has_hint(passage, first, last, ordinary):
        return False
    return not begins_network(passage.words[first]) or not _is_network(page, passage, first, last)


def _is_network(page: Page, passage: Passage, first: int, last: int) -> bool:
    """Say whether the words are a network's name, or that and a word such as drama; not in quotes."""
    network, around = page.network_at(passage, first), words_around()
    if network is None:
        return False
    rest = passage.words[network.last + 1 : last + 1]
    is_bare = all(word in around.work or word in around.television for word in rest)
    return is_bare and passage.quote_around(first, last) is None


def _is_of_the_field(word: str) -> bool:
    return word.isdigit() or word in words_around().of_the_field


def _has_hint(passage: Passage, first: int, last: int, ordinary: float) -> bool:
    """Say whether a sign, or a word that goes with titles, stands right beside the words."""
    words, around = passage.words, words_around()
    before, after = passage.before(first), passage.before(last + 1)
    if not _QUOTES.isdisjoint(before) and not _QUOTES.isdisjoint(after):
        return True
    following = words[last + 1] if last + 1 < len(words) else ""
    leading = words[first - 1] if first > 0 else ""
    if first == last and words[first].isdigit():
        return (
            following in around.season
            or following in around.verb_after
            or (
                len(words[first]) > 2
                and (
                    following in around.auxiliary
                    or leading in around.work
                    or leading in around.verb_before
                    or ":" in after
                )
            )
        )
    if ordinary >= _EXTREMELY_ORDINARY:
        return (
            following in around.season
            or following in around.people
            or following in around.verb_after
            or is_season_code(following)
            or leading in around.verb_before
            or leading in around.work
            or leading == "s"
        )
    if following in around.hint_after or is_season_code(following) or leading in around.hint_before:
        return True
    if _stands_out(passage, first):
        return True
    return not (_SIGNS_BEFORE.isdisjoint(before) and _SIGNS_AFTER.isdisjoint(after))


def _stands_out(passage: Passage, first: int) -> bool:
    """Say whether words begin the headline, or have a capital where few others have one."""
    if first == 0:
        return passage.field == "title"
    return not passage.is_title_case and passage.is_capital(first) and not passage.starts_sentence(first)


def _is_in_one_piece(passage: Passage, first: int, last: int, name: Name) -> bool:
    """Say whether no quote, comma or end of sentence stands inside the name that is not its own."""
    for word in range(first + 1, last + 1):
        gap = passage.before(word)
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
    if not sure:
        return
    for one in found:
        if one.name.key in sure and one.doubt is None and not one.is_sure:
            one.say(weights.MEANT_ELSEWHERE)
    _hear_quoted(found)
    _hear_longer(found)
    pairs = [(left, right) for left, right in pairwise(found) if _in_a_list(left, right)]
    for left, right in pairs:
        _lend(left, right)
    for left, right in reversed(pairs):
        _lend(right, left)


def _hear_quoted(found: Sequence[Found]) -> None:
    """Let a sure name in quotes speak for other names in quotes."""
    quoted = [one for one in found if one.is_quoted]
    if any(one.is_sure for one in quoted):
        for one in quoted:
            if not one.is_sure:
                one.say(weights.QUOTED_LIKE_OTHERS)


def _hear_longer(found: Sequence[Found]) -> None:
    """Take a piece of a sure name for that name: `Ted` beside *Ted Lasso* is no show of its own."""
    pieces = {piece for one in found if one.is_sure for piece in _pieces(_full_words(one))}
    for one in found if pieces else ():
        if tuple(one.words) in pieces and not one.is_quoted and one.season < 0.8:
            one.doubt = one.doubt or Doubt.LONGER
            one.say(weights.PIECE)


def _full_words(one: Found) -> list[str]:
    """Give the words of the name, and where it was shortened those of the whole name."""
    candidate = one.choice.best
    return one.words if candidate.form < Form.PART else fold(candidate.show.name).split()


def _pieces(words: list[str]) -> Iterable[tuple[str, ...]]:
    for start, end in combinations(range(len(words) + 1), 2):
        if end - start < len(words):
            yield tuple(words[start:end])


def _lend(one: Found, other: Found) -> None:
    if one.is_sure and not other.is_sure and not other.is_digits and weights.IN_A_LIST not in other.evidence:
        other.take_back(weights.NOTHING_ELSE)
        other.say(weights.IN_A_LIST)


def _in_a_list(left: Found, right: Found) -> bool:
    if left.passage is not right.passage or right.first - left.last > 2:
        return False
    between = left.passage.words[left.last + 1 : right.first]
    return between in _SIGNS_ALONE or (not between and "," in left.passage.before(right.first))


def _mention(one: Found) -> ShowMention:
    span, text = one.passage.span(one.first, one.last), one.passage.written(one.first, one.last)
    doubt = _doubt(one)
    if not one.choice.ranked:
        return ShowMention(span, text, None, one.confidence, doubt, evidence=tuple(one.evidence))
    bearer, words = one.choice.best, one.passage.words
    return ShowMention(
        span=span,
        text=text,
        show=bearer.show if doubt is None else None,
        confidence=one.confidence,
        doubt=doubt,
        candidates=one.choice.shows,
        evidence=(*one.evidence, *bearer.evidence),
        role=role(one.passage, one.first, one.last) if doubt is None else Role.PLAIN,
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
    return Doubt.OTHER_WORK if weights.OTHER_WORK in one.evidence else Doubt.ORDINARY
