"""A feed as WordPress writes it.

Source: https://www.rssboard.org/rss-specification, https://www.rssboard.org/media-rss
"""

from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from sandbox.newsroom.history import Article, Outlet

_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
}
for _prefix, _address in _NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _address)


def write_feed(outlet: Outlet, articles: tuple[Article, ...], base: str) -> bytes:
    """Write the outlet's feed as RSS 2.0; `base` is where we are reached, such as `http://127.0.0.1:8710`."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", outlet.name)
    address = f"{base}/newsroom/{outlet.slug}.xml"
    _add(channel, _tag("atom", "link"), href=address, rel="self", type="application/rss+xml")
    _add(channel, "link", f"{base}/newsroom/{outlet.slug}/")
    _add(channel, "description", outlet.tagline)
    if articles:
        _add(channel, "lastBuildDate", _rfc822(articles[0].at))
    _add(channel, "language", "en-US")
    _add(channel, "generator", "https://wordpress.org/?v=6.8")
    for article in articles:
        _add_article(channel, article, base)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add_article(channel: ElementTree.Element, article: Article, base: str) -> None:
    entry = ElementTree.SubElement(channel, "item")
    _add(entry, "title", article.title)
    _add(entry, "link", base + article.path)
    _add(entry, _tag("dc", "creator"), article.writer)
    _add(entry, "pubDate", _rfc822(article.at))
    for category in article.categories:
        _add(entry, "category", category)
    _add(entry, "guid", f"{base}/newsroom/{article.outlet.slug}/?p={article.id}", isPermaLink="false")
    _add(entry, "description", f"{article.summary} […]")
    paragraphs = "\n".join(f"<p>{_escaped(text)}</p>" for text in (article.summary, *article.body))
    _add(entry, _tag("content", "encoded"), paragraphs)
    picture = f"{base}/newsroom/stills/{article.id}.svg"
    _add(entry, _tag("media", "content"), url=picture, medium="image", width="640", height="360")


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = text


def _tag(prefix: str, name: str) -> str:
    return f"{{{_NAMESPACES[prefix]}}}{name}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment)
