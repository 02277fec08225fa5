"""Folded words with their places."""

from hypothesis import given
from hypothesis import strategies as st

from bot.news.tokens import Phrases, Tokens, cover, fold


def test_case_accents_quotes_and_dashes_are_alike() -> None:
    assert fold("Élite’s “Łódź” – DREIßIG Ærø") == 'elite\'s "lodz" - dreisig aro'
    assert fold("ASCII Only") == "ascii only"
    assert fold("İstanbul I") == "istanbul i"


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    tokens = Tokens.of(text)
    for place in range(len(tokens)):
        assert fold(tokens.raw(place)) == tokens.words[place]


def test_words_numbers_signs_and_line_breaks_are_tokens() -> None:
    tokens = Tokens.of("S04: it’s\non_2026")
    assert tokens.words == ("s", "04", ":", "it", "'", "s", "\n", "on", "2026")
    assert tokens.touches(1)
    assert not tokens.touches(0)
    assert not tokens.touches(3)
    assert tokens.word(-1) == tokens.word(99) == ""
    assert tokens.number(1) == 4
    assert tokens.number(0) is tokens.number(99) is None
    assert Tokens.of("12345").number(0) is None


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases([("new", 1), ("New Year’s Eve", 2), ("new year", 3)])
    assert phrases.at(Tokens.of("on new year's eve"), 1) == (2, 6)
    assert phrases.at(Tokens.of("a new year."), 1) == (3, 3)
    assert phrases.at(Tokens.of("new"), 0) == (1, 1)
    assert phrases.at(Tokens.of("old"), 0) is None
    assert Phrases([("a b", 1)]).at(Tokens.of("a c"), 0) is None
    assert phrases.firsts == {"new"}


def test_covered_characters_are_marked() -> None:
    assert list(cover(5, [(1, 3), (4, 9)])) == [0, 1, 1, 0, 1]
