"""Bytes → text, whatever charset was promised."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.charset import decode

WORDS = "<rss>“Élite” – Staffel 3</rss>"


@pytest.mark.parametrize(
    ("document", "content_type"),
    [
        (WORDS.encode(), None),
        (WORDS.encode(), "text/xml; charset=iso-8859-1"),
        (b"<?xml version='1.0' encoding='latin-1'?>" + WORDS.encode(), None),
        (codecs.BOM_UTF8 + WORDS.encode(), "text/xml; charset=us-ascii"),
        (WORDS.encode("utf-16"), None),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), None),
        (WORDS.encode("utf-16-le"), "text/xml"),
        (WORDS.encode("utf-16-be"), "text/xml"),
        (WORDS.encode("utf-32"), None),
        (WORDS.encode("utf-32-be"), None),
        (WORDS.encode("cp1252"), None),
        (WORDS.encode("cp1252"), "text/xml; charset=utf-8"),
        (WORDS.encode("cp1252"), 'text/xml; charset="ISO-8859-1"'),
        (WORDS.encode("cp1252"), "text/xml; charset=utf-16"),
        (WORDS.encode("cp1252"), "text/xml; charset=hex"),
        (WORDS.encode("cp1252"), "text/xml; charset=nonsense"),
        (WORDS.encode("mac-roman"), "text/xml; charset=macintosh"),
        (b"<?xml version='1.0' encoding='windows-1252'?>" + WORDS.encode("cp1252"), None),
    ],
)
def test_words_are_read_in_spite_of_wrong_promises(document: bytes, content_type: str | None) -> None:
    assert decode(document, content_type).endswith(WORDS)


def test_charset_of_another_script_is_believed() -> None:
    russian = "<?xml version='1.0' encoding='windows-1251'?><rss>Друзья</rss>"
    assert decode(russian.encode("windows-1251")) == russian


def test_few_broken_letters_do_not_spoil_the_rest() -> None:
    assert decode(WORDS.encode() + b"\xe2\x80") == WORDS + "\ufffd"


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert decode(b"<rss>a\x00b\x0bc\td</rss>") == "<rss>abc\td</rss>"


@pytest.mark.parametrize(
    "reference", ["&#0;", "&#1", "&#xD800;", "&#x110000;", "&#99999999999999;", "&#XFFFE;"]
)
def test_number_that_no_character_has_is_left_out(reference: str) -> None:
    assert decode(f"<rss>a{reference}b</rss>".encode()) == "<rss>a\ufffdb</rss>"


def test_numbers_of_characters_stay() -> None:
    text = "<rss>&#233; &#xe9; &#0038; &#x1F3AC; &#9;</rss>"
    assert decode(text.encode()) == text


@given(st.binary(), st.none() | st.text())
def test_any_bytes_are_some_text(document: bytes, content_type: str | None) -> None:
    decode(document, content_type).encode()
