"""TVmaze's JSON → shows and seasons, whatever is in it."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.listing import (
    Detail,
    Episode,
    Listing,
    read_detail,
    read_listing,
    read_listings,
    read_stamps,
)
from bot.model import Season, Show, ShowId

DIPLOMAT: dict[str, Any] = {
    "id": 57023,
    "url": "https://www.tvmaze.com/shows/57023/the-diplomat",
    "name": "The Diplomat",
    "type": "Scripted",
    "status": "Running",
    "premiered": "2023-04-20",
    "ended": None,
    "weight": 98,
    "network": None,
    "webChannel": {"id": 1, "name": "Netflix", "country": None},
    "externals": {"tvrage": None, "thetvdb": 413127, "imdb": "tt17491088"},
    "image": {"medium": "https://static.example/m.jpg", "original": "https://static.example/o.jpg"},
    "updated": 1682000000,
    "_embedded": {
        "seasons": [
            {"number": 2, "episodeOrder": 6, "premiereDate": "2024-10-31", "endDate": "2024-10-31"},
            {"number": 1, "episodeOrder": 8, "premiereDate": "2023-04-20", "endDate": "2023-04-20"},
            {"number": 3, "episodeOrder": None, "premiereDate": None, "endDate": None},
        ],
        "akas": [
            {"name": "Die Diplomatin", "country": {"code": "DE"}},
            {"name": "The Diplomat", "country": None},
            {"name": "Die Diplomatin", "country": None},
        ],
        "cast": [
            {"person": {"name": "Keri Russell"}, "character": {"name": "Kate Wyler"}},
            {"person": {"name": "Rufus Sewell"}},
            {"person": {"name": "Keri Russell"}},
        ],
        "nextepisode": {"season": 3, "number": 1, "airdate": "2025-10-16"},
        "previousepisode": {"season": 2, "number": 6, "airdate": "2024-10-31"},
    },
}
SHOW = Show(
    id=ShowId(57023),
    name="The Diplomat",
    year=2023,
    network="Netflix",
    status="Running",
    weight=98,
    url="https://www.tvmaze.com/shows/57023/the-diplomat",
    image_url="https://static.example/m.jpg",
)


def test_show_of_the_index_is_read() -> None:
    assert read_listing(DIPLOMAT) == Listing(SHOW, 1682000000, "tt17491088", 413127)


def test_show_with_all_that_is_embedded_is_read() -> None:
    detail = read_detail(DIPLOMAT)
    assert isinstance(detail, Detail)
    assert detail.show.other_names == ("Die Diplomatin",)
    assert detail.show.cast == ("Keri Russell", "Rufus Sewell")
    assert detail.seasons == (
        Season(1, 8, date(2023, 4, 20), date(2023, 4, 20)),
        Season(2, 6, date(2024, 10, 31), date(2024, 10, 31)),
        Season(3),
    )
    assert detail.updated == 1682000000
    assert detail.previous_episode == Episode(2, 6, date(2024, 10, 31))
    assert detail.next_episode == Episode(3, 1, date(2025, 10, 16))


@pytest.mark.parametrize(
    ("homes", "network", "country"),
    [
        ({"network": {"name": "BBC One", "country": {"code": "GB"}}}, "BBC One", "GB"),
        ({"network": {"name": "FX", "country": {"code": "US"}}, "webChannel": {"name": "Hulu"}}, "FX", "US"),
        ({"webChannel": {"name": "Hulu", "country": {"code": "US"}}}, "Hulu", "US"),
        ({"network": "NBC", "webChannel": []}, None, None),
        ({}, None, None),
    ],
)
def test_network_comes_before_the_platform(
    homes: dict[str, Any], network: str | None, country: str | None
) -> None:
    listing = read_listing({"id": 1, "name": "One"} | homes)
    assert listing is not None
    assert (listing.show.network, listing.show.country) == (network, country)


@pytest.mark.parametrize(
    "told", [None, 5, [], {}, {"id": 1}, {"name": "One"}, {"id": "1", "name": "One"},
             {"id": 0, "name": "One"}, {"id": True, "name": "One"}, {"id": 1, "name": " "},
             {"id": 2**60, "name": "One"}],
)  # fmt: skip
def test_what_has_no_id_or_name_is_no_show(told: Any) -> None:
    assert read_listing(told) is None
    assert read_detail(told) is None


def test_one_bad_show_of_a_page_is_left_out() -> None:
    assert [one.show.id for one in read_listings([{"id": 1, "name": "A"}, None, {"id": 2, "name": "B"}])] == [
        1,
        2,
    ]


def test_broken_fields_count_as_missing() -> None:
    told = {
        "id": 1,
        "name": "  One\x00\n \ud800two ",
        "premiered": "soon",
        "ended": 5,
        "weight": 1e9,
        "url": "javascript:alert(1)",
        "image": "x",
        "updated": "now",
        "externals": None,
        "_embedded": {
            "seasons": [{"number": 1}, {"number": 1, "episodeOrder": 9}, {"number": "2"}, 5, {"number": 0}],
            "akas": {"name": "x"},
            "cast": [{"person": None}, 5],
            "nextepisode": {"season": None},
        },
    }
    assert read_detail(told) == Detail(Show(ShowId(1), "One two"), (Season(1),))


def test_weight_is_a_hundred_at_most() -> None:
    listing = read_listing({"id": 1, "name": "One", "weight": 5000, "ended": "2020-01-02T00:00:00"})
    assert listing is not None
    assert (listing.show.weight, listing.show.ended_year) == (100, 2020)


def test_stamps_that_are_no_numbers_are_left_out() -> None:
    assert read_stamps({"1": 5, "x": 6, "²": 7, "2": None, "3": "8", "9" * 20: 1}) == {1: 5}
    assert read_stamps([]) is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "number", "country", "code", "person", "season", *DIPLOMAT]),
            inner,
            max_size=5,
        )
    ),
)


@given(anything, st.dictionaries(st.sampled_from([*DIPLOMAT, "network"]), anything))
def test_any_json_is_a_show_or_none(told: Any, changed: dict[str, Any]) -> None:
    for one in (told, DIPLOMAT | changed, DIPLOMAT | {"_embedded": told}):
        detail = read_detail(one)
        assert detail is None or json.dumps(detail.show.name).isascii()
        read_stamps(one)
