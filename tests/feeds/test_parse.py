"""Bytes → articles: what is kept of each entry, what is dropped and why, and what is no feed."""

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ParseError
from bot.feeds.parse import Parsed, parse
from bot.model import Article

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://tv.example/feed/"
CORPUS = Path(__file__).parents[3] / "shared/corpus/feeds"


def read(document: str | bytes, content_type: str | None = None, url: str = URL) -> Parsed:
    raw = document.encode() if isinstance(document, str) else document
    return parse(raw, content_type=content_type, url=url, source="TV Example", read_at=NOON)


def rss(*items: str, head: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    spaces = " ".join(
        f'xmlns:{name}="{space}"'
        for name, space in {
            "media": "http://search.yahoo.com/mrss/",
            "dc": "http://purl.org/dc/elements/1.1/",
            "content": "http://purl.org/rss/1.0/modules/content/",
            "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        }.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {spaces}><channel><title>TV</title>'
        f"<link>https://tv.example/</link>{head}{inner}</channel></rss>"
    )


def one(item: str) -> Article:
    parsed = read(rss(item))
    assert parsed.dropped == ()
    return parsed.articles[0]


def test_entry_of_rss_becomes_an_article() -> None:
    article = one(
        "<title>‘The Diplomat’ Renewed &amp;amp; Dated</title><link>https://TV.example/a/?utm_source=rss</link>"
        "<guid isPermaLink='false'>https://tv.example/?p=7</guid>"
        "<pubDate>Sun, 22 Nov 2026 06:30:00 -0500</pubDate><dc:creator>Nellie Andreeva</dc:creator>"
        "<category>Netflix</category><category>The Diplomat</category><category>Netflix</category>"
        "<media:thumbnail url='https://tv.example/a.jpg'/>"
        "<description>&lt;p&gt;Netflix has &lt;b&gt;renewed&lt;/b&gt; it.&lt;/p&gt; "
        "The post A appeared first on TV.</description>"
    )
    assert article == Article(
        identity="guid:https://tv.example/?p=7",
        url="https://tv.example/a/",
        title="‘The Diplomat’ Renewed & Dated",
        summary="Netflix has renewed it.",
        source="TV Example",
        published_at=datetime(2026, 11, 22, 11, 30, tzinfo=UTC),
        content_hash=article.content_hash,
        author="Nellie Andreeva",
        image_url="https://tv.example/a.jpg",
        categories=("Netflix", "The Diplomat"),
    )
    assert len(article.content_hash) == 64


def test_entry_of_atom_without_a_summary_is_kept() -> None:
    parsed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>r/television</title><entry><title>Renewed</title>'
        '<id>t3_x</id><link href="https://reddit.example/r/a"/><updated>2026-11-22T10:00:00+00:00</updated>'
        "<author><name>/u/tv</name></author></entry></feed>"
    )
    (article,) = parsed.articles
    assert (article.identity, article.summary, article.author) == ("guid:t3_x", "", "/u/tv")
    assert article.published_at == datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_entry_of_rdf_is_kept() -> None:
    parsed = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>TV</title></channel>'
        '<item rdf:about="https://tv.example/a"><title>One</title><link>https://tv.example/a</link>'
        "<dc:date>2026-11-22T10:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert parsed.articles[0].identity == "link:https://tv.example/a"
    assert parsed.articles[0].published_at == datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "published_at"),
    [
        ("<pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>", datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("<pubDate>22 Nov 2026 10:00:00 EST</pubDate>", NOON),
        ("<dc:date>2026-11-22T10:00:00+02:00</dc:date>", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        ("<pubDate>2026-11-21</pubDate>", datetime(2026, 11, 21, tzinfo=UTC)),
        ("<pubDate>Fri, 01 Jan 2055 00:00:00 GMT</pubDate>", NOON),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate></pubDate>", None),
        ("", None),
    ],
)
def test_date_is_read_in_any_form_and_never_later_than_now(date: str, published_at: datetime | None) -> None:
    assert one(f"<title>One</title><link>https://tv.example/a</link>{date}").published_at == published_at


def test_entry_that_stays_in_the_future_keeps_its_identity() -> None:
    document = rss("<title>One</title><pubDate>Fri, 01 Jan 2055 00:00:00 GMT</pubDate>").encode()
    (first,), (second,) = (
        parse(document, content_type=None, url=URL, source="TV", read_at=at).articles
        for at in (NOON, NOON.replace(hour=13))
    )
    assert first.identity == second.identity
    assert first.published_at != second.published_at


@pytest.mark.parametrize(
    ("media", "image"),
    [
        (
            "<media:content url='https://tv.example/s.jpg' width='140'/>"
            "<media:content url='https://tv.example/l.jpg' width='460'/>",
            "https://tv.example/l.jpg",
        ),
        (
            "<media:content url='/a.mp4' medium='video'/><media:thumbnail url='/t.jpg'/>",
            "https://tv.example/t.jpg",
        ),
        ("<media:content url='https://cdn.example/x' medium='image'/>", "https://cdn.example/x"),
        ("<media:content url='https://cdn.example/x'/>", None),
        (
            "<enclosure url='https://tv.example/e.png' type='image/jpeg' length='1'/>",
            "https://tv.example/e.png",
        ),
        ("<enclosure url='https://tv.example/e.mp3' type='audio/mpeg' length='1'/>", None),
        ("<description>&lt;img src='/d.jpg'&gt; words</description>", "https://tv.example/d.jpg"),
        (
            "<content:encoded>&lt;p&gt;&lt;img src='https://tv.example/c.jpg'&gt;</content:encoded>",
            "https://tv.example/c.jpg",
        ),
        (
            "<media:content url='https://secure.gravatar.com/avatar/1' medium='image'/>"
            "<media:thumbnail url='javascript:alert(1)'/>",
            None,
        ),
        ("", None),
    ],
)
def test_picture_is_the_largest_medium_else_thumbnail_enclosure_or_first_image(
    media: str, image: str | None
) -> None:
    assert one(f"<title>One</title><link>https://tv.example/a</link>{media}").image_url == image


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ("<link>/a?p=1</link>", "https://tv.example/a?p=1"),
        ("<guid>https://tv.example/g</guid>", "https://tv.example/g"),
        ("<guid isPermaLink='false'>https://tv.example/?p=1</guid>", "https://tv.example/?p=1"),
        (
            "<link>http://feedproxy.example/~r/1</link>"
            "<feedburner:origLink>https://tv.example/a</feedburner:origLink>",
            "https://tv.example/a",
        ),
        ("<guid isPermaLink='false'>7</guid>", "https://tv.example/"),
        ("", "https://tv.example/"),
    ],
)
def test_article_leads_to_its_page_else_to_the_outlet(links: str, url: str) -> None:
    assert one(f"<title>One</title>{links}").url == url


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://tv.example/a", "mailto:tv@tv.example"])
def test_entry_that_leads_off_the_web_is_dropped_and_the_rest_kept(link: str) -> None:
    parsed = read(
        rss(
            f"<title>Bad</title><link>{link}</link>",
            "<description>Neither title nor link</description><guid isPermaLink='false'> </guid>",
            "<title>Good</title><link>https://tv.example/a</link>",
            "",
        )
    )
    assert [article.title for article in parsed.articles] == ["Neither title nor link", "Good"]
    assert parsed.dropped == (
        f"Entry 1 links to '{link}', which is not on the web.",
        "Entry 4 has neither title nor link.",
    )


def test_entry_without_a_title_is_called_by_its_words_or_its_link() -> None:
    assert (
        one("<link>https://tv.example/a</link><description>Words of it</description>").title == "Words of it"
    )
    assert one("<link>https://tv.example/a</link>").title == "https://tv.example/a"


def test_entry_that_is_told_twice_is_one_article() -> None:
    item = "<title>One</title><link>https://tv.example/a</link>"
    parsed = read(rss(item, item))
    assert len(parsed.articles) == 1
    assert parsed.dropped == ("'One' is told twice.",)


def test_content_stands_in_for_a_missing_summary() -> None:
    assert one("<title>One</title><content:encoded>&lt;p&gt;Text</content:encoded>").summary == "Text"


@pytest.mark.parametrize(("ttl", "seconds"), [("60", 3600.0), (" 15 ", 900.0), ("soon", None), ("-1", None)])
def test_feed_says_how_long_it_stays(ttl: str, seconds: float | None) -> None:
    assert read(rss(head=f"<ttl>{ttl}</ttl>")).ttl_s == seconds


def test_feed_without_entries_is_a_feed() -> None:
    assert read(rss()) == Parsed(())


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (b"", "is empty."),
        (b" \n\t", "is empty."),
        (b"Not found", "is not XML."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "is not XML."),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "is not XML."),
        (b"<!DOCTYPE html><html><body><p>Just a moment...</p></body></html>", "is an HTML page, not a feed."),
        (b"<!-- x -->\n<HTML><head>", "is an HTML page, not a feed."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is neither RSS nor Atom."),
        (b"<rss version='2.0'><channel><title>TV</ti", "breaks off before its first entry."),
    ],
)
def test_what_is_no_feed_is_told_in_a_sentence(document: bytes, what: str) -> None:
    with pytest.raises(ParseError) as error:
        read(document, url="https://me:pa55@tv.example/feed?key=s3cret")
    assert str(error.value) == f"What tv.example sent {what}"
    assert error.value.url == "https://tv.example/feed"


def test_crash_of_feedparser_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise AssertionError("unexpected call to parse_html_declaration()")

    monkeypatch.setattr("bot.feeds.parse.feedparser.parse", crash)
    with pytest.raises(ParseError, match=r"What tv\.example sent cannot be read as a feed\."):
        read(rss())


def test_error_survives_the_way_between_processes() -> None:
    with pytest.raises(ParseError) as error:
        read(b"")
    copy = pickle.loads(pickle.dumps(error.value))  # noqa: S301 - our own bytes
    assert (type(copy), copy.url, str(copy)) == (ParseError, error.value.url, str(error.value))
    parsed = read(rss("<title>One</title>"))
    assert pickle.loads(pickle.dumps(parsed)) == parsed  # noqa: S301 - our own bytes


def test_truncated_feed_gives_what_came() -> None:
    whole = rss(*(f"<title>{number}</title><link>https://tv.example/{number}</link>" for number in range(5)))
    parsed = read(whole[: whole.index("https://tv.example/3")])
    assert [article.title for article in parsed.articles] == ["0", "1", "2", "3"]


def test_blank_line_before_the_declaration_does_no_harm() -> None:
    assert len(read("\n \n" + rss("<title>One</title>")).articles) == 1


def test_wrong_charset_does_no_harm() -> None:
    document = rss("<title>“Élite”</title><link>https://tv.example/a</link>")
    assert read(document.encode("cp1252"), "text/xml; charset=utf-8").articles[0].title == "“Élite”"
    assert read(document.encode("utf-16"), "text/xml").articles[0].title == "“Élite”"
    assert read(document.encode(), "text/xml; charset=iso-8859-1").articles[0].title == "“Élite”"


@pytest.mark.parametrize(
    "document",
    [
        rss("<title>One</title>", "<title>Tom & Jerry</title>"),
        rss("<title>One</title>", "<title>&unknown; &eacute;</title>"),
        rss("<title>One</title>", "<title>\x0bTwo\x00</title>"),
        rss("<title>One</title>", "<title>&#0; &#xD800; &#99999999999;</title>"),
        rss("<title>One</title>", "<link>https://tv.example/2</link><title>Two</tilte>"),
        rss("<title>One</title>", "<media:nonsense><dc:title>Two</dc:title>"),
        rss("<title>One</title>", "<title>Two</title>").replace('version="2.0"', "version=2.0"),
    ],
)
def test_broken_xml_gives_its_entries(document: str) -> None:
    assert len(read(document).articles) == 2


def bomb(entities: str, use: str) -> bytes:
    head = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>"
    return f"{head}<rss version='2.0'><channel>{use}</channel></rss>".encode()


LAUGHS = "<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 12)
)


@pytest.mark.parametrize(
    "document",
    [
        bomb(LAUGHS, "<item><title>One &a11;</title></item>"),
        bomb(f"<!ENTITY a '{'x' * 10**6}'>", f"<item><title>One {'&a;' * 10**5}</title></item>"),
        bomb(f'<!ENTITY a "{"x" * 10**6}">', f"<item><title>One {'&a;' * 10**5}</title></item>&"),
        bomb("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "<item><title>One &a;</title></item>"),
        bomb(f"<!ENTITY a '{'x' * 10**5}'>", f"<item><title>One {'&a;' * 10**4}</title></item>")
        .decode().encode("utf-16"),
    ],
)  # fmt: skip
def test_entities_of_a_document_are_not_expanded(document: bytes) -> None:
    (article,) = read(document).articles
    assert article.title.startswith("One")
    assert len(article.title) <= 500
    assert "root:" not in article.title


def test_name_of_a_file_is_not_opened() -> None:
    with pytest.raises(ParseError):
        read(b"/etc/passwd")


@given(st.binary() | st.text(alphabet="<>/!?[]&;= '\"rsitemlnk\n").map(str.encode))
def test_any_bytes_are_a_feed_or_a_parse_error(document: bytes) -> None:
    try:
        assert isinstance(read(document), Parsed)
    except ParseError as error:
        assert str(error).endswith(".")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the captured feeds are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "count"),
    {
        "bbc-urdu": 26, "bbc-world-news-2020": 30, "digital-spy-2026-02-02": 4, "gq-2025": 20,
        "guardian-us-2018": 55, "indiewire-2026-02-15": 4, "newyorker-2025": 10, "radio-times-2026-04-02": 4,
        "reddit-r-movies": 26, "spoilertv-2026-02-15": 3, "techcrunch": 20, "traileraddict-2020": 2,
        "variety-2021-11-24": 10, "vulture-profiles-2025": 50,
    }.items(),
)  # fmt: skip
def test_captured_feed_gives_all_its_entries(name: str, count: int) -> None:
    parsed = read((CORPUS / f"{name}.xml").read_bytes())
    assert (len(parsed.articles), parsed.dropped) == (count, ())
    assert all(article.published_at and article.title and article.url for article in parsed.articles)
    assert len({article.identity for article in parsed.articles}) == count
