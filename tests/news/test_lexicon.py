"""The language files are read, and what is wrong with one is told."""

import pytest

from bot.errors import WordsError
from bot.news.lexicon import LISTS, TABLES, Lexicon, load_lexicon, parse_language
from bot.news.tokens import Tokens

SECTIONS = "\n".join(
    f"[{section}]\n" + "\n".join(f"[{owner}.{table}]" for owner, table in TABLES if owner == section)
    for section in LISTS
)


def with_line(section: str, line: str) -> str:
    return SECTIONS.replace(f"[{section}]\n", f"[{section}]\n{line}\n", 1)


def test_a_language_may_leave_lists_empty() -> None:
    language = parse_language(SECTIONS, "xx.toml")
    assert language["seasons"]["singular"] == ()
    assert language["dates.months"] == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[dates", "xx.toml: not a TOML file"),
        ("", r"xx.toml: \[language\] is missing; add it as in en.toml"),
        (SECTIONS.replace("[dates.months]", ""), r"\[dates.months\] is missing"),
        (SECTIONS + "\n[other]", "the file knows no 'other'"),
        (with_line("seasons", 'single = ["x"]'), "seasons knows no 'single'"),
        (SECTIONS.replace("[dates.months]", '[dates.months]\n13 = ["x"]'), "dates.months knows no '13'"),
        (with_line("seasons", 'singular = "x"'), "seasons.singular must be a list of words"),
        (with_line("seasons", "singular = [1]"), "seasons.singular must be a list of words"),
        (with_line("seasons", 'singular = [" "]'), "seasons.singular has an empty word"),
        (with_line("seasons", 'singular = ["é", "E"]'), "seasons.singular has 'e' twice"),
    ],
)
def test_a_wrong_file_is_told_with_its_place_and_fix(text: str, message: str) -> None:
    with pytest.raises(WordsError, match=message):
        parse_language(text, "xx.toml")


def test_a_word_keeps_its_languages() -> None:
    one = parse_language(with_line("seasons", 'final = ["last"]\nnew = ["x y"]'), "one.toml")
    two = parse_language(with_line("seasons", 'final = ["last"]\nnew = ["last"]'), "two.toml")
    lexicon = Lexicon({"one": one, "two": two})
    assert lexicon.list("seasons", "new") == {"x y", "last"}
    assert lexicon.spoken("seasons", ["final"]) == {"last": {"one", "two"}}
    found = lexicon.phrases("seasons", ["final", "new"]).at(Tokens.of("Last"), 0)
    assert found == ((("final", {"one", "two"}), ("new", {"two"})), 1)


def test_a_table_gives_the_key_in_each_language() -> None:
    found = load_lexicon().table("numbers.ordinals").at(Tokens.of("la vigésima primera"), 1)
    assert found == ({"es": "21"}, 3)
