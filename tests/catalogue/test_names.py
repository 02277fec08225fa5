import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.folding import Folded
from bot.catalogue.names import Form, Names
from bot.catalogue.ordinary import load_frequencies, ordinariness
from bot.model import Show, ShowId


def show(number: int, name: str, *others: str) -> Show:
    return Show(ShowId(number), name, other_names=others)


SHOWS = [
    show(1, "House"),
    show(2, "House of the Dragon"),
    show(3, "Money Heist", "La casa de papel", "Haus des Geldes"),
    show(4, "S.W.A.T."),
    show(5, "The Handmaid's Tale"),
    show(6, "Ghosts (UK)"),
    show(7, "Ghosts"),
    show(8, "NCIS"),
    show(9, "NCIS: Origins"),
    show(10, "Veep"),
    show(11, "Star Trek: Strange New Worlds"),
    show(12, "The"),
    show(13, "!!!"),
    show(14, " ".join(["Long"] * 20)),
    show(15, "(2019)"),
]
NAMES = Names(SHOWS)


def found(text: str, names: Names = NAMES) -> set[tuple[str, int, Form]]:
    folded = Folded(text)
    return {
        (" ".join(folded.words[first : last + 1]), one.id, form)
        for first, last, key in names.find(folded)
        for one, form in names.name(key).bearers
    }


def test_all_names_that_overlap_are_found() -> None:
    assert found("HOUSE OF THE DRAGON returns") == {
        ("house", 1, Form.NAME),
        ("house of the dragon", 2, Form.NAME),
        ("the", 12, Form.NAME),
    }


def test_names_are_whole_words() -> None:
    assert found("Households and Veeps") == set()


def test_names_side_by_side_are_both_found() -> None:
    assert {one for _, one, _ in found("Veep House")} == {1, 10}


def test_a_show_is_found_by_its_other_names() -> None:
    assert found("„Haus des Geldes“") == {("haus des geldes", 3, Form.OTHER)}


@pytest.mark.parametrize("written", ["S.W.A.T.", "SWAT", "S W A T"])
def test_initials_are_found_with_and_without_points(written: str) -> None:
    assert {one for _, one, _ in found(written)} == {4}


@pytest.mark.parametrize("written", ["The Handmaid’s Tale", "The Handmaids Tale", "Handmaids Tale"])
def test_apostrophes_and_the_article_may_be_left_out(written: str) -> None:
    assert 5 in {one for _, one, _ in found(written)}


def test_a_country_behind_a_name_is_no_part_of_it() -> None:
    assert found("Ghosts") == {("ghosts", 6, Form.NAME), ("ghosts", 7, Form.NAME)}


def test_a_part_of_a_name_gives_way_to_a_whole_name() -> None:
    assert found("NCIS") == {("ncis", 8, Form.NAME)}
    assert ("strange new worlds", 11, Form.PART) in found("Strange New Worlds")


def test_a_name_is_the_same_object_each_time() -> None:
    key = NAMES.find(Folded("Veep"))[0][2]
    assert NAMES.name(key) is NAMES.name(key)
    assert NAMES.name(key).ordinariness == NAMES.ordinariness(key)


def test_no_shows_have_no_names() -> None:
    assert found("House", Names([])) == set()


@settings(max_examples=4, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["House of the Dragon", "NCIS: Origins", "Ghosts"]))
def test_the_order_of_the_catalogue_does_not_matter(chance: random.Random, text: str) -> None:
    shuffled = SHOWS[:]
    chance.shuffle(shuffled)
    assert found(text, Names(shuffled)) == found(text)


def test_everyday_words_are_more_ordinary_than_invented_ones() -> None:
    frequencies = load_frequencies()

    def of(name: str) -> float:
        return ordinariness(name.split(), frequencies)

    assert of("you") > of("lost") > of("evil") > of("homeland") > of("ted lasso")
    assert of("24") > of("1923") > of("breaking bad")
    assert of("xyzzyq") == 2.0
    assert of("familie") > 4
