"""Finding the show that was meant."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.folding import fold
from bot.catalogue.search import SearchIndex
from bot.model import Show, ShowId


def show(number: int, name: str, year: int | None = None, network: str | None = None, **more: object) -> Show:
    return Show(ShowId(number), name, year, network=network, **more)  # type: ignore[arg-type]


DIPLOMAT = show(1, "The Diplomat", 2023, "Netflix", country="US", status="Running", weight=96)
ALIBI = show(2, "The Diplomat", 2023, "Alibi", country="GB", status="Ended", weight=60)
GHOSTS_US = show(3, "Ghosts", 2021, "CBS", country="US", status="Running", weight=95)
GHOSTS_UK = show(4, "Ghosts", 2019, "BBC One", country="GB", status="Ended", weight=90)
HOUSE = show(5, "House", 2004, "FOX", country="US", status="Ended", weight=97)
DRAGON = show(
    6,
    "House of the Dragon",
    2022,
    "HBO",
    country="US",
    status="Running",
    weight=99,
    other_names=("Drachenhaus",),
)
GREYS = show(7, "Grey's Anatomy", 2005, "ABC", country="US", status="Running", weight=94)
ELITE = show(8, "Élite", 2018, "Netflix", country="ES", status="Ended", weight=70)
LAW = show(9, "Law & Order", 1990, "NBC", country="US", status="Running", weight=85)
YOU = show(10, "You", 2018, "Netflix", country="US", status="Ended", weight=80)
HEIST = show(11, "La casa de papel", 2017, "Netflix", other_names=("Money Heist",), weight=88)
DRAGON_BALL = show(12, "Dragon Ball", 1986, "Fuji TV", country="JP", status="Ended", weight=50)
BARE = show(13, "1923", weight=10)
NAMELESS = show(14, "?!", weight=0)
SHOWS = (
    DIPLOMAT, ALIBI, GHOSTS_US, GHOSTS_UK, HOUSE, DRAGON, GREYS, ELITE, LAW, YOU, HEIST,
    DRAGON_BALL, BARE, NAMELESS,
)  # fmt: skip
INDEX = SearchIndex(SHOWS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("The Diplomat", DIPLOMAT),
        ("diplomat", DIPLOMAT),
        ("dip", DIPLOMAT),
        ("the diplomat alibi", ALIBI),
        ("the diplomat uk", ALIBI),
        ("ghosts", GHOSTS_US),
        ("ghosts us", GHOSTS_US),
        ("ghosts uk", GHOSTS_UK),
        ("ghosts 2019", GHOSTS_UK),
        ("ghosts bbc", GHOSTS_UK),
        ("ghosts b", GHOSTS_UK),
        ("house", HOUSE),
        ("house of", DRAGON),
        ("drachenhaus", DRAGON),
        ("dragon house", DRAGON),
        ("house dra", DRAGON),
        ("greys anatomy", GREYS),
        ("Grey’s Anatomy", GREYS),
        ("grey anatomy", GREYS),
        ("elite", ELITE),
        ("law and order", LAW),
        ("law + order", LAW),
        ("casa de papel", HEIST),
        ("money", HEIST),
        ("hou 2022", DRAGON),
        ("1923", BARE),
    ],
)
def test_what_was_meant_comes_first(typed: str, first: Show) -> None:
    assert INDEX.rank(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("the dipolmat", DIPLOMAT),
        ("dipolmat", DIPLOMAT),
        ("teh diplomat", DIPLOMAT),
        ("ghsots", GHOSTS_US),
        ("hose of the dragn", DRAGON),
        ("graeys anatmoy", GREYS),
        ("monay hiest", HEIST),
        ("yuo", YOU),
        ("mony h", HEIST),
    ],
)
def test_misspelt_name_finds_its_show(typed: str, first: Show) -> None:
    assert INDEX.rank(typed)[0] == first


def test_whole_names_come_before_beginnings_before_words_within() -> None:
    assert INDEX.rank("dragon") == (DRAGON_BALL, DRAGON)
    assert INDEX.rank("house") == (HOUSE, DRAGON)
    assert INDEX.rank("the diplomat") == (DIPLOMAT, ALIBI)


def test_show_on_air_comes_before_an_equally_popular_one_that_ended() -> None:
    ended, running = show(1, "Twins", weight=50), show(2, "Twins", weight=50, status="Running")
    assert SearchIndex([ended, running]).rank("twins") == (running, ended)


def test_newer_show_comes_before_an_equally_popular_older_one() -> None:
    old, new = show(1, "Twins", 1990), show(2, "Twins", 2020)
    assert SearchIndex([old, new]).rank("twins") == (new, old)


def test_words_within_names_find_room_among_many_beginnings() -> None:
    beginnings = [show(number, f"Dragon {number}", weight=10) for number in range(100, 200)]
    ranked = SearchIndex([*beginnings, DRAGON]).rank("dragon")
    assert len(ranked) == 25
    assert ranked[24] == DRAGON


def test_nothing_typed_gives_the_most_popular() -> None:
    assert INDEX.rank("", 2) == (DRAGON, DIPLOMAT)
    assert INDEX.rank("  ", 1) == (DRAGON,)


@pytest.mark.parametrize("typed", ["🎬", "zzzzzzzzzzzz", "?", "qx"])
def test_what_is_no_name_finds_nothing(typed: str) -> None:
    assert INDEX.rank(typed) == ()


def test_empty_catalogue_finds_nothing() -> None:
    assert SearchIndex(()).rank("the diplomat") == ()
    assert SearchIndex(()).near("the diplomat") == ()
    assert SearchIndex(()).rank("") == ()


@pytest.mark.parametrize("meant", [one for one in SHOWS if one is not NAMELESS])
def test_label_of_a_show_means_that_show(meant: Show) -> None:
    assert INDEX.rank(meant.label)[0] == meant


def test_label_is_preferred_to_a_name_that_begins_it() -> None:
    plain, marked = show(1, "Twins", 2020, weight=5), show(2, "Twins", 2020, "HBO", weight=90)
    index = SearchIndex([plain, marked])
    assert index.rank(plain.label)[0] == plain
    assert index.rank(marked.label)[0] == marked


def test_near_names_are_given_for_what_is_further_off() -> None:
    assert INDEX.rank("grace anatomia") == ()
    assert INDEX.near("grace anatomia")[0] == GREYS
    assert INDEX.near("diplomat", 1) == (DIPLOMAT,)
    assert INDEX.near("🎬") == ()
    assert INDEX.near("qqqqqqqqqqqqqqqqqqqqq") == ()


words = st.sampled_from(["the", "house", "of", "dragon", "s", "ghosts", "a", "2019", "us", "&"])
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
shows = st.lists(
    st.builds(
        show,
        st.integers(1, 10**6),
        names,
        st.none() | st.integers(1950, 2030),
        st.sampled_from([None, "Netflix", "BBC One", "Paramount+"]),
        country=st.sampled_from([None, "US", "GB", "US/GB"]),
        weight=st.integers(0, 100),
        other_names=st.lists(names, max_size=2).map(tuple),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(shows)
def test_each_label_ranks_its_shows_first(catalogue: list[Show]) -> None:
    index = SearchIndex(catalogue)
    for one in catalogue:
        same = [other for other in catalogue if fold(other.label) == fold(one.label)]
        assert one.label == one.name or one in index.rank(one.label)[: len(same)]


@given(shows, st.text(max_size=30) | names, st.integers(1, 25))
def test_answers_are_different_shows_and_no_more_than_wanted(
    catalogue: list[Show], typed: str, limit: int
) -> None:
    for found in (SearchIndex(catalogue).rank(typed, limit), SearchIndex(catalogue).near(typed, limit)):
        assert len(found) == len({one.id for one in found}) <= limit


@given(shows)
def test_each_show_is_found_by_each_of_its_names(catalogue: list[Show]) -> None:
    index = SearchIndex(catalogue)
    for one in catalogue:
        for name in (one.name, *one.other_names):
            assert one in index.rank(name, 25) or name == "&"


def test_answer_among_eighty_thousand_shows_comes_at_once() -> None:
    chance = random.Random(1)  # noqa: S311 - the same catalogue in each run
    words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 9))) for _ in range(9_000)]
    words += ["the", "of", "and", "in", "love", "house"] * 300
    catalogue = [
        show(number, " ".join(chance.choices(words, k=chance.randint(1, 4))), 2000, weight=number % 100)
        for number in range(80_000)
    ]
    index = SearchIndex(catalogue)
    typed = [one.name[: 2 + number % 12] for number, one in enumerate(catalogue[:150])]
    typed += [f"x{one.name[1:]}" for one in catalogue[150:200]] + [
        "the",
        "the of",
        "t",
        "of the and",
        "the 2000",
    ]
    taken = []
    for one in typed:
        start = time.perf_counter()
        index.rank(one)
        taken.append(time.perf_counter() - start)
    assert sorted(taken)[len(taken) // 2] < 0.05
