"""TVmaze's addresses under /tvmaze."""

import math
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from html import escape

from aiohttp import web

from sandbox.poster import poster
from sandbox.tvmaze.limit import Limit
from sandbox.tvmaze.search import search
from sandbox.tvmaze.shape import Shapes
from sandbox.tvmaze.shows import Catalogue, Show

_Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
_PAGE_IDS = 250
_SINCE = {"day": timedelta(days=1), "week": timedelta(weeks=1), "month": timedelta(days=30)}


def add_tvmaze(app: web.Application, catalogue: Catalogue, limit: Limit | None = None) -> None:
    """Serve `catalogue` under /tvmaze; /sandbox/tvmaze tells and sets whether it is down."""
    _Tvmaze(catalogue, limit or Limit()).add_to(app)


class _Tvmaze:
    """Answers as TVmaze does, within its limit, or with 503 while it is down."""

    def __init__(self, catalogue: Catalogue, limit: Limit) -> None:
        self._catalogue = catalogue
        self._limit = limit
        self._down = False
        self._calls = 0

    def add_to(self, app: web.Application) -> None:
        """Add the routes; the limit holds for the API's, not for pages and posters."""
        routes = app.router
        routes.add_get(r"/tvmaze/posters/{id:\d{1,9}}.svg", self._poster)
        routes.add_get("/sandbox/tvmaze", self._tell)
        routes.add_post("/sandbox/tvmaze", self._set)
        for path, answer in (
            ("/search/shows", self._search),
            ("/singlesearch/shows", self._single_search),
            ("/lookup/shows", self._lookup),
            ("/updates/shows", self._updates),
            ("/shows", self._index),
            (r"/shows/{id:\d{1,9}}", self._show),
            (r"/shows/{id:\d{1,9}}/seasons", self._seasons),
        ):
            routes.add_get(f"/tvmaze{path}", self._limited(answer))
        routes.add_get(r"/tvmaze/shows/{id:\d{1,9}}/{slug:[a-z0-9-]+}", self._page)

    def _limited(self, answer: _Answer) -> _Answer:
        async def limited(request: web.Request) -> web.StreamResponse:
            if self._down:
                return _problem(503, "Service Unavailable")
            wait_s = self._limit.wait_s(request.remote or "")
            if wait_s:
                late = _problem(429, "Too Many Requests")
                late.headers["Retry-After"] = str(math.ceil(wait_s))
                return late
            self._calls += 1
            return await answer(request)

        return limited

    async def _search(self, request: web.Request) -> web.Response:
        shapes = self._shapes(request)
        found = search(self._catalogue.shows, request.query.get("q", ""))
        return web.json_response(
            [{"score": round(score, 7), "show": shapes.show(show)} for score, show in found]
        )

    async def _single_search(self, request: web.Request) -> web.Response:
        found = search(self._catalogue.shows, request.query.get("q", ""))
        return self._told(request, found[0][1] if found else None)

    async def _lookup(self, request: web.Request) -> web.Response:
        """Send to the show with that id elsewhere, as TVmaze does, by 301."""
        wanted = {key: request.query[key] for key in ("imdb", "thetvdb") if key in request.query}
        for show in self._catalogue.shows:
            ids = {"imdb": show.imdb, "thetvdb": str(show.thetvdb)}
            if wanted and all(ids[key] == value for key, value in wanted.items()):
                place = f"{_base(request)}/shows/{show.id}"
                return web.Response(status=301, headers={"Location": place})
        return _nothing()

    async def _updates(self, request: web.Request) -> web.Response:
        """Tell when each show last changed; the window is counted from the day the sandbox opened on."""
        since = request.query.get("since")
        if since is not None and since not in _SINCE:
            return _problem(400, "since is day, week or month")
        opened = self._catalogue.opened_on
        oldest = datetime(opened.year, opened.month, opened.day, tzinfo=UTC) - _SINCE.get(
            since or "", timedelta(0)
        )
        changed = ((show.id, self._catalogue.updated_at(show)) for show in self._catalogue.shows)
        return web.json_response(
            {str(number): int(at.timestamp()) for number, at in changed if since is None or at >= oldest}
        )

    async def _index(self, request: web.Request) -> web.Response:
        """Tell 250 ids a page, whatever stands behind them; 404 past the last id."""
        page = request.query.get("page", "0")
        if not page.isdecimal() or len(page) > 9:
            return _problem(400, "page is a number")
        shows, first = self._catalogue.shows, int(page) * _PAGE_IDS
        if first > max(show.id for show in shows):
            return _problem(404, "Not Found")
        shapes = self._shapes(request)
        told = [shapes.show(show) for show in shows if first <= show.id < first + _PAGE_IDS]
        return web.json_response(told)

    async def _show(self, request: web.Request) -> web.Response:
        return self._told(request, self._wanted(request))

    async def _seasons(self, request: web.Request) -> web.Response:
        show = self._wanted(request)
        return _nothing() if show is None else web.json_response(self._shapes(request).seasons(show))

    async def _poster(self, request: web.Request) -> web.Response:
        show = self._wanted(request)
        if show is None:
            return _nothing()
        drawn = poster(show.name, f"{show.premiered.year} · {show.network.name}")
        return web.Response(text=drawn, content_type="image/svg+xml")

    async def _page(self, request: web.Request) -> web.Response:
        """Stand in for the show's page on tvmaze.com, so that every card's link leads somewhere."""
        show = self._wanted(request)
        if show is None:
            return _nothing()
        seasons = "".join(
            f"<li>Season {season.number}: {season.premiere or 'no date yet'}</li>" for season in show.seasons
        )
        name = escape(show.name)
        return web.Response(
            text=f"<!doctype html><html lang=en><meta charset=utf-8><title>{name}</title><h1>{name}</h1>"
            f"<p>{show.status} · {escape(show.network.name)}</p>"
            f"<p>{escape(show.summary)}</p><ul>{seasons}</ul>"
            "<p>The sandbox's stand-in for a TVmaze page.</p></html>",
            content_type="text/html",
        )

    async def _tell(self, _: web.Request) -> web.Response:
        return web.json_response({"down": self._down, "calls": self._calls})

    async def _set(self, request: web.Request) -> web.Response:
        self._down = bool((await request.json())["down"])
        return await self._tell(request)

    def _told(self, request: web.Request, show: Show | None) -> web.Response:
        if show is None:
            return _nothing()
        embeds = tuple(request.query.getall("embed[]", [])) + tuple(request.query.getall("embed", []))
        return web.json_response(self._shapes(request).show(show, embeds))

    def _wanted(self, request: web.Request) -> Show | None:
        return self._catalogue.get(int(request.match_info["id"]))

    def _shapes(self, request: web.Request) -> Shapes:
        return Shapes(self._catalogue, _base(request))


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}/tvmaze"


def _nothing() -> web.Response:
    return web.json_response(None, status=404)


def _problem(status: int, name: str) -> web.Response:
    return web.json_response({"name": name, "message": "", "code": 0, "status": status}, status=status)
