import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.folding import Folded, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("THE BEAR", "The Bear"),
        ("Shōgun", "shogun"),
        ("Schitt’s Creek", "Schitt's Creek"),
        ("Law & Order", "Law and Order"),
        ("Law + Order", "Law and Order"),
        ("9-1-1: Lone Star", "9‑1‑1 – Lone Star"),
        ("Straße", "STRASSE"),
        ("Ærø", "aero"),
        ("E\u0301lite", "Élite"),
        ("What If…?", "what if"),
        ("Apple TV+", "Apple TV"),
        ("¡Que viva!", "que viva"),
    ],
)
def test_ways_to_write_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_possessive_stands_apart_from_its_name() -> None:
    assert fold("Yellowstone’s spin-off") == "yellowstone s spin off"


def test_signs_inside_a_word_are_kept() -> None:
    assert fold("A&E") == "a&e"


def test_nothing_folds_to_nothing() -> None:
    assert fold("… — “!”") == ""
    assert Folded("").text == " "
    assert Folded("é́ \u0301").words == ["e", ""]


def test_where_words_stand_is_worked_out_once() -> None:
    folded = Folded("The Bear")
    assert folded.starts is folded.starts
    assert folded.spans is folded.spans


def test_words_lead_back_to_what_was_written() -> None:
    written = "New: ‘Ærø & Löwe’ – E\u0301lite"
    folded = Folded(written)
    assert [written[start:end] for start, end in folded.spans] == ["New", "Ærø", "&", "Löwe", "E\u0301lite"]
    assert folded.words == ["new", "aero", "and", "lowe", "elite"]


def test_matches_from_space_to_space_become_words() -> None:
    folded = Folded("The Bear returns")
    at = folded.text.index(" bear ")
    assert folded.locate([(7, at, at + len(" bear "))]) == [(1, 1, 7)]


@given(st.text())
def test_any_text_has_a_place_for_each_of_its_words(written: str) -> None:
    folded = Folded(written)
    assert len(folded.words) == len(folded.spans) == len(folded.starts) - 1
    assert all(0 <= start < end <= len(written) for start, end in folded.spans)


@given(st.text())
def test_folding_twice_changes_nothing_more(written: str) -> None:
    once = fold(written)
    assert fold(once).split() == once.split()
