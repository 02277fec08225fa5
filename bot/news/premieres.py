"""Which of the dates that a text tells is the premiere, and which date it takes the place of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.model import PartialDate
from bot.news.dates import DateMention, find_dates
from bot.news.lexicon import load_lexicon
from bot.news.tokens import Phrases, Tokens
from bot.news.when import Now

PREMIERE_AT = 0.45
"""A date of this weight or more is taken for the premiere."""
_LEFT, _RIGHT = 16, 9
"""How many words before and after a date still speak of it."""
_GRACE_DAYS = 4
"""A start so shortly past is still news."""


@dataclass(frozen=True, slots=True)
class PremiereDate:
    """A date of the text with the weight, 0 to 1, of what speaks for its being a premiere."""

    start: int
    end: int
    date: PartialDate
    weight: float
    is_was: bool = False
    """It no longer holds: "originally set for May"."""
    is_moved: bool = False
    """It is told as the new one: "pushed to October"."""
    cue: tuple[int, int] | None = None
    """Where the word stands that decided: "premieres", "finale"."""


@dataclass(frozen=True, slots=True)
class _Cue:
    first: int
    after: int
    name: str


@cache
def _cues() -> Phrases[str]:
    return load_lexicon().phrases("dates", ["was", "moved", "premiered", "other", "premiere"])


def find_premieres(tokens: Tokens, published: PartialDate | date | None) -> tuple[PremiereDate, ...]:
    """Weigh every date of the text as a premiere, in order."""
    dates = find_dates(tokens, published)
    if not dates:
        return ()
    now = Now.of(published)
    sentences = _sentences(tokens)
    cues = [cue for cue in _find_cues(tokens) if not any(one.first <= cue.first < one.after for one in dates)]
    return tuple(_weigh(told, tokens, cues, sentences, now) for told in dates)


def _find_cues(tokens: Tokens) -> list[_Cue]:
    found: list[_Cue] = []
    phrases = _cues()
    place = 0
    while place < len(tokens):
        hit = phrases.at(tokens, place)
        if hit is not None:
            found.append(_Cue(place, hit[1], hit[0]))
        place = place + 1 if hit is None else hit[1]
    return found


def _sentences(tokens: Tokens) -> list[int]:
    """Number the sentence of each token; a full stop inside a date or after a short word ends none."""
    numbers: list[int] = []
    current = 0
    for place, word in enumerate(tokens.words):
        numbers.append(current)
        if word in "!?\n;" or (word == "." and _ends_sentence(tokens, place)):
            current += 1
    return numbers


def _ends_sentence(tokens: Tokens, place: int) -> bool:
    before, following = tokens.word(place - 1), place + 1
    is_short = before.isdecimal() or len(before) <= 3
    return following < len(tokens) and not tokens.touches(following) and (
        not is_short and tokens.raw(following)[0].isupper() or before.isdecimal() and len(before) == 4
    )


def _weigh(
    told: DateMention, tokens: Tokens, cues: list[_Cue], sentences: list[int], now: Now | None
) -> PremiereDate:
    near = [(_strength(cue, told), cue) for cue in cues if sentences[cue.first] == sentences[told.first]]
    best = {name: max((one for one in near if one[1].name == name), key=lambda one: one[0], default=None)
            for name in ("premiere", "premiered", "other", "was", "moved")}
    strength = {name: one[0] if one is not None else 0.0 for name, one in best.items()}
    weight = 0.2 + 0.1 * (told.date.day is not None) - 0.15 * told.is_bare
    weight += 0.6 * strength["premiere"] - 0.55 * max(strength["other"] - 0.5 * strength["premiere"], 0)
    if now is not None and told.date.latest.toordinal() < now.earliest.toordinal() - _GRACE_DAYS:
        weight -= 0.5
    if strength["premiered"] > strength["premiere"]:
        weight -= 0.3
    decided = max((one for one in near if one[1].name in {"premiere", "other"}), key=lambda one: one[0], default=None)
    return PremiereDate(
        told.start,
        told.end,
        told.date,
        min(max(weight, 0.0), 1.0),
        is_was=strength["was"] > max(0.5, strength["moved"]),
        is_moved=strength["moved"] > 0.7,
        cue=None if decided is None else (tokens.starts[decided[1].first], tokens.ends[decided[1].after - 1]),
    )


def _strength(cue: _Cue, told: DateMention) -> float:
    """Say how strongly a cue speaks of a date, 1 beside it, 0 out of reach."""
    if cue.after <= told.first:
        return max(1 - (told.first - cue.after) / _LEFT, 0.0)
    if cue.name in {"was", "moved"}:
        return 0.0
    return max(0.9 - (cue.first - told.after) / _RIGHT, 0.0)


def choose_premiere(
    dates: Sequence[PremiereDate], near: Sequence[tuple[int, int]] = ()
) -> tuple[PremiereDate | None, PremiereDate | None]:
    """Give the premiere that the news tells, and the date that it takes the place of.

    `near` are places (the show's name, its season) that the premiere should stand close to. Of two
    dates that agree, the finer is given.
    """
    able = [one for one in dates if one.weight >= PREMIERE_AT and not one.is_was]
    if not able:
        return None, None
    best = max(able, key=lambda one: (one.weight + 0.15 * one.is_moved - _distance(one, near), -one.start))
    finer = [one for one in able if best.date != one.date and best.date.holds(one.date)]
    chosen = max(finer, key=lambda one: one.weight, default=best)
    was = next((one for one in dates if one.is_was and one.date != chosen.date), None)
    return chosen, was


def _distance(one: PremiereDate, near: Sequence[tuple[int, int]]) -> float:
    if not near:
        return 0.0
    return min(max(start - one.end, one.start - end, 0) for start, end in near) / 200
