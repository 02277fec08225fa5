"""An article laid out: tidy text, sentences, questions."""

import pytest

from bot.model import Article, Span
from bot.news.sheet import Sheet, cut_sentences, join, tidy


def sentences(title: str, summary: str = "") -> list[str]:
    text = join(Article("x", "", title, summary, ""))
    return [text[one.start : one.end].strip() for one in cut_sentences(text, len(title) + 1)]


def test_entities_spaces_and_french_quotes_are_tidied() -> None:
    article = tidy(Article("x", "", "  A &amp;\n B ", "« Lupin » revient", ""))
    assert (article.title, article.summary) == ("A & B", "«Lupin» revient")


def test_only_the_first_pages_are_read() -> None:
    assert len(tidy(Article("x", "", "T", "word " * 50_000, "")).summary) == 10_000


def test_sentences_end_at_stops_and_line_breaks() -> None:
    assert sentences("X Renewed", "It is back. Is it? Yes! Good; fine") == [
        "X Renewed", "It is back.", "Is it?", "Yes!", "Good;", "fine",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Back on Oct. 31 at last", "Mr. Robot ends", "at 9 p.m. tonight", "ab 4. Mai zu sehen"]
)
def test_a_shortened_word_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Will X return?", "Will X return?"),
        ("X is back, but will it return for season 3?", ", but will it return for season 3?"),
        ("Is X coming back", "Is X coming back"),
        ("X is back", ""),
    ],
)
def test_a_question_begins_where_it_is_asked(title: str, asked: str) -> None:
    (first, *_) = cut_sentences(f"{title}\n", len(title) + 1)
    assert title[first.asks_from :] == asked


def test_places_lead_back_to_their_fields() -> None:
    article = Article("x", "", "Title", "Summary", "")
    sheet = Sheet(article, join(article), 6, cut_sentences(join(article), 6), (), (), (), (), ())
    assert sheet.span(0, 5) == Span(0, 5, "title")
    assert sheet.span(6, 13) == Span(0, 7, "summary")
    assert sheet.sentence_at(3) == 0
    assert sheet.sentence_at(999) == 1
