"""The newsroom's addresses: feeds, pages and stills under /newsroom, its clock under /sandbox/newsroom."""

import hashlib
from datetime import date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from aiohttp import web

from sandbox.newsroom.article_page import write_article, write_front
from sandbox.newsroom.clock import Newsroom
from sandbox.newsroom.history import Article, Outlet
from sandbox.newsroom.rss import write_feed
from sandbox.poster import still

_HEADLINES = 12


def add_newsroom(app: web.Application, newsroom: Newsroom) -> None:
    """Serve the newsroom.

    GET /sandbox/newsroom tells its state; POST sets it: `{"do": "play" | "pause" | "next" | "end"}`,
    `{"until": "2023-05-02"}`, `{"speed_s": 4}`, together or apart.
    """
    _Routes(newsroom).add_to(app)


def newsroom_json(newsroom: Newsroom) -> dict[str, Any]:
    """Tell the clock's state and the latest headlines, newest first."""
    new = newsroom.told[len(newsroom.history.archive) :][-_HEADLINES:]
    return {
        "now": newsroom.now.isoformat(),
        "pace": newsroom.pace,
        "speed_s": newsroom.speed_s,
        "told": len(newsroom.told) - len(newsroom.history.archive),
        "left": newsroom.left,
        "feeds": [
            {
                "name": outlet.name,
                "path": f"/newsroom/{outlet.slug}.xml",
                "read": newsroom.readings[outlet.slug],
            }
            for outlet in newsroom.history.outlets
        ],
        "headlines": [_headline(article) for article in reversed(new)],
    }


class _Routes:
    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._outlets = {outlet.slug: outlet for outlet in newsroom.history.outlets}

    def add_to(self, app: web.Application) -> None:
        routes = app.router
        routes.add_get("/robots.txt", _robots)
        routes.add_get("/newsroom/{slug}.xml", self._feed)
        routes.add_get("/newsroom/{slug}/", self._front)
        routes.add_get(r"/newsroom/{slug}/{year:\d{4}}/{month:\d\d}/{words}-{id:\d{1,9}}/", self._article)
        routes.add_get(r"/newsroom/stills/{id:\d{1,9}}.svg", self._still)
        routes.add_get("/sandbox/newsroom", self._tell)
        routes.add_post("/sandbox/newsroom", self._set)

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        outlet = self._outlet(request)
        window = self._newsroom.window(outlet)
        self._newsroom.count_reading(outlet)
        feed = write_feed(outlet, window, f"{request.scheme}://{request.host}")
        return _conditional(request, feed, "application/rss+xml", window[0].at if window else None)

    async def _front(self, request: web.Request) -> web.StreamResponse:
        """Write the outlet's front page, or send `?p=ID` to the article, as WordPress does."""
        outlet = self._outlet(request)
        if "p" in request.query:
            number = request.query["p"]
            article = self._newsroom.find(int(number)) if number.isdecimal() and len(number) < 10 else None
            if article is None or article.outlet is not outlet:
                raise web.HTTPNotFound
            raise web.HTTPMovedPermanently(article.path)
        return web.Response(text=write_front(outlet, self._newsroom.window(outlet)), content_type="text/html")

    async def _article(self, request: web.Request) -> web.StreamResponse:
        article, today = self._wanted(request), self._newsroom.today
        changes = [version.day for version in article.versions if version.day <= today]
        changed_at = (
            datetime.combine(changes[-1], article.at.time(), article.at.tzinfo) if changes else article.at
        )
        return _conditional(request, write_article(article, today).encode(), "text/html", changed_at)

    async def _still(self, request: web.Request) -> web.Response:
        article = self._wanted(request)
        return web.Response(text=still(article.title, article.outlet.name), content_type="image/svg+xml")

    async def _tell(self, _: web.Request) -> web.Response:
        return web.json_response(newsroom_json(self._newsroom))

    async def _set(self, request: web.Request) -> web.Response:
        wish = await request.json()
        deeds = {
            "play": self._newsroom.play,
            "pause": self._newsroom.pause,
            "next": self._newsroom.next_day,
            "end": self._newsroom.run_to_end,
        }
        if "speed_s" in wish:
            self._newsroom.set_speed(max(float(wish["speed_s"]), 0.01))
        if "until" in wish:
            self._newsroom.run_until(date.fromisoformat(wish["until"]))
        if "do" in wish:
            if wish["do"] not in deeds:
                raise web.HTTPBadRequest(text=f"do is one of {', '.join(deeds)}")
            deeds[wish["do"]]()
        return await self._tell(request)

    def _outlet(self, request: web.Request) -> Outlet:
        outlet = self._outlets.get(request.match_info["slug"])
        if outlet is None:
            raise web.HTTPNotFound
        return outlet

    def _wanted(self, request: web.Request) -> Article:
        article = self._newsroom.find(int(request.match_info["id"]))
        if article is None:
            raise web.HTTPNotFound
        return article


def _conditional(
    request: web.Request, content: bytes, content_type: str, changed_at: datetime | None
) -> web.Response:
    """Answer 304 where the asker has `content` already; an ETag counts before a date (RFC 9110 §13.2.2)."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if changed_at is not None:
        headers["Last-Modified"] = format_datetime(changed_at.replace(microsecond=0), usegmt=True)
    known, since = request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")
    if known is not None:
        fresh = etag in (one.strip().removeprefix("W/") for one in known.split(",")) or known.strip() == "*"
    else:
        fresh = changed_at is not None and since is not None and _not_after(changed_at, since)
    if fresh:
        return web.Response(status=304, headers=headers)
    return web.Response(body=content, content_type=content_type, charset="utf-8", headers=headers)


def _not_after(changed_at: datetime, since: str) -> bool:
    try:
        return changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _headline(article: Article) -> dict[str, str]:
    return {
        "outlet": article.outlet.name,
        "title": article.title,
        "path": article.path,
        "at": article.at.isoformat(),
    }


async def _robots(_: web.Request) -> web.Response:
    return web.Response(text="User-agent: *\nAllow: /newsroom/\n")
