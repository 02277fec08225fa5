"""Plain text and the pictures out of the HTML that feeds carry."""

import html
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

_MAX_HTML = 20_000  # characters; an excerpt is far shorter
_MAX_TAGS = 500  # the parser's time grows with their square when they are malformed
_TAG = re.compile(r"<[a-zA-Z/!?]")
_ANY_TAG = re.compile(r"<[^<>]*>?")
_NOT_HTML = re.compile(r"<\?[^<>]*>?|<!\[[^<>]*>?")  # XML's instructions and sections
_UNSEEN = ("script", "style", "template", "noscript", "iframe", "object", "svg")
_BLOCKS = (
    "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "tr", "td", "th", "table",
    "blockquote", "figure", "figcaption", "section", "article", "header", "footer", "pre", "dd", "dt",
)  # fmt: skip
_SIGN_OFF = re.compile(
    r"\s*(The post .{1,300} (?:appeared first|first appeared) on .{1,100}"
    r"|Continue reading\W*|Read (?:more|on|the full (?:story|article))\W*|\[(?:…|\.\.\.)\])\s*$"
)
_PICTURE = re.compile(r"<img\b[^<>]*", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def plain(markup: str) -> str:
    """Give the words of HTML, or of text, with single spaces."""
    if not _TAG.search(markup):
        return " ".join(html.unescape(markup).split())
    soup = _soup(markup[:_MAX_HTML])
    if soup is None:
        return " ".join(html.unescape(_ANY_TAG.sub(" ", markup[:_MAX_HTML])).split())
    for unseen in soup.find_all(_UNSEEN):
        unseen.extract()
    for block in soup.find_all(_BLOCKS):
        block.insert_before(" ")
        block.append(" ")
    return " ".join(soup.get_text().split())


def excerpt(markup: str, max_length: int) -> str:
    """Give the words of HTML, cut at a word, without a sign-off ("The post … appeared first on …")."""
    text = _SIGN_OFF.sub("", plain(markup))
    if len(text) <= max_length:
        return text
    return text[: max_length + 1].rpartition(" ")[0] or text[:max_length]


def pictures(markup: str) -> Iterator[str]:
    """Give the addresses of the pictures in HTML, in order, without those too small to be seen."""
    for tag in _PICTURE.findall(markup):
        told = {name.lower(): "".join(values) for name, *values in _ATTRIBUTE.findall(tag)}
        address = told.get("src") or told.get("data-src")
        if address and not {told.get("width"), told.get("height")} & {"0", "1", "1px"}:
            yield html.unescape(address)


def _soup(markup: str) -> BeautifulSoup | None:
    """Parse HTML; None where that would fail, or take long."""
    if markup.count("<") > _MAX_TAGS:
        return None
    try:
        return BeautifulSoup(_NOT_HTML.sub(" ", markup), "html.parser")
    except ParserRejectedMarkup:
        return None
