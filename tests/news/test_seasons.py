"""Which seasons a text names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.seasons import SeasonMention, SeasonSort, find_seasons
from bot.news.tokens import Tokens
from tests.growth import IN_PROPORTION, growth


def seasons(text: str, *names: str) -> tuple[SeasonMention, ...]:
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    return find_seasons(Tokens.of(text), places)


def only(text: str, *names: str) -> SeasonMention:
    (mention,) = seasons(text, *names)
    return mention


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("renewed for season 4", (4,)),
        ("Season Four is coming", (4,)),
        ("Season II", (2,)),
        ("season no. 4", (4,)),
        ("Season #4", (4,)),
        ("S4", (4,)),
        ("Ghosts S04: a new cast", (4,)),
        ("S2E3", (2,)),
        ("Season 2, Episode 3", (2,)),
        ("the twenty-first season", (21,)),
        ("a 4th season", (4,)),
        ("seasons 4 and 5", (4, 5)),
        ("seasons 2, 3, and 4", (2, 3, 4)),
        ("seasons 1-3", (1, 2, 3)),
        ("seasons 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13", tuple(range(1, 13))),
        ("seasons 1 through 3", (1, 2, 3)),
        ("Season 3 & 4", (3, 4)),
        ("season 3 and 12 episodes", (3,)),
        ("a third and fourth season", (3, 4)),
        ("their fourth, third and second seasons", (4, 3, 2)),
        ("a ten-episode eighth season", (8,)),
        ("an eighth 10-episode season", (8,)),
        ("a sophomore run", (2,)),
        ("this fourth outing", (4,)),
        ("series three", (3,)),
        ("a third series of the comedy", (3,)),
        ("Season 4.5 is on", (4,)),
        ("Staffel 2", (2,)),
        ("die 2. Staffel", (2,)),
        ("die zweite Staffel", (2,)),
        ("um eine einundzwanzigste Staffel", (21,)),
        ("saison 2", (2,)),
        ("une deuxième saison", (2,)),
        ("la 2e saison", (2,)),
        ("la vingt et unième saison", (21,)),
        ("segunda temporada", (2,)),
        ("la 2ª temporada", (2,)),
        ("temporada 2", (2,)),
        ("la vigésima primera temporada", (21,)),
        ("a sétima temporada", (7,)),
        ("la seconda stagione", (2,)),
        ("stagione 2", (2,)),
        ("het tweede seizoen", (2,)),
        ("seizoen 2", (2,)),
        ("een derde reeks", (3,)),
        ("2. řada", (2,)),
        ("második évadának", (2,)),
        ("toinen kausi", (2,)),
        ("ikinci sezon", (2,)),
        ("drugi sezon", (2,)),
        ("andra säsongen", (2,)),
        ("anden sæson", (2,)),
        ("andre sesong", (2,)),
    ],
)
def test_a_numbered_season_is_read(text: str, numbers: tuple[int, ...]) -> None:
    mention = seasons(text)[0]
    assert mention.sort is SeasonSort.NUMBERED
    assert mention.numbers == numbers


@pytest.mark.parametrize(
    "text",
    [
        "its second and final season",
        "a 5th and FINAL season",
        "the fifth, and last, season",
        "its final fifth season",
        "die zweite und letzte Staffel",
        "deuxième et dernière saison",
        "la tercera y última temporada",
        "la terza e ultima stagione",
        "a sétima e última temporada",
        "het derde en laatste seizoen",
    ],
)
def test_a_last_season_with_its_number_is_one_mention(text: str) -> None:
    mention = only(text)
    assert mention.is_final
    assert len(mention.numbers) == 1


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("the final season of Girls", SeasonSort.FINAL),
        ("la temporada final", SeasonSort.FINAL),
        ("la saison finale", SeasonSort.FINAL),
        ("a new season", SeasonSort.NEW),
        ("eine weitere Staffel", SeasonSort.NEW),
        ("this season", SeasonSort.CURRENT),
        ("the previous season", SeasonSort.PREVIOUS),
    ],
)
def test_a_season_without_a_number_says_which(text: str, sort: SeasonSort) -> None:
    mention = only(text)
    assert (mention.sort, mention.numbers) == (sort, ())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("after two seasons", 2),
        ("a two-season renewal", 2),
        ("six seasons of fun", 6),
        ("nach zwei Staffeln", 2),
        ("après deux saisons", 2),
        ("two more seasons", 2),
        ("after one season", 1),
        ("the first two seasons", 2),
        ("les deux premières saisons", 2),
        ("as duas primeiras temporadas", 2),
    ],
)
def test_so_many_seasons_are_a_count(text: str, count: int) -> None:
    mention = only(text)
    assert (mention.sort, mention.numbers) == (SeasonSort.COUNT, (count,))


@pytest.mark.parametrize(
    "text",
    [
        "the season opener against Leeds",
        "award season is here",
        "the hunting season",
        "for the 2016-17 season",
        "the 2025/26 season",
        "the 2020 season",
        "the season finale",
        "a series regular",
        "third time lucky",
    ],
)
def test_what_is_no_season_of_a_show_is_left_out(text: str) -> None:
    assert seasons(text) == ()


def test_a_lone_letter_is_no_season() -> None:
    assert seasons("S.W.A.T. on PS5, in size S or s4") == ()


def test_a_loose_word_needs_an_ordinal() -> None:
    assert seasons("a run of 12") == seasons("Run 4") == ()


def test_a_part_beside_its_season_is_told_apart() -> None:
    season, part = seasons("Season 5 part 2")
    assert (season.sort, season.numbers) == (SeasonSort.NUMBERED, (5,))
    assert (part.sort, part.numbers) == (SeasonSort.PART, (2,))


def test_volumes_and_ordinal_parts_are_parts() -> None:
    assert only("Volume 2").sort is SeasonSort.PART
    assert only("the second part").sort is SeasonSort.PART


def test_a_season_before_which_something_happens_is_an_aside() -> None:
    told, aside = seasons("renewed for season 4 ahead of season 3")
    assert not told.is_aside
    assert aside.is_aside


def test_punctuation_ends_an_aside() -> None:
    assert not only("Before that, season 3").is_aside


def test_a_season_that_has_been_is_over() -> None:
    assert only("the season 1 finale").is_over
    assert only("Season three kicked off last week").is_over
    assert not only("Season 3. Was it good").is_over


def test_the_noun_may_be_left_out() -> None:
    first, second = seasons("Central Park: ahead of its second season it is renewed for a third.")
    assert not first.is_short
    assert second.is_short
    assert second.numbers == (3,)


def test_the_noun_may_be_left_out_of_digits() -> None:
    told = seasons("The drama gets its 23rd season and the other one its 25th.")
    assert [one.numbers for one in told] == [(23,), (25,)]


@pytest.mark.parametrize(
    "text",
    [
        "season 2: the third time",
        "season 2 and every third week",
        "season 2 was on for a third-party service",
        "for a third.",
        "season 2 on the 3rd.",
    ],
)
def test_other_ordinals_are_no_seasons(text: str) -> None:
    assert not any(mention.is_short for mention in seasons(text))


def test_ends_through_and_lists_are_marked() -> None:
    assert only("renewed through season 12").is_through
    assert only("to end after the sixth season").is_after
    assert only("return for a fifth and third season, respectively").is_list
    assert not only("seasons 4 and 5").is_list


def test_numbers_of_several_shows_keep_their_order() -> None:
    mention = only("episodes for seasons three, four and two, respectively")
    assert mention.numbers == (3, 4, 2)
    assert mention.is_list
    assert only("seasons 5, 3, and 1").numbers == (5, 3, 1)
    assert only("seasons 3 and 2 hours").numbers == (3,)


@pytest.mark.parametrize(
    "text",
    [
        "the 11th season will be the show's last",
        "season 5 to be its final",
        "die vierte Staffel wird die letzte sein",
        "la cuarta temporada será la última",
    ],
)
def test_a_season_may_be_called_the_last(text: str) -> None:
    assert only(text).is_final


@pytest.mark.parametrize(
    "text",
    [
        "season 5 will be his last",
        "season 5 will be the last time",
        "season 5 is on. The last",
        "season 5 will be shown all over the world",
        "season 5 arrives",
    ],
)
def test_the_last_of_something_else_is_not_the_last_season(text: str) -> None:
    assert not only(text).is_final


def test_a_season_that_will_not_be_is_denied() -> None:
    assert only("there will be no season 12").is_denied
    assert not only("season 12").is_denied


def test_a_number_that_counts_on_is_not_the_seasons() -> None:
    assert seasons("Series one of them") == ()
    assert seasons("season 24-hour") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Virgin River 3, with two new faces", "Virgin River"),
        ("Rinnovo di “You” 3", "You"),
        ("Taboo 3?", "Taboo"),
    ],
)
def test_a_number_behind_the_name_is_a_season(text: str, name: str) -> None:
    mention = only(text, name)
    assert mention.is_titled
    assert mention.numbers == (3,)


@pytest.mark.parametrize(
    "text", ["You 3 seasons", "You 11 May", "You 3.5 stars", "You 2024", "You 99", "You3", "You 1", "3 You"]
)
def test_other_numbers_behind_the_name_are_none(text: str) -> None:
    assert not any(mention.is_titled for mention in seasons(text, "You"))


def test_what_stands_inside_a_name_is_no_season() -> None:
    assert seasons("Starz ordered Power Book III: Raising Kanan", "Power Book III: Raising Kanan") == ()


def test_a_number_told_with_its_noun_is_told_once() -> None:
    assert len(seasons("Cobra Kai S6", "Cobra Kai")) == 1


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for mention in seasons(text):
        assert 0 <= mention.start < mention.end <= len(text)


@given(st.integers(1, 99), st.integers(1, 6))
def test_white_space_changes_nothing(number: int, gap: int) -> None:
    assert only(f"season{' ' * gap}{number}").numbers == (number,)


@pytest.mark.parametrize("seed", ["season 1 and ", "first ", "season ", "#", "a third ", "second, "])
def test_long_texts_take_time_in_proportion(seed: str) -> None:
    assert growth(lambda text: find_seasons(Tokens.of(text)), seed) < IN_PROPORTION
