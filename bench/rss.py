"""Feed documents, written as outlets write them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from bot.model import Article

_PARAGRAPH = "<p>The cast has gathered in London, and nobody would say what the new episodes hold.</p>\n"
_PARAGRAPHS = 60


def document(outlet: str, articles: Iterable[Article], newest: datetime) -> bytes:
    """Write articles as the RSS of `outlet`, a minute between two, the first being the newest."""
    return _channel(
        outlet,
        (
            _entry(
                article.title,
                f"https://{outlet}.example/{number}",
                newest - timedelta(minutes=number),
                f"<description>{escape(article.summary)}</description>"
                + "".join(f"<category>{escape(one)}</category>" for one in article.categories),
            )
            for number, article in enumerate(articles)
        ),
    )


def long_document(size: int, newest: datetime) -> bytes:
    """Write a feed of whole articles, as many as `size` bytes hold and at least one."""
    text = f"<content:encoded>{escape(_PARAGRAPH * _PARAGRAPHS)}</content:encoded>"

    def entry(number: int) -> str:
        return _entry(f"News {number}", f"https://outlet.example/{number}", newest, text)

    overhead, length = len(_channel("outlet", ())), len(entry(1_000_000))
    return _channel("outlet", map(entry, range(max(1, (size - overhead) // length))))


def _entry(title: str, url: str, at: datetime, rest: str) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{url}</link><guid>{url}</guid>"
        f"<pubDate>{format_datetime(at)}</pubDate>{rest}</item>\n"
    )


def _channel(outlet: str, entries: Iterable[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>\n'
        f"<title>{outlet}</title><link>https://{outlet}.example/</link><description>News</description>\n"
        f"{''.join(entries)}</channel></rss>\n"
    ).encode()
