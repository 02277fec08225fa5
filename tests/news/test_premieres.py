"""Which date is the premiere."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.premieres import PREMIERE_AT, PremiereDate, choose_premiere, find_premieres
from bot.news.tokens import Tokens
from tests.growth import IN_PROPORTION, growth

MAY = date(2026, 5, 13)


def premieres(text: str, published: date | None = MAY, name: str = "") -> tuple[PremiereDate, ...]:
    names = [(text.index(name), text.index(name) + len(name))] if name else []
    return find_premieres(Tokens.of(text), published, names)


def premiere(text: str, *, is_told: bool = False) -> str | None:
    chosen, _ = choose_premiere(premieres(text), is_told=is_told)
    return None if chosen is None else str(chosen.date)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The show returns Oct. 31.", "2026-10-31"),
        ("It premieres Sunday, October 4, on HBO.", "2026-10-04"),
        ("The finale aired on May 3; season 2 arrives June 9.", "2026-06-09"),
        ("It kehrt am 28. Mai zurück, die Serie.", "2026-05-28"),
        ("La série revient le 28 mai sur Canal+.", "2026-05-28"),
        ("La serie se estrena el 28 de mayo en Max.", "2026-05-28"),
        ("La serie torna il 28 maggio su Rai 1.", "2026-05-28"),
        ("A série estreia dia 28 de maio na Globo.", "2026-05-28"),
        ("De reeks gaat op 28 mei in première.", "2026-05-28"),
        ("Season 2 is slated for late 2027.", "2027"),
        ("Season 2 wraps filming ahead of its 2027 premiere.", "2027"),
        ("Season 2 launches next year. It arrives in March 2027.", "2027-03"),
        ("The box set is out on June 1, the series returns on July 2.", "2026-07-02"),
        ("All episodes hit the streamer on June 4.", "2026-06-04"),
        ("You must wait until July for the return.", "2026-07"),
        ("Il faudra patienter jusqu'à l'automne pour la suite.", "2026-fall"),
        ("It premieres on June 4 and streams elsewhere from June 11.", "2026-06-04"),
        ("Die Serie wird nach dem Erfolg 2027 fortgesetzt.", "2027"),
        ("The drama sets a summer launch.", "2026-summer"),
        ("In August the show returns, confirmed by the network.", "2026-08"),
        ("It returns in August, confirmed the network.", "2026-08"),
        ("Picked up for fall, the show returns.", "2026-fall"),
    ],
)
def test_the_date_beside_a_word_of_starting_is_the_premiere(text: str, expected: str) -> None:
    assert premiere(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Filming begins on June 2.",
        "Le tournage débute le 2 novembre.",
        "The star was born on May 5, 1970.",
        "The season finale airs June 2.",
        "It was announced on May 4.",
        "The series premiered on January 3, 2020.",
        "Yellowstone returns tonight?",
        "The drama is renewed until 2028.",
        "Noch bis Herbst wird in Wien gedreht.",
        "It was renewed in February.",
        "In August the cancelled show was praised.",
        "It fell after a solid January start.",
        "The news comes a month after the April 29 release of the third.",
        "Filming for the new drama of the year begins in June.",
        "Filming for the new drama (six parts), begins today.",
        "Obligan a aplazar la grabación de la serie, y el rodaje, previsto para agosto.",
        "Her last appearance will be in early 2027.",
        "The star posted on Wednesday.",
        "The last episode of the series airs in March 2027.",
        "No date is told here.",
    ],
)
def test_dates_of_other_things_are_no_premiere(text: str) -> None:
    assert premiere(text) is None


def test_a_date_needs_less_where_a_premiere_is_told() -> None:
    text = "Monday, Sept. 21: How I Met Your Mother"
    assert premiere(text) is None
    assert premiere(text, is_told=True) == "2026-09-21"


def test_a_pushed_premiere_gives_both_dates() -> None:
    for text in (
        "The premiere was pushed from May 20 to October 1.",
        "The premiere was pushed to October 1 from May 20.",
        "Originally set for May 20, it is now delayed to October 1.",
    ):
        chosen, was = choose_premiere(premieres(text))
        assert chosen is not None
        assert was is not None
        assert (str(chosen.date), str(was.date)) == ("2026-10-01", "2026-05-20")


def test_the_old_date_lies_near_the_new_one() -> None:
    _, was = choose_premiere(premieres("The premiere is pushed to July 2026 from January."))
    assert was is not None
    assert str(was.date) == "2026-01"


def test_a_span_of_days_is_no_move() -> None:
    chosen, was = choose_premiere(premieres("It airs from June 4 to June 9."))
    assert chosen is not None
    assert str(chosen.date) == "2026-06-04"
    assert was is None


def test_a_date_far_from_another_is_not_what_was_moved() -> None:
    assert not any(
        one.is_was for one in premieres("It is pushed, we hear from May 20 on, with the star, to October 1.")
    )
    assert not any(one.is_was for one in premieres("It was pushed. It airs from May 20."))


def test_the_new_date_is_marked() -> None:
    assert premieres("It is delayed until October 1.")[0].is_moved


def test_the_finer_of_two_dates_that_agree_is_given() -> None:
    assert premiere("Season 4 premieres in June! New episodes start on June 26.") == "2026-06-26"


def test_the_date_near_the_show_is_given() -> None:
    text = "X returns on June 4 after a long wait on both sides of the sea, and Y returns on July 5."
    found = premieres(text)
    place = text.index("Y")
    nearest, _ = choose_premiere(found, [(place, place + 1)])
    assert nearest is not None
    assert str(nearest.date) == "2026-07-05"


def test_a_name_is_no_date_and_says_nothing_of_one() -> None:
    assert premieres("Mina Settembre", name="Mina Settembre") == ()
    plain = premieres("The Premiere, May 28")[0]
    named = premieres("The Premiere, May 28", name="The Premiere")[0]
    assert named.weight < PREMIERE_AT < plain.weight
    assert named.cue is None


def test_the_word_that_decided_is_told() -> None:
    text = "It premieres on June 4."
    (only,) = premieres(text)
    assert only.cue is not None
    assert text[slice(*only.cue)] == "premieres"


def test_a_full_stop_in_a_date_ends_no_sentence() -> None:
    assert premiere("Premieres Jan. 5 on FX.") == "2027-01-05"
    assert premiere("Das Finale. Los geht es am 28. Mai.") == "2026-05-28"
    assert premiere("It was renewed in 2025. Season 2 premieres June 4.") == "2026-06-04"


def test_words_of_another_language_say_nothing() -> None:
    text = "The final episodes begin streaming in June, and that is the end of the show for the fans."
    assert premiere(text) == "2026-06"


def test_no_date_is_chosen_from_none() -> None:
    assert choose_premiere(()) == (None, None)
    assert choose_premiere(premieres("May 28, 2026", None)) == (None, None)


@given(st.text())
def test_any_text_is_weighed(text: str) -> None:
    for one in premieres(text):
        assert 0 <= one.weight <= 1
        assert 0 <= one.start < one.end <= len(text)


@given(st.integers(1, 5), st.sampled_from(["\n", " ", "\t"]))
def test_white_space_changes_no_date(times: int, gap: str) -> None:
    words = ["It", "premieres", "on", "June", "4", "on", "HBO"]
    found = premieres((gap if gap != "\n" else " ") * times + (" " * times).join(words))
    assert [str(one.date) for one in found] == ["2026-06-04"]


@pytest.mark.parametrize(
    "seed", ["May 5 premieres ", "from May to June pushed ", "1/", "Sunday, ", "next ", "in the fall "]
)
def test_long_texts_take_time_in_proportion(seed: str) -> None:
    assert growth(lambda text: choose_premiere(find_premieres(Tokens.of(text), MAY)), seed) < IN_PROPORTION
