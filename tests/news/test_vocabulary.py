"""The vocabulary: how phrases are written, found, and told apart by language."""

import pytest

from bot.news.vocabulary import (
    WORDS,
    Sense,
    Use,
    Vocabulary,
    plain,
    read_words,
    spellings,
    spoken,
    vocabulary,
)

RENEWED = Sense("renewed", Use.ALONE, "en")
LIVING = Sense("living", Use.ALONE, "en")


def phrases(vocabulary: Vocabulary, text: str) -> list[str]:
    return [mark.phrase for mark in vocabulary.find(text)]


def test_choices_are_written_out() -> None:
    assert list(spellings("(picks|picked) up (a|) show")) == [
        "picks up a show", "picks up show", "picked up a show", "picked up show",
    ]  # fmt: skip


def test_a_choice_within_a_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="a choice within a choice"):
        list(spellings("(a (b|c)|d)"))


def test_the_longest_phrase_hides_the_shorter() -> None:
    words = Vocabulary([("renewed", RENEWED), ("cancelled", RENEWED), ("renewed or cancelled", LIVING)])
    assert phrases(words, "Renewed or cancelled?") == ["renewed or cancelled"]
    assert phrases(words, "Renewed, or cancelled?") == ["renewed", "cancelled"]


def test_only_whole_words_are_found_but_for_a_star() -> None:
    words = Vocabulary([("ax", RENEWED), ("renew*", LIVING)])
    assert phrases(words, "The ax fell on taxes, axes and wax") == ["ax"]
    assert phrases(words, "renewals renewing") == ["renew", "renew"]


def test_accents_case_hyphens_and_quotes_are_alike() -> None:
    words = Vocabulary([("renouvelée", RENEWED), ("won't", RENEWED), ("spin-off", RENEWED)])
    assert phrases(words, "RENOUVELEE won’t Spin Off") == ["renouvelee", "won t", "spin off"]


def test_plain_text_keeps_every_place() -> None:
    text = "“Élite” — l’été, 3 ½ ß İ"
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The show will be back for a new season", "en"),
        ("Die Serie wird nicht um eine Staffel verlängert", "de"),
        ("La série est de retour pour une saison avec les acteurs", "fr"),
        ("La serie tendrá una nueva temporada en el canal", "es"),
        ("La serie è stata rinnovata per una nuova stagione della storia", "it"),
        ("A série não foi renovada para uma nova temporada", "pt"),
        ("De serie krijgt een nieuw seizoen en dat is het", "nl"),
    ],
)
def test_small_words_tell_the_language(text: str, language: str) -> None:
    assert spoken(text) == {language, "en"}


def test_without_small_words_all_languages_are_heard() -> None:
    assert {"en", "de", "nl"} <= spoken("Dark")


def test_a_word_of_another_language_says_nothing() -> None:
    assert not any(
        mark.has("negations") for mark in vocabulary().find("The Disney Plus show is on for the season")
    )


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.toml")), ids=lambda path: path.stem)
def test_each_language_has_the_sections_of_english(path: object) -> None:
    sections: dict[str, set[str]] = {}
    for _, sense in read_words(WORDS):
        sections.setdefault(sense.language, set()).add(sense.name)
    english_only = {
        "aside",
        "aside_after",
        "past",
        "no_date",
        "derived",
        "other_season",
        "talk",
        "one_off",
        "availability",
        "work",
        "event",
        "after",
        "month",
        "known",
        "look_back",
        "goods",
    }
    for language, names in sections.items():
        assert sections["en"] - english_only <= names | {"language"}, language


def test_an_accent_makes_a_word_no_english_one() -> None:
    words = Vocabulary([("host", Sense("casting", Use.ALONE, "en"))])
    assert phrases(words, "A new host") == ["host"]
    assert phrases(words, "Premiär i höst") == []


def test_a_longer_phrase_of_another_language_hides_no_word() -> None:
    words = Vocabulary(
        [("finale", Sense("final_season", Use.ALONE, "en")), ("finale der", Sense("recap", Use.ALONE, "de"))]
    )
    assert phrases(words, "the finale der is not on and will be it") == ["finale"]


def test_sister_languages_are_heard_together() -> None:
    assert {"no", "da"} <= spoken("Serien får en ny sesong og det er ikke den siste")
