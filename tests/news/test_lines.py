"""Articles and readings as JSON lines."""

import json
from pathlib import Path

import pytest

from bot.catalogue.file import read_catalogue
from bot.catalogue.names import Names
from bot.model import PartialDate
from bot.news.explain import explain
from bot.news.lines import read_line, write_line
from bot.news.understand import understand

CATALOGUE = read_catalogue(Path(__file__).parent.parent / "data" / "catalogue.csv")
NAMES = Names(CATALOGUE.shows)


def written(**line: object) -> dict[str, object]:
    line_id, article, dated = read_line(json.dumps({"id": "7", **line}))
    told: dict[str, object] = json.loads(
        write_line(line_id, understand(article, NAMES, dated=dated), CATALOGUE.ids)
    )
    return told


def test_a_line_is_read_with_its_date() -> None:
    line_id, article, dated = read_line(
        '{"id": "a", "title": "T", "summary": "S", "url": "u", "date": "2024-05", "categories": ["c", 1]}'
    )
    assert (line_id, article.title, article.summary, article.url) == ("a", "T", "S", "u")
    assert dated == PartialDate(2024, 5)
    assert article.published_at is not None and article.published_at.month == 5
    assert article.categories == ("c",)


@pytest.mark.parametrize("date", [None, "soon", "2024-13-40", 5])
def test_a_date_that_is_none_counts_as_missing(date: object) -> None:
    _, article, dated = read_line(json.dumps({"id": "a", "title": "T", "summary": None, "date": date}))
    assert (article.published_at, dated, article.summary) == (None, None, "")


@pytest.mark.parametrize("line", ["[]", '"x"', "{}", '{"title": 3}', "no json"])
def test_a_line_without_a_title_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_line(line)


def test_one_show_gives_its_season_and_premiere_to_the_article() -> None:
    told = written(
        title="‘Severance’ Season 2 Premieres January 17", summary="On Apple TV+.", date="2024-12-01"
    )
    assert told["announce"] is True
    assert (told["season"], told["premiere"], told["kinds"]) == (2, "2025-01-17", ["premiere_date"])
    (show,) = told["shows"]  # type: ignore[misc] # a list in JSON
    assert (show["name"], show["year"], show["network"], show["id"]) == (
        "Severance",
        2022,
        "Apple TV+",
        "t10",
    )


def test_shows_with_different_seasons_leave_the_article_none() -> None:
    told = written(
        title="‘The Bear’ Renewed for Season 5, ‘Abbott Elementary’ for Season 6", date="2025-07-01"
    )
    assert told["season"] is None
    assert [show["season"] for show in told["shows"]] == [5, 6]  # type: ignore[attr-defined] # a list in JSON


def test_evidence_has_its_rule_weight_and_place() -> None:
    told = written(title="‘Severance’ Renewed for Season 3", date="2025-03-21")
    rules = {one["rule"]: one for one in told["evidence"]}  # type: ignore[attr-defined] # a list in JSON
    assert "renewed: “renewed”" in rules
    assert rules["renewed: “renewed”"]["spans"][0] == {"field": "title", "start": 12, "end": 19}


def test_a_living_post_is_not_announced() -> None:
    told = written(title="Wednesday Season 3: Everything We Know So Far", date="2025-09-10")
    assert told["announce"] is False
    assert told["kinds"] == ["other_season_news"]


def explained(title: str, summary: str = "") -> str:
    _, article, dated = read_line(json.dumps({"title": title, "summary": summary, "date": "2025-03-21"}))
    return explain(understand(article, NAMES, dated=dated))


def test_explaining_tells_what_would_be_announced() -> None:
    text = explained("‘Severance’ Renewed for Season 3")
    assert "Severance (2022 · Apple TV+ · US): renewed, season 3" in text
    assert "Would be announced" in text


def test_explaining_tells_why_not() -> None:
    assert "Nothing to announce" in explained("Parliament Votes on a New Budget")
    assert "A living post" in explained("Will ‘The Bear’ Return for Season 6?")
    assert "Not announced" in explained("‘Severance’ Season 2, Episode 4: A Discussion")


def test_explaining_tells_each_step() -> None:
    text = explained("‘Severance’ Season 2 Premieres March 28, 2025", "‘The Bear’ is on Hulu.")
    assert "Shows named" in text
    assert "“March 28, 2025” is 2025-03-28" in text
    assert "nothing is told of it" in text
