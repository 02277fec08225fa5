"""The TVmaze client against a server on the loopback."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.catalogue.tvmaze import CACHED_S, MAX_CACHED, Tvmaze
from bot.errors import CatalogueError
from bot.model import Season, ShowId

ONE = {"id": 1, "name": "One", "updated": 100}


class Server:
    """A TVmaze that answers what each test wants, under a path of its own."""

    def __init__(self) -> None:
        self.answers: list[web.Response] = []
        self.requests: list[web.Request] = []
        self.server = TestServer(web.Application(), host="127.0.0.1")
        self.server.app.router.add_get("/tvmaze/{path:.*}", self._answer)
        self.now = 0.0
        self.slept: list[float] = []
        self.hold: asyncio.Event | None = None
        """Set for a server that takes its time."""

    async def _answer(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        if self.hold is not None:
            await self.hold.wait()
        return self.answers.pop(0) if self.answers else web.Response(status=500)

    def will_tell(self, *answers: Any) -> None:
        self.answers += [web.json_response(answer) for answer in answers]

    def will_fail(self, status: int, **headers: str) -> None:
        self.answers.append(web.Response(status=status, headers=headers))

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server that runs for one test."""
    server = Server()
    await server.server.start_server()
    yield server
    await server.server.close()


@pytest.fixture
async def tvmaze(server: Server) -> AsyncIterator[Tvmaze]:
    """A client of that server whose time only moves when it sleeps."""
    async with aiohttp.ClientSession() as session:
        base = f"http://127.0.0.1:{server.server.port}/tvmaze/"
        yield Tvmaze(session, base, lambda: server.now, server.sleep)


async def test_search_gives_the_shows_found_and_names_us(server: Server, tvmaze: Tvmaze) -> None:
    server.will_tell([{"score": 0.9, "show": ONE}, {"score": 0.1}, 5, {"show": {"id": 2}}])
    assert [one.show.name for one in await tvmaze.search("the dipolmat & co")] == ["One"]
    request = server.requests[0]
    assert request.path == "/tvmaze/search/shows"
    assert request.query["q"] == "the dipolmat & co"
    assert request.headers["User-Agent"].startswith("Greenlit/")


async def test_show_comes_with_its_seasons(server: Server, tvmaze: Tvmaze) -> None:
    seasons = [{"number": 1, "episodeOrder": 8, "premiereDate": "2023-04-20", "endDate": "2023-04-20"}]
    server.will_tell(ONE | {"_embedded": {"seasons": seasons}})
    detail = await tvmaze.show(ShowId(1))
    assert detail is not None
    assert detail.seasons == (Season(1, 8, date(2023, 4, 20), date(2023, 4, 20)),)
    assert server.requests[0].path == "/tvmaze/shows/1"
    assert server.requests[0].query.getall("embed[]") == [
        "seasons", "nextepisode", "previousepisode", "akas", "cast"
    ]  # fmt: skip


async def test_show_that_is_not_there_is_none(server: Server, tvmaze: Tvmaze) -> None:
    for _ in range(4):
        server.will_fail(404)
    assert await tvmaze.show(ShowId(9)) is None
    assert await tvmaze.by_imdb("tt0") is None
    assert await tvmaze.by_thetvdb(0) is None
    assert await tvmaze.search("nothing") == ()


async def test_show_is_found_by_the_ids_of_others_past_a_redirect(server: Server, tvmaze: Tvmaze) -> None:
    for _ in range(2):
        server.will_fail(301, Location="/tvmaze/shows/1")
        server.will_tell(ONE)
    by_imdb, by_thetvdb = await tvmaze.by_imdb("tt17491088"), await tvmaze.by_thetvdb(413127)
    assert by_imdb is not None
    assert by_imdb == by_thetvdb
    assert [request.query_string for request in server.requests[::2]] == ["imdb=tt17491088", "thetvdb=413127"]


async def test_index_ends_with_a_page_that_is_none(server: Server, tvmaze: Tvmaze) -> None:
    server.will_tell([ONE, {"id": "broken"}])
    server.will_fail(404)
    page = await tvmaze.page(0)
    assert page is not None
    assert [one.show.id for one in page] == [1]
    assert await tvmaze.page(1) is None
    assert [request.query["page"] for request in server.requests] == ["0", "1"]


async def test_updates_are_stamps_of_shows(server: Server, tvmaze: Tvmaze) -> None:
    server.will_tell({"1": 200, "x": 3})
    assert await tvmaze.updates() == {1: 200}
    assert server.requests[0].query["since"] == "day"


async def test_answer_is_kept_for_an_hour(server: Server, tvmaze: Tvmaze) -> None:
    server.will_tell(ONE, ONE | {"name": "Renamed"})
    first = await tvmaze.show(ShowId(1))
    server.now += CACHED_S - 1
    assert await tvmaze.show(ShowId(1)) is first
    server.now += 1
    again = await tvmaze.show(ShowId(1))
    assert again is not None
    assert again.show.name == "Renamed"


async def test_show_that_changed_is_read_again_at_once(server: Server, tvmaze: Tvmaze) -> None:
    server.will_tell(ONE, ONE | {"id": 2}, {"1": 101, "2": 100}, ONE | {"name": "Renamed"})
    await tvmaze.show(ShowId(1))
    second = await tvmaze.show(ShowId(2))
    await tvmaze.updates()
    again = await tvmaze.show(ShowId(1))
    assert again is not None
    assert again.show.name == "Renamed"
    assert await tvmaze.show(ShowId(2)) is second


async def test_only_so_many_answers_are_kept(
    server: Server, tvmaze: Tvmaze, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_CACHED >= 100
    monkeypatch.setattr("bot.catalogue.tvmaze.MAX_CACHED", 2)
    server.will_tell(*([{"show": ONE}] for _ in range(4)))
    for text in ("a", "b", "a", "c", "a", "b"):
        await tvmaze.search(text)
    assert [request.query["q"] for request in server.requests] == ["a", "b", "c", "b"]


async def test_twenty_first_call_waits(server: Server, tvmaze: Tvmaze) -> None:
    server.will_tell(*([] for _ in range(21)))
    for number in range(21):
        await tvmaze.search(str(number))
    assert server.slept == [10.0]


async def test_calls_that_were_too_many_are_made_again_later(server: Server, tvmaze: Tvmaze) -> None:
    server.will_fail(429)
    server.will_fail(429, **{"Retry-After": "60"})
    server.will_tell([])
    assert await tvmaze.search("one") == ()
    assert server.slept == [5.0, 60.0]


async def test_tvmaze_that_keeps_refusing_is_an_error(server: Server, tvmaze: Tvmaze) -> None:
    for _ in range(4):
        server.will_fail(429)
    with pytest.raises(CatalogueError, match=r"TVmaze wants us to call less often\."):
        await tvmaze.search("one")
    assert server.slept == [5.0, 10.0, 20.0]


async def test_failure_is_a_sentence_and_is_not_kept(server: Server, tvmaze: Tvmaze) -> None:
    server.will_fail(500)
    server.will_tell([])
    with pytest.raises(CatalogueError, match=r"TVmaze answered 500\."):
        await tvmaze.search("one")
    assert await tvmaze.search("one") == ()


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"id": 1', b"\xff", b"[" * 100_000])
async def test_answer_that_is_no_json_is_a_sentence(server: Server, tvmaze: Tvmaze, body: bytes) -> None:
    server.answers.append(web.Response(body=body))
    with pytest.raises(CatalogueError, match=r"TVmaze sent what is not JSON\."):
        await tvmaze.page(0)


async def test_answer_to_another_question_is_a_sentence(server: Server, tvmaze: Tvmaze) -> None:
    server.will_tell({}, [], [], {"name": "no id"})
    with pytest.raises(CatalogueError, match=r"TVmaze sent what was not asked for\."):
        await tvmaze.page(0)
    with pytest.raises(CatalogueError, match=r"TVmaze sent what was not asked for\."):
        await tvmaze.updates()
    with pytest.raises(CatalogueError, match=r"TVmaze sent what was not asked for\."):
        await tvmaze.show(ShowId(1))
    with pytest.raises(CatalogueError, match=r"TVmaze sent what was not asked for\."):
        await tvmaze.search("one")


async def test_answer_without_end_is_a_sentence(
    server: Server, tvmaze: Tvmaze, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.catalogue.tvmaze.MAX_ANSWER_BYTES", 2**20)
    server.answers.append(web.Response(body=b" " * 2**21))
    with pytest.raises(CatalogueError, match=r"TVmaze sent more than 1 MB\."):
        await tvmaze.page(0)


async def test_tvmaze_that_is_away_is_a_sentence(server: Server, tvmaze: Tvmaze) -> None:
    await server.server.close()
    with pytest.raises(CatalogueError, match=r"TVmaze cannot be reached\."):
        await tvmaze.search("one")


async def test_tvmaze_that_does_not_answer_is_a_sentence(
    server: Server, tvmaze: Tvmaze, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.catalogue.tvmaze.TIMEOUT_S", 0.05)
    server.hold = asyncio.Event()
    with pytest.raises(CatalogueError, match=r"TVmaze did not answer within 0\.05 s\."):
        await tvmaze.search("one")
    server.hold.set()
