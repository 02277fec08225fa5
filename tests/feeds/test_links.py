"""Links: on the web or not, one form for all variants, no secrets told."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.links import canonical_link, host_of, web_link, without_secrets

BASE = "https://tv.example/feed/"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("https://TV.Example/a", "https://tv.example/a"),
        ("HTTPS://tv.example/a", "https://tv.example/a"),
        ("https://tv.example:443/a", "https://tv.example/a"),
        ("http://tv.example:80/a", "http://tv.example/a"),
        ("http://tv.example:8080/a", "http://tv.example:8080/a"),
        ("https://tv.example", "https://tv.example/"),
        ("https://tv.example/a#comments", "https://tv.example/a"),
        ("https://tv.example/?p=123", "https://tv.example/?p=123"),
        ("https://tv.example/?utm_source=rss&p=123&utm_medium=feed", "https://tv.example/?p=123"),
        ("https://tv.example/a?fbclid=x&gclid=y&cmpid=z&UTM_Campaign=q", "https://tv.example/a"),
        ("https://tv.example/a?at_medium=RSS&at_campaign=rss", "https://tv.example/a"),
        ("https://tv.example/a?b=1&a=2", "https://tv.example/a?b=1&a=2"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://me:Secret@TV.example/a", "https://me:Secret@tv.example/a"),
        ("t3_fjptzb", "t3_fjptzb"),
        ("tag:tv.example,2026:1#2", "tag:tv.example,2026:1#2"),
        ("https://[broken/a", "https://[broken/a"),
        ("https:///a", "https:///a"),
    ],
)
def test_all_variants_of_a_link_have_one_form(written: str, canonical: str) -> None:
    assert canonical_link(written) == canonical


@given(
    st.text()
    | st.from_regex(r"https?://[a-z.]{1,9}(:\d{1,4})?/\S{0,20}\?[a-z_=&]{0,20}(#x)?", fullmatch=True)
)
def test_canonical_form_is_its_own_canonical_form(link: str) -> None:
    assert canonical_link(canonical_link(link)) == canonical_link(link)


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("/a", "https://tv.example/a"),
        ("a", "https://tv.example/feed/a"),
        (" https://tv.example/\n  a ", "https://tv.example/a"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("mailto:me@tv.example", None),
        ("https://", BASE),
        ("http://", None),
        ("https://[broken/", None),
        ("https://tv.example:99999/", None),
    ],
)
def test_only_links_to_the_web_count(written: str, link: str | None) -> None:
    assert web_link(written, BASE) == link


@given(st.text())
def test_anything_is_a_web_link_or_none(written: str) -> None:
    link = web_link(written, BASE)
    assert link is None or urlsplit(link).scheme in ("http", "https")


def test_secrets_of_an_address_are_not_told() -> None:
    url = "https://me:pa55@tv.example:8443/feed?key=s3cret#token"
    assert without_secrets(url) == "https://tv.example:8443/feed"
    assert host_of(url) == "tv.example"
    assert without_secrets("https://[me:pa55@broken") == "an address that cannot be read"
    assert host_of("https://[me:pa55@broken") == "the address"
    assert host_of("nonsense") == "the address"
