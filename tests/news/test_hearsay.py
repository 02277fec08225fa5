"""What an article says itself that it only heard."""

from datetime import UTC, datetime

import pytest

from bot.catalogue.names import Names
from bot.model import Article, Kind, Show, ShowId
from bot.news.hearsay import is_hearsay
from bot.news.understand import understand

AT = datetime(2023, 5, 1, tzinfo=UTC)
NAMES = Names([Show(ShowId(1), "The Diplomat", 2023, network="Netflix", country="US", weight=90)])


@pytest.mark.parametrize(
    "sentence",
    ["‘The Diplomat’ Reportedly Renewed", "According to reports, it is back", "Sources say it is over",
     "‘The Diplomat’ angeblich verlängert", "Supuestamente renovada"],
)  # fmt: skip
def test_a_sentence_may_say_that_it_is_hearsay(sentence: str) -> None:
    assert is_hearsay(sentence)


@pytest.mark.parametrize("sentence", ["‘The Diplomat’ Renewed", "Deadline reports", "A rumoring crowd"])
def test_a_report_of_a_fact_is_none(sentence: str) -> None:
    assert not is_hearsay(sentence)


@pytest.mark.parametrize(
    ("title", "summary", "is_reported"),
    [
        ("‘The Diplomat’ Renewed for Season 2 at Netflix", "", False),
        ("‘The Diplomat’ Reportedly Renewed for Season 2 at Netflix", "", True),
        (
            "‘The Diplomat’ Reportedly Renewed for Season 2 at Netflix",
            "Netflix has renewed The Diplomat for a second season.",
            False,
        ),
    ],
)
def test_a_claim_is_hearsay_where_nothing_tells_it_as_a_fact(
    title: str, summary: str, is_reported: bool
) -> None:
    reading = understand(Article("", "https://t.test/", title, summary, "TVLine", AT), NAMES)
    (claim,) = (one for one in reading.claims if one.kind is Kind.RENEWED)
    assert claim.reported is is_reported


def test_a_date_may_be_hearsay() -> None:
    title = "‘The Diplomat’ Season 3 Reportedly Premieres October 16, 2025 on Netflix"
    reading = understand(Article("", "https://t.test/", title, "", "TVLine", AT), NAMES)
    assert [one.reported for one in reading.claims if one.kind is Kind.PREMIERE_DATE] == [True]
