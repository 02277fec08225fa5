"""One entry → an article: what only a made-up entry shows."""

from datetime import UTC, datetime

import pytest

from bot.feeds.entries import Draft, draft

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("date", [(10000, 1, 1, 0, 0, 0), (0, 1, 1, 0, 0, 0), (10**12, 1, 1, 0, 0, 0)])
def test_year_that_no_calendar_has_is_no_date(date: tuple[int, ...]) -> None:
    entry = {"title": "One", "published_parsed": date}
    made = draft(entry, home="https://tv.example/", source="TV", read_at=NOON)
    assert isinstance(made, Draft)
    assert made.article.published_at is None


def test_category_is_its_term_else_its_label_once_and_short() -> None:
    tags = [{"term": "A &amp; B"}, {"label": "C"}, {"term": "A & B"}, {"term": None}, {"term": "x" * 200}]
    made = draft({"title": "One", "tags": tags}, home="https://tv.example/", source="TV", read_at=NOON)
    assert isinstance(made, Draft)
    assert made.article.categories == ("A & B", "C", "x" * 100)
