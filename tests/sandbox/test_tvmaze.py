"""The sandbox's TVmaze."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from sandbox.tvmaze import Catalogue, add_tvmaze
from sandbox.tvmaze.limit import Limit
from sandbox.tvmaze.search import search
from sandbox.tvmaze.shows import read_shows

Client = TestClient[web.Request, web.Application]

DIPLOMAT = 20


class Day:
    """The newsroom's day, moved by hand."""

    def __init__(self, day: str) -> None:
        self.day = date.fromisoformat(day)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def today() -> Day:
    return Day("2023-04-20")


@pytest.fixture
async def client(today: Day) -> AsyncIterator[Client]:
    app = web.Application()
    add_tvmaze(app, Catalogue(read_shows(), today))
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_show_has_the_keys_that_tvmaze_gives(client: Client) -> None:
    show = await (await client.get(f"/tvmaze/shows/{DIPLOMAT}")).json()
    assert set(show) == {
        "id",
        "url",
        "name",
        "type",
        "language",
        "genres",
        "status",
        "runtime",
        "averageRuntime",
        "premiered",
        "ended",
        "officialSite",
        "schedule",
        "rating",
        "weight",
        "network",
        "webChannel",
        "dvdCountry",
        "externals",
        "image",
        "summary",
        "updated",
        "_links",
    }
    assert (show["name"], show["premiered"], show["status"]) == ("The Diplomat", "2023-04-20", "Running")
    assert show["network"] is None
    assert show["webChannel"]["name"] == "Netflix"
    assert show["externals"]["imdb"] == "tt17491088"


async def test_embeds_are_given_as_asked(client: Client) -> None:
    asked = [("embed[]", name) for name in ("seasons", "nextepisode", "previousepisode", "akas", "cast")]
    show = await (await client.get(f"/tvmaze/shows/{DIPLOMAT}", params=asked)).json()
    embedded = show["_embedded"]
    assert [season["number"] for season in embedded["seasons"]] == [1]
    assert embedded["seasons"][0]["episodeOrder"] == 8
    assert embedded["previousepisode"]["airdate"] == "2023-04-20"
    assert "nextepisode" not in embedded
    assert embedded["akas"][0]["country"]["code"] == "DE"
    assert embedded["cast"][0]["person"]["name"] == "Keri Russell"
    assert embedded["cast"][0]["character"]["name"] == "Kate Wyler"


@pytest.mark.parametrize(
    ("day", "premieres"),
    [
        ("2023-04-30", ["2023-04-20"]),
        ("2023-05-01", ["2023-04-20", None]),
        ("2024-09-05", ["2023-04-20", "2024-10-31"]),
        ("2025-06-01", ["2023-04-20", "2024-10-31", None, None]),
        ("2025-08-19", ["2023-04-20", "2024-10-31", "2025-10-16", None]),
    ],
)
async def test_a_season_is_there_once_it_was_announced(
    client: Client, today: Day, day: str, premieres: list[str | None]
) -> None:
    today.day = date.fromisoformat(day)
    seasons = await (await client.get(f"/tvmaze/shows/{DIPLOMAT}/seasons")).json()
    assert [season["premiereDate"] for season in seasons] == premieres


async def test_an_announced_season_shows_among_the_updates(client: Client, today: Day) -> None:
    before = await (await client.get("/tvmaze/updates/shows")).json()
    today.day = date(2023, 5, 1)
    after = await (await client.get("/tvmaze/updates/shows?since=day")).json()
    assert after[str(DIPLOMAT)] > before[str(DIPLOMAT)]
    assert "431" not in after, "Friends has had no news"


async def test_a_show_of_the_future_is_in_development(client: Client) -> None:
    show = await (await client.get("/tvmaze/shows/270")).json()
    assert (show["name"], show["status"]) == ("Fallout", "In Development")


async def test_the_index_is_paged_by_250_ids_and_ends_with_404(client: Client) -> None:
    pages = [await client.get(f"/tvmaze/shows?page={number}") for number in range(4)]
    assert [page.status for page in pages] == [200, 200, 200, 404]
    shows = [show for page in pages[:3] for show in await page.json()]
    assert len(shows) == len(read_shows())
    assert all(250 <= show["id"] < 500 for show in await pages[1].json())


async def test_search_tells_namesakes_and_scores(client: Client) -> None:
    found = await (await client.get("/tvmaze/search/shows", params={"q": "the diplomat"})).json()
    assert [one["show"]["id"] for one in found] == [20, 21]
    assert found[0]["score"] == 1


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Haus des Geldes", "Money Heist"),
        ("la casa de papel", "Money Heist"),
        ("the dipolmat", "The Diplomat"),
        ("law and order svu", "Law & Order: Special Victims Unit"),
        ("YOU", "You"),
        ("from", "From"),
    ],
)
def test_search_finds_what_was_meant(typed: str, first: str) -> None:
    assert search(read_shows(), typed)[0][1].name == first


@pytest.mark.parametrize("typed", ["", "   ", "🦆", "no show is called like this"])
def test_search_finds_nothing_where_there_is_nothing(typed: str) -> None:
    assert search(read_shows(), typed) == []


async def test_single_search_gives_the_best_or_404(client: Client) -> None:
    assert (await (await client.get("/tvmaze/singlesearch/shows?q=severance")).json())["name"] == "Severance"
    assert (await client.get("/tvmaze/singlesearch/shows?q=xyzzy")).status == 404


async def test_lookup_sends_to_the_show(client: Client) -> None:
    answer = await client.get("/tvmaze/lookup/shows?imdb=tt17491088", allow_redirects=False)
    assert answer.status == 301
    assert answer.headers["Location"].endswith("/tvmaze/shows/20")
    assert (await (await client.get("/tvmaze/lookup/shows?thetvdb=73255")).json())["name"] == "House"
    assert (await client.get("/tvmaze/lookup/shows?imdb=tt0000000")).status == 404
    assert (await client.get("/tvmaze/lookup/shows")).status == 404


async def test_the_twenty_first_call_in_ten_seconds_is_refused(client: Client) -> None:
    answers = [await client.get("/tvmaze/shows/20") for _ in range(21)]
    assert [answer.status for answer in answers] == [200] * 20 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 10


def test_the_limit_slides() -> None:
    time = [0.0]
    limit = Limit(lambda: time[0])
    assert [limit.wait_s("here") for _ in range(20)] == [0] * 20
    time[0] = 4.0
    assert limit.wait_s("here") == 6.0
    assert limit.wait_s("elsewhere") == 0
    time[0] = 10.0
    assert limit.wait_s("here") == 0


async def test_it_can_be_down(client: Client) -> None:
    await client.post("/sandbox/tvmaze", json={"down": True})
    assert (await client.get("/tvmaze/shows/20")).status == 503
    await client.post("/sandbox/tvmaze", json={"down": False})
    assert (await client.get("/tvmaze/shows/20")).status == 200


async def test_posters_and_pages_are_there_for_every_show(client: Client) -> None:
    for show in read_shows():
        poster = await client.get(f"/tvmaze/posters/{show.id}.svg")
        assert poster.content_type == "image/svg+xml"
    told = await (await client.get("/tvmaze/shows/20")).json()
    page = await client.get(URL(told["url"]).path)
    assert "The Diplomat" in await page.text()
    for missing in (
        "/tvmaze/posters/9.svg",
        "/tvmaze/shows/9/x",
        "/tvmaze/shows/9",
        "/tvmaze/shows/9/seasons",
    ):
        assert (await client.get(missing)).status == 404


def test_every_show_is_well_told() -> None:
    shows = read_shows()
    assert len({show.id for show in shows}) == len(shows) >= 50
    for show in shows:
        premieres = [season.premiere for season in show.seasons if season.premiere]
        assert premieres == sorted(premieres), show.key
        assert premieres[0] == show.premiered, show.key
        assert all(" as " in role for role in show.cast), show.key
        assert all(not s.end or not s.premiere or s.end >= s.premiere for s in show.seasons), show.key
