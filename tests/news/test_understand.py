"""Understanding as a whole: what holds for any text."""

import html
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.file import read_catalogue
from bot.catalogue.names import Names
from bot.model import Article, Kind, PartialDate
from bot.news.reading import Reading
from bot.news.understand import ANNOUNCE_AT, understand
from tests.growth import IN_PROPORTION, growth

DATA = Path(__file__).parent.parent / "data"
SHOWS = read_catalogue(DATA / "catalogue.csv").shows
NAMES = Names(SHOWS)
WORDS = (
    "‘Severance’", "The Diplomat", "You", "House of the Dragon", "renewed", "cancelled", "not", "for",
    "season 2", "final season", "premieres", "March 5", "this fall", "trailer", "joins the cast", "Netflix",
    "HBO", "will", "?", ".", ",", "and", "may", "review", "spin-off", "of", "Staffel", "saison", "“", "&amp;",
    "\n", "2", "ended", ":",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


def article(title: str, summary: str = "", **more: object) -> Article:
    told = Article(
        "link:x", "https://example.org/x", title, summary, "Example", datetime(2025, 3, 1, tzinfo=UTC)
    )
    return replace(told, **more)


def essence(reading: Reading) -> set[tuple[object, ...]]:
    return {(one.show_id, one.kind, one.season, one.premiere) for one in reading.claims}


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_odd_to_be_read(title: str, summary: str) -> None:
    reading = understand(article(title, summary), NAMES)
    fields = {"title": reading.article.title, "summary": reading.article.summary}
    for claim in reading.claims:
        assert 0 <= claim.confidence <= 1
        for span in (span for one in claim.evidence for span in one.spans):
            assert 0 <= span.start < span.end <= len(fields[span.field])


@given(TEXTS, TEXTS, st.permutations(SHOWS))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_catalogue_does_not_matter(title: str, summary: str, shows: list[object]) -> None:
    told = article(title, summary)
    assert understand(told, NAMES) == understand(told, Names(shows))  # type: ignore[arg-type] # shows they are


@pytest.mark.parametrize(
    "title",
    [
        "‘Severance’ Renewed for Season 3 at Apple TV+",
        "'Severance' Renewed for Season 3 at Apple TV+",
        '"Severance" Renewed for Season 3 at Apple TV+',
        "  ‘Severance’   Renewed for\tSeason 3 at\n Apple TV+ ",
        "&lsquo;Severance&rsquo; Renewed for Season&nbsp;3 at Apple TV+",
        html.escape("‘Severance’ Renewed for Season 3 at Apple TV+"),
    ],
)
def test_quotes_entities_and_white_space_change_nothing(title: str) -> None:
    reading = understand(article(title), NAMES)
    assert {(one.kind, one.season) for one in reading.announced} == {(Kind.RENEWED, 3)}


def test_an_article_that_names_no_show_says_so() -> None:
    reading = understand(article("Parliament Votes on a New Budget"), NAMES)
    assert reading.claims == ()
    assert [silence.reason for silence in reading.silences] == ["no show of the catalogue is named"]


def test_a_show_of_which_nothing_is_told_has_its_reason() -> None:
    reading = understand(
        article("Keri Russell Walks Her Dog", "She is known for ‘The Diplomat’ on Netflix."), NAMES
    )
    assert reading.announced == ()
    assert reading.silences


def test_background_alone_in_the_summary_is_not_announced() -> None:
    reading = understand(
        article("A Look at ‘Severance’", "The office drama, which was renewed in May 2024, is on Apple TV+."),
        NAMES,
    )
    assert Kind.RENEWED not in {one.kind for one in reading.announced}


def test_a_vague_date_of_the_article_is_enough_for_a_month() -> None:
    told = article("‘Severance’ Season 3 Premieres in November", published_at=None)
    reading = understand(told, NAMES, dated=PartialDate(2026, 6))
    assert {str(one.premiere) for one in reading.announced if one.premiere} == {"2026-11"}


def test_an_undated_article_gives_no_year() -> None:
    reading = understand(article("‘Severance’ Renewed for Season 3", published_at=None), NAMES)
    assert {one.premiere for one in reading.claims} == {None}


def test_what_is_announced_is_sure_enough() -> None:
    reading = understand(article("‘Severance’ Renewed for Season 3", "A review of the finale."), NAMES)
    assert all(one.confidence >= ANNOUNCE_AT for one in reading.announced)


@pytest.mark.parametrize(
    "piece",
    [
        "‘Severance’ renewed for season 2, ",
        "cancelled, ",
        "Severance and The Bear and ",
        "season 2 season 3 ",
        "March 5, ",
        "(((",
        "will not be ",
        "“‘",
        "x" * 50,
    ],
)
def test_a_hundred_thousand_characters_are_read_in_linear_time(piece: str) -> None:
    told = growth(lambda text: understand(article(piece * 3, text), NAMES), piece, length=100_000)
    assert told < IN_PROPORTION
