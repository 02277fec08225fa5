"""Kinds, by themselves and together."""

import pytest

from bot.model import Kind
from bot.news.kinds import Setting, decide_kinds
from bot.news.signals import Mood, Signal
from bot.news.vocabulary import Use

NOTHING = Setting(0.0, None, False, False, False, False)


def signal(
    kind: Kind, weight: float = 2.0, *, mood: Mood = Mood.FIRM, use: Use = Use.ALONE, sentence: int = 0,
    phrase: str = "words", is_promise: bool = False, start: int = 0, season: int | None = None,
) -> Signal:  # fmt: skip
    end = start + 5
    return Signal(start, end, kind, use, mood, weight, phrase, sentence, season, is_promise=is_promise)


def told(*signals: Signal, setting: Setting = NOTHING) -> set[Kind]:
    return {one.kind for one in decide_kinds(signals, setting)}


def test_a_firm_word_tells_its_kind() -> None:
    assert told(signal(Kind.TRAILER)) == {Kind.TRAILER}


def test_faint_words_alone_tell_nothing() -> None:
    assert told(signal(Kind.CASTING, 0.5), signal(Kind.CASTING, 0.5)) == set()


def test_a_denied_renewal_is_an_end() -> None:
    assert told(signal(Kind.RENEWED, mood=Mood.DENIED)) == {Kind.CANCELLED}


def test_a_denied_end_is_no_kind_of_its_own() -> None:
    assert told(signal(Kind.CANCELLED, mood=Mood.DENIED)) == {Kind.OTHER_SEASON_NEWS}


@pytest.mark.parametrize("mood", [Mood.HEDGED, Mood.ASKED])
def test_what_is_hedged_or_asked_is_undecided(mood: Mood) -> None:
    assert told(signal(Kind.RENEWED, mood=mood)) == {Kind.OTHER_SEASON_NEWS}


def test_background_tells_a_state_only_where_nothing_newer_is_told() -> None:
    old = signal(Kind.RENEWED, mood=Mood.BACKGROUND)
    assert told(old) == {Kind.RENEWED}
    assert told(old, signal(Kind.TRAILER)) == {Kind.TRAILER}


def test_faint_background_tells_nothing() -> None:
    assert told(signal(Kind.RENEWED, 0.5, mood=Mood.BACKGROUND)) == set()


def test_the_long_past_tells_nothing() -> None:
    assert told(signal(Kind.RENEWED, mood=Mood.PAST)) == set()


def test_a_date_tells_a_premiere() -> None:
    assert told(setting=Setting(2.0, 3, False, False, False, False)) == {Kind.PREMIERE_DATE}


def test_a_return_with_a_date_is_no_renewal() -> None:
    back = signal(Kind.RENEWED, use=Use.RETURNS_FOR_SEASON)
    assert told(back) == {Kind.RENEWED}
    assert told(back, setting=Setting(2.0, 3, False, False, False, False)) == {Kind.PREMIERE_DATE}


def test_an_announced_season_of_which_more_is_told_is_no_renewal() -> None:
    announced = signal(Kind.RENEWED, use=Use.ANNOUNCES_SEASON)
    assert told(announced, signal(Kind.PRODUCTION)) == {Kind.PRODUCTION}
    assert told(announced, signal(Kind.CASTING)) == {Kind.RENEWED, Kind.CASTING}


def test_of_an_end_and_a_renewal_the_headline_decides() -> None:
    end, renewal = signal(Kind.CANCELLED, 3.0, sentence=1), signal(Kind.RENEWED, sentence=0)
    assert told(end, renewal) == {Kind.RENEWED}
    assert told(signal(Kind.CANCELLED, sentence=0), signal(Kind.RENEWED, 3.0, sentence=1)) == {Kind.CANCELLED}


def test_of_an_end_and_a_renewal_side_by_side_the_heavier_decides() -> None:
    assert told(signal(Kind.CANCELLED, 3.0), signal(Kind.RENEWED)) == {Kind.CANCELLED}
    assert told(signal(Kind.CANCELLED), signal(Kind.RENEWED)) == {Kind.RENEWED}


def test_of_an_end_and_a_renewal_in_one_headline_the_last_word_decides() -> None:
    assert told(signal(Kind.CANCELLED, 3.0), signal(Kind.RENEWED, start=40)) == {Kind.RENEWED}
    assert told(signal(Kind.RENEWED, 3.0), signal(Kind.CANCELLED, start=40)) == {Kind.CANCELLED}


def test_a_last_season_that_is_refused_is_only_an_end() -> None:
    refused = signal(Kind.CANCELLED, use=Use.BEFORE_SEASON, season=20)
    assert told(refused, signal(Kind.FINAL_SEASON, start=30)) == {Kind.CANCELLED}
    assert told(refused, signal(Kind.FINAL_SEASON, start=90)) == {Kind.FINAL_SEASON}


def test_for_a_season_is_a_renewal_where_nothing_else_is_told() -> None:
    rides_on = signal(Kind.RENEWED, use=Use.FOR_SEASON)
    assert told(rides_on) == {Kind.RENEWED}
    assert told(rides_on, signal(Kind.CASTING)) == {Kind.CASTING}


def test_words_of_one_place_count_once() -> None:
    assert told(signal(Kind.TRAILER, 1.2), signal(Kind.TRAILER, 1.2)) == set()
    assert told(signal(Kind.TRAILER, 1.2), signal(Kind.TRAILER, 1.2, start=20)) == {Kind.TRAILER}


def test_a_spinoff_announced_of_its_parent_is_told_of_it() -> None:
    announced = signal(Kind.SPINOFF, use=Use.OF_SHOW)
    later = Setting(0.0, 5, False, False, False, False)
    assert told(announced) == {Kind.SPINOFF}
    assert told(announced, signal(Kind.SERIES_ORDER), setting=later) == {Kind.SPINOFF, Kind.SERIES_ORDER}


def test_a_new_show_that_is_picked_up_is_no_renewal() -> None:
    new = Setting(0.0, None, False, True, False, False)
    assert told(signal(Kind.RENEWED), signal(Kind.SERIES_ORDER), setting=new) == {Kind.SERIES_ORDER}


def test_a_further_season_refused_beside_a_last_one_is_only_the_last() -> None:
    refused = signal(Kind.CANCELLED, use=Use.AFTER_SEASON)
    assert told(refused, signal(Kind.FINAL_SEASON, start=30)) == {Kind.FINAL_SEASON}


def test_a_cancelled_show_that_merely_ends_has_no_last_season() -> None:
    ends = signal(Kind.FINAL_SEASON, phrase="end after")
    assert told(signal(Kind.CANCELLED), ends) == {Kind.CANCELLED}


def test_a_cancelled_show_may_have_a_last_season() -> None:
    both = {Kind.CANCELLED, Kind.FINAL_SEASON}
    assert told(signal(Kind.CANCELLED), signal(Kind.FINAL_SEASON, start=30)) == both


def test_halted_filming_is_a_delay_and_no_production() -> None:
    assert told(signal(Kind.DELAYED), signal(Kind.PRODUCTION)) == {Kind.DELAYED}


def test_a_later_season_is_no_new_series() -> None:
    later = Setting(0.0, 2, False, False, False, False)
    assert told(signal(Kind.SERIES_ORDER), setting=later) == set()


def test_a_first_season_is_no_renewal() -> None:
    first = Setting(0.0, 1, False, False, False, False)
    assert told(signal(Kind.RENEWED), signal(Kind.SERIES_ORDER), setting=first) == {Kind.SERIES_ORDER}


def test_an_ordered_show_that_comes_from_another_is_a_spinoff() -> None:
    derived = Setting(0.0, None, False, True, True, False)
    assert told(signal(Kind.SERIES_ORDER), setting=derived) == {Kind.SERIES_ORDER, Kind.SPINOFF}


def test_a_spinoff_that_has_long_begun_is_only_called_one() -> None:
    assert told(signal(Kind.SPINOFF)) == set()


def test_a_living_headline_promises_more_than_it_tells() -> None:
    living = Setting(0.0, 2, True, False, False, True)
    assert told(signal(Kind.TRAILER, is_promise=True), setting=living) == {Kind.OTHER_SEASON_NEWS}
    assert told(signal(Kind.RENEWED), setting=living) == {Kind.RENEWED}


def test_a_season_in_the_headline_alone_is_season_news_of_no_kind() -> None:
    assert told(setting=Setting(0.0, 2, False, False, False, True)) == {Kind.OTHER_SEASON_NEWS}


def test_nothing_is_nothing() -> None:
    assert told() == set()
