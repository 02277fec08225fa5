"""The sandbox's newsroom: its history, its clock and its feeds."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from sandbox.newsroom import History, Newsroom, add_newsroom, read_history
from sandbox.newsroom.history import Says
from sandbox.tvmaze.shows import read_shows

Client = TestClient[web.Request, web.Application]

KINDS = {
    "renewed",
    "cancelled",
    "final_season",
    "premiere_date",
    "delayed",
    "trailer",
    "casting",
    "production",
    "series_order",
    "spinoff",
    "other_season_news",
}


@pytest.fixture(scope="module")
def history() -> History:
    return read_history()


@pytest.fixture
def newsroom(history: History) -> Newsroom:
    return Newsroom(history, speed_s=4)


@pytest.fixture
async def client(newsroom: Newsroom) -> AsyncIterator[Client]:
    app = web.Application()
    add_newsroom(app, newsroom)
    async with TestClient(TestServer(app)) as client:
        yield client


def test_everything_said_is_of_a_known_show_and_kind(history: History) -> None:
    shows = {show.key for show in read_shows()}
    for article in history.archive + history.articles:
        for said in article.says + tuple(one for version in article.versions for one in version.says):
            assert said.show in shows, article.title
            assert said.kind in KINDS, article.title
            assert (said.premiere is not None) == (said.kind == "premiere_date"), article.title


def test_the_history_of_the_diplomat_is_whole(history: History) -> None:
    told: dict[date, set[Says]] = defaultdict(set)
    for article in history.articles:
        told[article.at.date()] |= {said for said in article.says if said.show == "diplomat-netflix"}
    show = "diplomat-netflix"
    assert {day: said for day, said in told.items() if said} == {
        date(2023, 5, 1): {Says(show, "renewed", 2)},
        date(2024, 1, 25): {Says(show, "casting", 2)},
        date(2024, 9, 5): {Says(show, "trailer", 2), Says(show, "premiere_date", 2, "2024-10-31")},
        date(2024, 10, 10): {Says(show, "renewed", 3)},
        date(2025, 5, 14): {
            Says(show, "renewed", 4),
            Says(show, "premiere_date", 3, "2025-fall"),
            Says(show, "casting", 3),
        },
        date(2025, 8, 19): {Says(show, "premiere_date", 3, "2025-10-16")},
    }


def test_the_renewal_is_told_by_three_outlets_in_different_words(history: History) -> None:
    renewals = [one for one in history.articles if Says("diplomat-netflix", "renewed", 2) in one.says]
    assert len({one.outlet.key for one in renewals}) == 3
    assert len({one.title for one in renewals}) == len({one.summary for one in renewals}) == 3


def test_there_are_traps_enough(history: History) -> None:
    assert sum(1 for article in history.articles if article.trap and not article.says) >= 12


def test_every_outlet_has_old_entries_for_a_first_reading(history: History) -> None:
    archived = {article.outlet.key for article in history.archive}
    assert archived == {outlet.key for outlet in history.outlets}


def test_no_feed_forgets_an_article_within_two_days_of_news(history: History) -> None:
    for outlet in history.outlets:
        days = [article.at.date() for article in history.articles if article.outlet is outlet]
        assert all(days.count(day) <= 4 for day in days)


def test_the_clock_waits_until_every_feed_was_read(newsroom: Newsroom) -> None:
    assert newsroom.pace == "paused"
    newsroom.play()
    assert newsroom.pace == "waiting"
    for outlet in newsroom.history.outlets:
        newsroom.count_reading(outlet)
    assert newsroom.pace == "playing"
    newsroom.pause()
    assert newsroom.pace == "paused"


def test_next_tells_a_whole_day(newsroom: Newsroom) -> None:
    assert newsroom.now == datetime(2023, 4, 20, tzinfo=UTC)
    newsroom.next_day()
    assert newsroom.today == date(2023, 4, 20)
    newsroom.run_until(date(2023, 5, 2))
    assert newsroom.today == date(2023, 5, 1)
    newsroom.run_to_end()
    newsroom.next_day()
    assert (newsroom.pace, newsroom.left) == ("done", 0)


async def test_played_days_come_one_by_one_to_the_end(history: History) -> None:
    seen: list[int] = []
    newsroom = Newsroom(history, 0.0001, lambda: seen.append(newsroom.left))
    task = asyncio.create_task(newsroom.run())
    for outlet in history.outlets:
        newsroom.count_reading(outlet)
    newsroom.play()
    async with asyncio.timeout(10):
        await task
    told = [left for left in seen if left < len(history.articles)]
    assert told == list(range(len(history.articles) - 1, -1, -1))


async def test_a_paused_clock_stands_still(history: History) -> None:
    newsroom = Newsroom(history, 0.0001)
    task = asyncio.create_task(newsroom.run())
    newsroom.play()
    newsroom.pause()
    await asyncio.sleep(0)
    assert not task.done()
    assert newsroom.left == len(history.articles)
    task.cancel()


async def entries(client: Client, slug: str = "showrunner-daily") -> list[ElementTree.Element]:
    answer = await client.get(f"/newsroom/{slug}.xml")
    return ElementTree.fromstring(await answer.read()).findall("channel/item")  # noqa: S314 - our own feed


async def test_a_feed_is_what_wordpress_writes(client: Client, newsroom: Newsroom) -> None:
    newsroom.run_until(date(2023, 5, 1))
    entry = (await entries(client))[1]
    assert entry.findtext("title") == "‘The Diplomat’ Renewed for Season 2 at Netflix"
    assert entry.findtext("pubDate") == "Mon, 01 May 2023 15:00:00 +0000"
    assert "/newsroom/showrunner-daily/?p=" in (entry.findtext("guid") or "")
    assert [one.text for one in entry.findall("category")] == ["Netflix", "The Diplomat", "Renewals"]
    assert entry.findtext("{http://purl.org/dc/elements/1.1/}creator")
    assert "<p>" in (entry.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or "")
    picture = entry.find("{http://search.yahoo.com/mrss/}content")
    assert picture is not None
    assert (await client.get(URL(picture.attrib["url"]).path)).content_type == "image/svg+xml"


async def test_a_feed_holds_its_newest_twelve(client: Client, newsroom: Newsroom) -> None:
    assert len(await entries(client)) == 3
    newsroom.run_to_end()
    held = await entries(client)
    assert len(held) == 12
    assert held[0].findtext("title") == "‘Fallout’ Season 2 Sets December 17 Premiere at Prime Video"


async def test_an_unchanged_feed_answers_304(client: Client, newsroom: Newsroom) -> None:
    address = "/newsroom/the-dial.xml"
    first = await client.get(address)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    known: list[dict[str, str]] = [
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": changed},
    ]
    assert [(await client.get(address, headers=one)).status for one in known] == [304] * 4
    assert (await client.get(address, headers={"If-Modified-Since": "yesterday"})).status == 200
    newsroom.next_day()
    for one in (known[0], known[3], {"If-None-Match": etag, "If-Modified-Since": changed}):
        assert (await client.get(address, headers=one)).status == 200


async def test_an_articles_page_is_reached_by_link_and_by_number(client: Client, newsroom: Newsroom) -> None:
    newsroom.next_day()
    article = newsroom.told[-1]
    assert (await client.get(article.path)).ok
    by_number = await client.get(f"/newsroom/{article.outlet.slug}/?p={article.id}", allow_redirects=False)
    assert (by_number.status, by_number.headers["Location"]) == (301, article.path)
    assert article.path in await (await client.get(f"/newsroom/{article.outlet.slug}/")).text()
    for missing in ("?p=1", "?p=x", f"?p={newsroom.history.articles[-1].id}"):
        assert (await client.get(f"/newsroom/{article.outlet.slug}/{missing}")).status == 404


async def test_the_living_post_changes_with_the_history(client: Client, newsroom: Newsroom) -> None:
    living = next(article for article in newsroom.history.articles if article.versions)
    newsroom.next_day()
    first = await client.get(living.path)
    assert "Not yet" in await first.text()
    known = {"If-None-Match": first.headers["ETag"]}
    assert (await client.get(living.path, headers=known)).status == 304
    newsroom.run_until(date(2023, 5, 1))
    later = await client.get(living.path, headers=known)
    assert "is renewed for season 2" in await later.text()
    assert later.headers["Last-Modified"] != first.headers["Last-Modified"]
    newsroom.run_until(date(2024, 9, 6))
    assert "October 31, 2024" in await (await client.get(living.path)).text()


async def test_the_clock_is_driven_over_http(client: Client, newsroom: Newsroom) -> None:
    async def ask(**wish: Any) -> dict[str, Any]:
        told: dict[str, Any] = await (await client.post("/sandbox/newsroom", json=wish)).json()
        return told

    assert (await ask(do="next"))["now"].startswith("2023-04-20")
    assert (await ask(until="2023-05-02"))["headlines"][0]["title"].startswith("Keri Russell's")
    assert (await ask(do="play", speed_s=0.5))["pace"] == "waiting"
    assert newsroom.speed_s == 0.5
    assert (await ask(do="pause"))["pace"] == "paused"
    assert (await ask(do="end"))["left"] == 0
    assert (await client.post("/sandbox/newsroom", json={"do": "rewind"})).status == 400
    state = await (await client.get("/sandbox/newsroom")).json()
    assert [feed["path"] for feed in state["feeds"]][1] == "/newsroom/the-dial.xml"


def test_the_days_are_in_order(history: History) -> None:
    times = [article.at for article in history.archive + history.articles]
    assert times == sorted(times)
    assert history.articles[-1].at - history.articles[0].at > timedelta(days=900)
