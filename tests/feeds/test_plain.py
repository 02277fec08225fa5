"""Plain text and pictures out of HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.plain import excerpt, pictures, plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("The Diplomat\n  returns ", "The Diplomat returns"),
        ("Don&#8217;t &amp; can&#039;t", "Don’t & can't"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("<p>One.</p><p>Two<br>three</p>", "One. Two three"),
        ("<em>The Diplomat</em>’s <b>S</b>eason", "The Diplomat’s Season"),
        ("<script>alert(1)</script><style>p{}</style>Words", "Words"),
        ("<!-- note -->Words<?php x ?> more", "Words more"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("a&nbsp;b", "a b"),
        ("<p>broken <b>and <i>open", "broken and open"),
        ("https://tv.example/a", "https://tv.example/a"),
        ("", ""),
    ],
)
def test_words_of_html_come_with_single_spaces(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    "sign_off",
    [
        " The post ‘The Diplomat’ renewed appeared first on TVLine.",
        "<p>The post <a href='/x'>The Diplomat</a> first appeared on <a href='/'>TV News</a>.</p>",
        " Continue reading…",
        " [&hellip;]",
        " [...]",
        "<a href='/x'>Read more »</a>",
    ],
)
def test_sign_off_of_a_feed_is_left_out(sign_off: str) -> None:
    assert excerpt("Netflix renewed it." + sign_off, 300) == "Netflix renewed it."


def test_excerpt_is_cut_at_a_word() -> None:
    assert excerpt("one two three", 8) == "one two"
    assert excerpt("one two three", 7) == "one two"
    assert excerpt("one two", 7) == "one two"
    assert excerpt("onetwothree", 5) == "onetw"


def test_pictures_come_in_order_without_the_invisible() -> None:
    markup = "<IMG src='a.jpg?x=1&amp;y=2'><img width=1 src='pixel.gif'><img data-src=b.jpg><img>"
    assert list(pictures(markup)) == ["a.jpg?x=1&y=2", "b.jpg"]
    assert list(pictures("no picture")) == []


def test_markup_that_no_parser_takes_still_gives_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from bs4.exceptions import ParserRejectedMarkup

    def refuse(*_: object) -> None:
        raise ParserRejectedMarkup("no")

    monkeypatch.setattr("bot.feeds.plain.BeautifulSoup", refuse)
    assert plain("<p>One &amp; two</p>") == "One & two"


@pytest.mark.parametrize("piece", ["<b>", "<a ", "<!--", "<![CDATA[", "</", "<div><p>", "&#", "<!", "<?x "])
def test_hostile_markup_takes_no_time(piece: str) -> None:
    plain(piece * 50_000)


@given(st.text(alphabet="<>!?[]-&;#/ab \"'=x1\n") | st.text())
def test_any_text_is_plain_in_the_end(markup: str) -> None:
    text = plain(markup)
    assert text == " ".join(text.split())
    assert len(excerpt(markup, 10)) <= 10
    assert all(isinstance(address, str) for address in pictures(markup))
