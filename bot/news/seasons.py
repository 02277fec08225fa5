"""Which seasons a text names: "season 4", "zweite und letzte Staffel", "after five seasons"."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.news.languages import find_languages
from bot.news.lexicon import Meanings
from bot.news.numbers import Number, find_numbers, read_roman
from bot.news.season_words import season_words
from bot.news.tokens import Phrases, Tokens, cover

_REACH = 9
"""How many words an ordinal may stand before its noun: "fifth and final ten-episode season"."""
_NEAR = 4
"""How many words "ahead of" may stand before the season that it sets aside."""
_MAX_LISTED = 12
_JOINS = frozenset("-&#.")
_MAX_TITLED = 60
"""A higher number behind a name is no season."""
_STOPS = frozenset(".!?;:,()\n")


class SeasonSort(StrEnum):
    """How a text names a season."""

    NUMBERED = "numbered"
    PART = "part"
    """A numbered part, volume or book; shows that have no seasons number these."""
    COUNT = "count"
    """So many seasons: "two more seasons", "after five seasons"."""
    FINAL = "final"
    """The last one, its number not told."""
    NEW = "new"
    """The next one, its number not told."""
    CURRENT = "current"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class SeasonMention:
    """A season named at characters `start` to `end` of the text."""

    start: int
    end: int
    sort: SeasonSort
    numbers: tuple[int, ...] = ()
    """In the order told: "seasons 4 and 5", "a fifth and third season, respectively"."""
    is_final: bool = False
    is_aside: bool = False
    """Named to place something else: "ahead of season 3", "since the first season"."""
    is_over: bool = False
    """Told as past: "season 1 finale", "season three kicked off last week"."""
    is_short: bool = False
    """The noun is left out: "renewed for a third", "S4" is not short."""
    is_after: bool = False
    """It ends after so many, or with this one."""
    is_through: bool = False
    """A renewal up to this one: "through season 12"."""
    is_titled: bool = False
    """A number behind the show's name: "Virgin River 3"."""
    is_list: bool = False
    """Numbers for several shows in their order: "a fifth and third season, respectively"."""
    is_denied: bool = False
    """There will be none: "no season 12"."""


def find_seasons(tokens: Tokens, names: Sequence[tuple[int, int]] = ()) -> tuple[SeasonMention, ...]:
    """Give every mention of a season in the order of the text.

    `names` are the places of shows' names: what stands inside one ("Power Book III") is no season,
    and a number right behind one is ("Virgin River 3").
    """
    mentions = () if season_words().triggers.isdisjoint(tokens.words) else _Finder(tokens).find()
    if not names:
        return mentions
    named = cover(len(tokens.text), names)
    apart = [one for one in mentions if not any(named[one.start : one.end])]
    taken = {one.start for one in apart}
    ends = {end for _, end in names}
    titled = [one for one in _titled(tokens, ends) if one.start not in taken]
    return tuple(sorted([*apart, *titled], key=lambda mention: mention.start))


def _titled(tokens: Tokens, ends: Collection[int]) -> Iterator[SeasonMention]:
    """Read the numbers behind names: "You 3", not "You 3 times", "You 3.5" or "You 24"."""
    for place in range(1, len(tokens)):
        value = tokens.number(place)
        if value is None or tokens.touches(place) or not _is_behind(tokens, place, ends):
            continue
        is_plain = len(tokens.words[place]) <= 2 and not tokens.touches(place + 1)
        closes = tokens.word(place + 1)
        is_closed = (
            tokens.touches(place + 1) and closes in _STOPS | {"'", '"'} and not tokens.number(place + 2)
        )
        if 2 <= value <= _MAX_TITLED and ((is_plain and not _counts(tokens, place + 1)) or is_closed):
            yield SeasonMention(
                tokens.starts[place], tokens.ends[place], SeasonSort.NUMBERED, (value,), is_titled=True
            )


def _is_behind(tokens: Tokens, place: int, ends: Collection[int]) -> bool:
    """Say whether a name ends before the token at `place`, a closing quote perhaps between."""
    before = place - 1
    if tokens.words[before] in {"'", '"', "»"}:
        before -= 1
    return before >= 0 and tokens.ends[before] in ends


def _counts(tokens: Tokens, place: int) -> bool:
    """Say whether the word at `place` is what is counted: "2 seasons", "11 May"."""
    word = tokens.word(place)
    return word in season_words().plurals or word in season_words().dated


@dataclass(slots=True)
class _Before:
    """What stands before a noun, read from it leftwards."""

    first: int
    numbers: list[int]
    count: int | None = None
    sort: SeasonSort | None = None
    is_final: bool = False


class _Finder:
    """Finds the seasons of one text."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._words = season_words()
        self._languages = find_languages(tokens)
        self._floor = 0
        """Where the last mention ended; the next reaches back no further."""
        numbers = find_numbers(tokens)
        self._ordinals = [number for number in numbers if number.is_ordinal]
        self._by_end: dict[int, list[Number]] = {}
        self._by_start: dict[int, Number] = {}
        for number in numbers:
            self._by_end.setdefault(number.after, []).append(number)
            if not number.is_ordinal:
                self._by_start.setdefault(number.first, number)

    def find(self) -> tuple[SeasonMention, ...]:
        """Give every mention in order; those without a noun need one that has it."""
        taken: list[tuple[int, int]] = []
        found: list[SeasonMention] = []
        triggers = self._words.triggers
        for place, word in enumerate(self._tokens.words):
            if word not in triggers:
                continue
            group, languages = self._words.nouns.get(word, ("", self._languages))
            read = self._named(place, group, languages) if group else self._lettered(place)
            if read is not None:
                first, after, mention = read
                self._floor = after
                taken.append((first, after))
                found.append(self._placed(first, after, mention, languages))
        if found:
            found += self._short(taken)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _lettered(self, place: int) -> tuple[int, int, SeasonMention] | None:
        """Read "S4", "S04", "S2E3"."""
        tokens = self._tokens
        if tokens.raw(place) != "S" or tokens.touches(place):
            return None
        number = self._by_start.get(place + 1)
        if number is None or number.languages is not None or not tokens.touches(place + 1):
            return None
        return place, place + 2, self._mention(SeasonSort.NUMBERED, (number.value,))

    def _named(
        self, place: int, group: str, languages: frozenset[str]
    ) -> tuple[int, int, SeasonMention] | None:
        before = self._before(place, languages)
        behind, after = self._behind(place, languages)
        sort = SeasonSort.PART if group in {"part", "volume"} else SeasonSort.NUMBERED
        if behind and group != "loose" and not before.numbers:
            mention = self._mention(sort, behind, is_final=before.is_final)
            return before.first, after, replace(mention, is_list=list(behind) != sorted(behind))
        if before.numbers:
            is_final = before.is_final or self._is_final_after(place + 1, languages)
            mention = self._mention(sort, tuple(before.numbers), is_final=is_final)
            return before.first, place + 1, replace(mention, is_list=len(before.numbers) > 1)
        return self._unnumbered(place, languages, before) if group == "season" else None

    def _unnumbered(
        self, place: int, languages: frozenset[str], before: _Before
    ) -> tuple[int, int, SeasonMention] | None:
        if before.is_final or self._is_final_after(place + 1, languages):
            after = place + 1 if before.is_final else place + 2
            return before.first, after, self._mention(SeasonSort.FINAL, is_final=True)
        if self._is_ordinary(before.first, place):
            return None
        if before.count is not None and (before.count > 1 or before.sort is None):
            return before.first, place + 1, self._mention(SeasonSort.COUNT, (before.count,))
        if before.sort is not None:
            return before.first, place + 1, self._mention(before.sort)
        return None

    def _mention(
        self, sort: SeasonSort, numbers: tuple[int, ...] = (), *, is_final: bool = False
    ) -> SeasonMention:
        return SeasonMention(0, 0, sort, numbers, is_final)

    def _placed(
        self, first: int, after: int, mention: SeasonMention, languages: frozenset[str]
    ) -> SeasonMention:
        """Add where a mention stands and what its neighbours say of it."""
        tokens, words = self._tokens, self._words
        return replace(
            mention,
            start=tokens.starts[first],
            end=tokens.ends[after - 1],
            is_final=mention.is_final or self._is_called_last(after, languages),
            is_aside=self._follows(words.aside, first, languages),
            is_over=self._leads(words.over, after, languages),
            is_after=self._follows(words.after, first, languages, near=3),
            is_through=self._follows(words.through, first, languages, near=2),
            is_denied=words.has("denied", tokens.word(first - 1), languages),
        )

    def _before(self, place: int, languages: frozenset[str]) -> _Before:
        """Read leftwards from a noun: "fifth and final ten-episode", "a third and fourth"."""
        before = _Before(place, [])
        at = place
        lowest = max(self._floor, place - _REACH)
        while at > lowest:
            number = self._number_ending(at, languages)
            if number is not None and number.first >= self._floor and self._take(before, number, at):
                at = before.first = number.first
            elif self._take_word(before, self._tokens.word(at - 1), languages):
                at = before.first = at - 1
            elif self._passes(at - 1, before, languages):
                at -= 1
            else:
                break
        return before

    def _passes(self, at: int, before: _Before, languages: frozenset[str]) -> bool:
        """Say whether the word at `at` may stand between a noun and its ordinal."""
        word, words = self._tokens.word(at), self._words
        if word == ",":
            number = self._number_ending(at, languages) if before.is_final else None
            is_ordinal = number is not None and number.is_ordinal
            return (
                bool(before.numbers) or is_ordinal or words.has("final", self._tokens.word(at - 1), languages)
            )
        return word in _JOINS or words.has("and", word, languages) or words.has("filler", word, languages)

    def _number_ending(self, at: int, languages: frozenset[str]) -> Number | None:
        numbers = [number for number in self._by_end.get(at, ()) if number.speaks(languages)]
        return max(numbers, key=lambda number: number.is_ordinal, default=None)

    def _take(self, before: _Before, number: Number, at: int) -> bool:
        """Take a number that stands before the noun; False where it belongs to something else.

        "The first two seasons" and "les deux premières saisons" are so many, not the first.
        """
        tokens = self._tokens
        if number.is_ordinal:
            if before.count is None:
                before.numbers.insert(0, number.value)
            return True
        if before.count is not None or (before.numbers and before.numbers != [1]):
            return False
        if tokens.word(at) == "-" and self._words.lists["filler"].get(tokens.word(at + 1)):
            return True
        before.numbers.clear()
        before.count = number.value
        return True

    def _take_word(self, before: _Before, word: str, languages: frozenset[str]) -> bool:
        """Take "final", "new", "this" or "previous"."""
        if self._words.has("final", word, languages):
            before.is_final = True
            return True
        for sort in (SeasonSort.NEW, SeasonSort.CURRENT, SeasonSort.PREVIOUS):
            if self._words.has(sort, word, languages):
                before.sort = before.sort or sort
                return True
        return False

    def _behind(self, place: int, languages: frozenset[str]) -> tuple[tuple[int, ...], int]:
        """Read the numbers after a noun, and the place after them: "seasons 1-3", "season four"."""
        at = place + 1
        while self._tokens.word(at) in {"#", "no", "number", "nr"} or (
            self._tokens.word(at) == "." and at > place + 1
        ):
            at += 1
        number = self._number_at(at, languages)
        if number is None or self._counts_on(number):
            return (), place + 1
        is_plural = self._tokens.words[place] in self._words.plurals
        unordered = self._unordered(number, languages) if is_plural else None
        return unordered or self._list(number, languages, is_plural=is_plural)

    def _number_at(self, at: int, languages: frozenset[str]) -> Number | None:
        number = self._by_start.get(at)
        if number is not None and number.speaks(languages):
            return number
        return read_roman(self._tokens, at)

    def _counts_on(self, number: Number) -> bool:
        """Say whether a number belongs to what follows it: "series one of", "season 24-hour"."""
        tokens, after = self._tokens, number.after
        if number.languages is None:
            is_joined = tokens.word(after) == "-" and tokens.touches(after) and tokens.touches(after + 1)
            return tokens.word(after) in {"%", "/"} or (is_joined and tokens.word(after + 1).isalpha())
        return tokens.word(after) in {"of", "day", "-"}

    def _list(
        self, number: Number, languages: frozenset[str], *, is_plural: bool
    ) -> tuple[tuple[int, ...], int]:
        """Read the numbers that go on from `number`: "4 and 5", "1-3", "2, 3 and 4"."""
        numbers, after = [number.value], number.after
        while len(numbers) < _MAX_LISTED:
            word = self._tokens.word(after)
            is_range = word == "-" or self._words.has("to", word, languages)
            is_and = word == "&" or self._words.has("and", word, languages)
            if not (is_range or is_and or (word == "," and is_plural)):
                break
            at = after + 1 + (word == "," and self._words.has("and", self._tokens.word(after + 1), languages))
            further = self._number_at(at, languages)
            if further is None or not 0 < further.value - numbers[-1] <= (
                _MAX_LISTED if is_range else 1 + is_plural
            ):
                break
            numbers += range(numbers[-1] + 1 if is_range else further.value, further.value + 1)
            after = further.after
        return tuple(numbers), after

    def _unordered(self, number: Number, languages: frozenset[str]) -> tuple[tuple[int, ...], int] | None:
        """Read numbers in the order of their shows: "seasons three, four and two, respectively"."""
        numbers, after = [number.value], number.after
        while len(numbers) < _MAX_LISTED:
            words = (self._tokens.word(after), self._tokens.word(after + 1))
            is_and = [word in {",", "&"} or self._words.has("and", word, languages) for word in words]
            further = self._number_at(after + 1 + (is_and[0] and is_and[1]), languages) if is_and[0] else None
            if further is None:
                break
            numbers.append(further.value)
            after = further.after
        is_closed = (
            not self._tokens.word(after).isalnum() or self._tokens.word(after) in self._words.lists["follows"]
        )
        return (tuple(numbers), after) if is_closed and numbers != sorted(numbers) else None

    def _is_final_after(self, at: int, languages: frozenset[str]) -> bool:
        return self._words.has("final_after", self._tokens.word(at), languages)

    def _is_called_last(self, after: int, languages: frozenset[str]) -> bool:
        """Say whether it goes on "will be the show's last"; "will be his last" is of a person."""
        tokens, words = self._tokens, self._words
        verb = next(
            (at for at in (after, after + 1, after + 2) if words.has("becomes", tokens.word(at), languages)),
            None,
        )
        if verb is None:
            return False
        for at in range(verb + 1, verb + _NEAR + 2):
            word = tokens.word(at)
            if word in _STOPS or words.has("personal", word, languages):
                return False
            if words.has("final", word, languages):
                following = tokens.word(at + 1)
                is_end = not following.isalnum() or following in words.lists["follows"]
                return is_end or words.has("becomes", following, languages)
        return False

    def _is_ordinary(self, first: int, place: int) -> bool:
        """Say whether the season is of the year, of awards or of sport, or a television year."""
        tokens, words = self._tokens, self._words
        return (
            tokens.word(first - 1) in words.ordinary_before
            or (tokens.word(first - 1) in {"-", "/"} and tokens.number(first - 2) is not None)
            or tokens.word(place + 1) in words.ordinary_after
            or (len(tokens.word(first - 1)) == 4 and tokens.number(first - 1) is not None)
        )

    def _follows(
        self, phrases: Phrases[Meanings], first: int, languages: frozenset[str], near: int = _NEAR
    ) -> bool:
        """Say whether one of `phrases` stands shortly before the token at `first`."""
        for at in range(first - 1, max(first - near - 1, -1), -1):
            if self._tokens.words[at] in _STOPS:
                return False
            found = phrases.at(self._tokens, at)
            if found is not None and found[1] <= first and _is_spoken(found[0], languages):
                return True
        return False

    def _leads(self, phrases: Phrases[Meanings], after: int, languages: frozenset[str]) -> bool:
        """Say whether one of `phrases` stands directly after the mention, or one word on."""
        near = [after] if self._tokens.word(after) in _STOPS else [after, after + 1]
        found = [phrases.at(self._tokens, at) for at in near]
        return any(one is not None and _is_spoken(one[0], languages) for one in found)

    def _short(self, taken: Sequence[tuple[int, int]]) -> Iterator[SeasonMention]:
        """Find ordinals that leave the noun out: "renewed for a third"."""
        within = {place for first, after in taken for place in range(first, after)}
        languages, follows = self._languages, self._words.lists["follows"]
        for number in self._ordinals:
            next_word = self._tokens.word(number.after)
            if number.first in within or not number.speaks(languages):
                continue
            before = "own" if self._tokens.words[number.first].isdecimal() else "article"
            if not self._words.has(before, self._tokens.word(number.first - 1), languages):
                continue
            if (next_word.isalnum() and next_word not in follows) or next_word == "-":
                continue
            mention = replace(self._mention(SeasonSort.NUMBERED, (number.value,)), is_short=True)
            yield self._placed(number.first, number.after, mention, languages)


def _is_spoken(meanings: Meanings, languages: frozenset[str]) -> bool:
    return any(not spoken.isdisjoint(languages) for _, spoken in meanings)
