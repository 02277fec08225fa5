"""What stands between two places of a text."""

import pytest

from bot.news.gaps import begins_of, cost, goes_on, is_list, leads, stands_before
from bot.news.vocabulary import Mark


@pytest.mark.parametrize(
    ("gap", "listed"),
    [("’ and ‘", True), (", ", True), (" & ", True), ("’, ‘", True), (" renews ", False), (" " * 40, False)],
)
def test_names_joined_by_and_or_a_comma_are_a_list(gap: str, listed: bool) -> None:
    assert is_list(f"X{gap}Y", 1, 1 + len(gap)) == listed


@pytest.mark.parametrize(("gap", "leading"), [(" of ‘", True), (": ", True), (" ", True), (" beats ", False)])
def test_of_and_a_colon_lead_on(gap: str, leading: bool) -> None:
    assert leads(f"X{gap}Y", 1, 1 + len(gap)) == leading


@pytest.mark.parametrize(("gap", "begins"), [(" of ‘", True), (" for “", True), (" ", False), (",” ", False)])
def test_a_season_is_of_what_an_of_leads_to(gap: str, begins: bool) -> None:
    assert begins_of(f"X{gap}Y", 1, 1 + len(gap)) == begins


@pytest.mark.parametrize(
    ("gap", "goes"), [(", and ‘", True), (", e ", True), (", ", False), (" and ", False)]
)
def test_a_comma_and_an_and_begin_anew(gap: str, goes: bool) -> None:
    assert goes_on(f"X{gap}Y", 1, 1 + len(gap)) == goes


def test_a_comma_and_an_and_make_the_way_longer() -> None:
    assert cost("abc", 0, 3) < cost("a,c", 0, 3) < cost("a, and c", 0, 8)


def test_a_mark_stands_before_what_no_comma_parts_it_from() -> None:
    mark = Mark(0, 6, "unlike", ())
    assert stands_before("unlike X", [mark], 7)
    assert not stands_before("unlike, X", [mark], 8)
    assert not stands_before("unlike X", [mark], 7, reach=0)
