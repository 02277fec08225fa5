"""Which article is which."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.identity import Marks, content_hash, identities
from bot.feeds.links import canonical_link

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINK = "https://tv.example/a"
marks = st.builds(
    Marks,
    guid=st.none() | st.sampled_from(["", "1", "2", LINK, LINK + "?utm_source=rss", LINK + "#1"]),
    link=st.none() | st.sampled_from([LINK, "https://tv.example/b", "https://tv.example/?p=1"]),
    title=st.sampled_from(["", "One", "Two"]),
    published_at=st.none() | st.just(NOON),
)


def entry(
    guid: str | None = None, link: str | None = None, title: str = "One", at: datetime | None = None
) -> Marks:
    return Marks(guid, link, title, at)


def test_guid_comes_first_then_the_link_then_title_and_date() -> None:
    assert identities(
        [
            entry("1", LINK),
            entry(None, "https://tv.example/b"),
            entry(title="Two", at=NOON),
            entry(title="Three"),
        ]
    ) == ("guid:1", "link:https://tv.example/b", "title:2026-11-22T12:00:00+00:00 Two", "title: Three")


def test_guid_that_all_entries_share_is_worthless() -> None:
    entries = [entry("feed", LINK), entry("feed", "https://tv.example/b", "Two")]
    assert identities(entries) == (f"link:{LINK}", "link:https://tv.example/b")


def test_guid_and_link_that_all_entries_share_leave_the_title() -> None:
    entries = [entry("feed", LINK, "One"), entry("feed", LINK, "Two")]
    assert identities(entries) == ("title: One", "title: Two")


def test_guid_that_is_the_link_with_tracking_is_the_link() -> None:
    for guid in (LINK, LINK + "?utm_source=rss", LINK + "#3", " " + LINK):
        assert identities([entry(guid, LINK)]) == (f"link:{LINK}",)


def test_guid_of_wordpress_stays_whole() -> None:
    assert identities([entry("https://tv.example/?p=123", LINK)]) == ("guid:https://tv.example/?p=123",)


def test_same_entry_twice_has_one_identity() -> None:
    assert len(set(identities([entry("1", LINK), entry("1", LINK)]))) == 1


@given(st.lists(marks))
def test_entries_that_differ_in_link_or_title_are_different_articles(entries: list[Marks]) -> None:
    of = list(zip(entries, identities(entries), strict=True))
    for one, name in of:
        for other, other_name in of:
            if one.title != other.title:
                assert name != other_name
            if name == other_name and one.link and other.link and not name.startswith("title:"):
                assert one.link == other.link


@given(st.lists(marks, unique_by=lambda one: (one.guid, one.link, one.title)))
def test_identity_does_not_depend_on_the_order(entries: list[Marks]) -> None:
    there = dict(zip(entries, identities(entries), strict=True))
    back = dict(zip(entries[::-1], identities(entries[::-1]), strict=True))
    assert there == back


@given(st.sampled_from(["utm_source=x", "fbclid=1", "gclid=2", "cmpid=rss"]), st.booleans())
def test_tracking_never_makes_another_article(parameter: str, first: bool) -> None:
    link = f"{LINK}?{parameter}&p=1" if first else f"{LINK}?p=1&{parameter}"
    assert identities([entry(link=canonical_link(link))]) == (f"link:{LINK}?p=1",)


def test_edit_shows_in_the_hash_and_order_of_categories_does_not() -> None:
    before = content_hash("One", "Summary", LINK, ["a", "b"])
    assert before == content_hash("One", "Summary", LINK, ["b", "a"])
    edits = [
        content_hash("Two", "Summary", LINK, ["a", "b"]),
        content_hash("One", "summary", LINK, ["a", "b"]),
        content_hash("One", "Summary", LINK + "b", ["a", "b"]),
        content_hash("One", "Summary", LINK, ["ab"]),
    ]
    assert len({before, *edits}) == 5
    assert len(before) == 64


@given(st.text(), st.text())
def test_anything_can_be_hashed(title: str, summary: str) -> None:
    assert content_hash(title, summary, LINK) == content_hash(title, summary, LINK)
