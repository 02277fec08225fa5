"""Which season the news is about."""

from datetime import date

import pytest

from bot.model import Kind
from bot.news.season_choice import choose_season, is_first_season
from bot.news.seasons import SeasonSort, find_seasons
from bot.news.tokens import Tokens


def chosen(text: str, *kinds: Kind, cue: str | None = None, nth: int = 0) -> int | None:
    cues = [] if cue is None else [(text.index(cue), text.index(cue) + len(cue))]
    return choose_season(find_seasons(Tokens.of(text)), cues, frozenset(kinds), nth)[0]


@pytest.mark.parametrize(
    ("text", "kinds", "number"),
    [
        ("renewed for season 4 ahead of season 3 premiere", [Kind.RENEWED], 4),
        ("Ahead of season 3, a fourth season is ordered", [Kind.RENEWED], 4),
        ("The second season has not begun, and a third is in the works", [Kind.RENEWED], 3),
        ("renewed through season 12; season 7 ended in December", [Kind.RENEWED], 12),
        ("new seasons 4 and 5", [Kind.RENEWED], 4),
        ("will end after five seasons", [Kind.FINAL_SEASON], 5),
        ("to end after its sixth season", [Kind.FINAL_SEASON], 6),
        ("Season 3 is near; the fourth and final season comes later", [Kind.FINAL_SEASON], 4),
        ("cancelled after two seasons", [Kind.CANCELLED], None),
        ("cancelled after two seasons", [Kind.CANCELLED, Kind.FINAL_SEASON], None),
        ("a new season is coming", [Kind.RENEWED], None),
        ("La casa de papel, partie 5", [Kind.RENEWED], 5),
        ("Part 2 arrives in May", [Kind.PREMIERE_DATE], None),
        ("After a tumultuous fifth season it is back. Season six begins", [Kind.PREMIERE_DATE], 6),
        ("The season 13 finale is over, season 14 adds two", [Kind.CASTING], 14),
        ("No season 12: the 11th season will be the last", [Kind.FINAL_SEASON], 11),
        ("There will be no third season", [Kind.CANCELLED], 3),
        ("cancelled after three seasons, down from its second season", [Kind.CANCELLED], None),
        ("It picks up after the seventh season of the mothership", [Kind.SPINOFF], None),
        ("no season at all here", [Kind.CASTING], None),
    ],
)
def test_the_season_of_the_news_is_chosen(text: str, kinds: list[Kind], number: int | None) -> None:
    assert chosen(text, *kinds) == number


def test_the_season_beside_the_words_that_tell_the_news_wins() -> None:
    text = "Season 2 is on Netflix, where viewers by the million found it in May, and season 3 is dated"
    assert chosen(text) == 2
    assert chosen(text, cue="dated") == 3


def test_shows_that_share_an_ordered_list_take_their_own() -> None:
    text = "X, Y and Z return for a fifth, third and second season"
    assert [chosen(text, nth=nth) for nth in range(3)] == [5, 3, 2]
    assert chosen(text, nth=7) == 5


def test_a_season_without_a_number_is_still_told() -> None:
    number, mention = choose_season(find_seasons(Tokens.of("the final season")))
    assert number is None
    assert mention is not None
    assert mention.sort is SeasonSort.FINAL


def test_no_mention_is_no_season() -> None:
    assert choose_season(()) == (None, None)


@pytest.mark.parametrize(
    ("year", "kinds", "first"),
    [
        (None, {Kind.SERIES_ORDER}, True),
        (2010, {Kind.SPINOFF}, True),
        (2026, {Kind.PREMIERE_DATE}, True),
        (None, {Kind.TRAILER}, True),
        (2019, {Kind.PREMIERE_DATE}, False),
        (2026, {Kind.RENEWED, Kind.PREMIERE_DATE}, False),
        (2026, {Kind.CANCELLED}, False),
        (None, {Kind.CANCELLED}, True),
        (2026, {Kind.OTHER_SEASON_NEWS}, False),
    ],
)
def test_a_show_that_is_not_yet_on_has_its_first_season(
    year: int | None, kinds: set[Kind], first: bool
) -> None:
    assert is_first_season(year, date(2026, 3, 1), kinds) is first


def test_an_article_without_a_date_tells_no_first_season() -> None:
    assert not is_first_season(2026, None, {Kind.PREMIERE_DATE})
