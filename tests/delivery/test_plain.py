import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.delivery.plain import escaped, plain, units, web_url

LIVE = re.compile(r"(?<!\\)(?:\\\\)*[`*_~|<>#\[\]()@]")
NOISY = st.text(st.sampled_from("ab 1.-+#>*_~`|[]()<>@:/\\é😀\n\u200b"), max_size=700) | st.text(max_size=700)


@given(NOISY, st.integers(10, 300))
@example("@everyone" * 60, 256)
@example("1. a list", 256)
def test_escaped_text_fits_and_leaves_no_markdown_alive(text: str, limit: int) -> None:
    shown = escaped(text, limit)
    assert units(shown) <= limit
    assert LIVE.search(shown) is None
    assert re.search(r"@(?!\u200b)", shown) is None
    assert "\n" not in shown and "://" not in shown
    assert re.match(r"[-+]|\d+\.", shown) is None


@given(st.text(st.characters(categories=("L", "Nd", "Zs")), max_size=200))
def test_harmless_text_that_fits_is_unchanged(text: str) -> None:
    assert escaped(text, 400) == " ".join(text.split())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** _and_ ~~not~~", r"\*\*bold\*\* \_and\_ \~\~not\~\~"),
        ("[free nitro](https://evil.example)", r"\[free nitro\]\(https\://evil.example\)"),
        ("<t:1700000000:R> <@1> <#2>", "\\<t:1700000000:R\\> \\<@​1\\> \\<\\#2\\>".replace("@", "\\@")),
        ("@here now", "\\@\u200bhere now"),
        ("# Head\n> quote\n||spoiler||", r"\# Head \> quote \|\|spoiler\|\|"),
        ("1. first", r"1\. first"),
        ("- dash", r"\- dash"),
        ("`code`", r"\`code\`"),
        ("Emmy-winning: 3.5 million", "Emmy-winning: 3.5 million"),
        ("reversed \u202egnol", "reversed gnol"),
    ],
)
def test_markup_is_shown_as_it_was_written(written: str, shown: str) -> None:
    assert escaped(written, 400) == shown


def test_long_text_is_cut_at_a_word() -> None:
    assert plain("The Diplomat returns, in fall", 22) == "The Diplomat returns…"
    assert plain("The Diplomat returns", 12) == "The…"
    assert plain("The Diplomat returns", 13) == "The Diplomat…"


def test_single_long_word_is_cut_within() -> None:
    assert plain("x" * 30, 10) == "x" * 9 + "…"
    assert units(plain("😀" * 30, 10)) <= 10


def test_cut_never_splits_a_character_from_its_backslash() -> None:
    assert escaped("*" * 30, 10) == r"\*\*\*\*" + "…"


@pytest.mark.parametrize(
    "url", ["https://tvline.com/a?b=c#d", "http://127.0.0.1:8080/x", "https://example.org/é"]
)
def test_web_address_is_kept(url: str) -> None:
    assert web_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://a.example/",
        "https://",
        "//a.example",
        "https://a b",
        "https://[x",
        "https://a.example:99999/",
        "https://a.example/\n",
        "https://a.example/" + "x" * 2048,
        "data:image/png;base64,x",
    ],
)
def test_what_is_no_web_address_is_dropped(url: str | None) -> None:
    assert web_url(url) is None
