"""New, changed, seen."""

from datetime import UTC, datetime

import pytest

from bot.jobs.sift import sift
from bot.model import Article, ArticleId
from bot.storage.articles import Seen

MAY_1 = datetime(2023, 5, 1, tzinfo=UTC)
MAY_2 = datetime(2023, 5, 2, tzinfo=UTC)


def article(identity: str, url: str = "", text: str = "one", at: datetime | None = None) -> Article:
    """Make an article whose hash is its title."""
    url = url or f"https://outlet.test/{identity}"
    return Article(identity, url, text, "", "TVLine", at, content_hash=text)


def seen(number: int, identity: str, url: str = "", text: str = "one", at: datetime | None = None) -> Seen:
    """Make what is stored of such an article."""
    return Seen(ArticleId(number), identity, url or f"https://outlet.test/{identity}", text, text, at)


def test_a_window_is_sorted_into_new_changed_and_seen() -> None:
    window = [article("a"), article("b", text="two"), article("c")]
    sifted = sift(window, [seen(1, "a"), seen(2, "b")])
    assert sifted.new == (window[2],)
    assert sifted.changed == {2: window[1]}
    assert sifted.former[ArticleId(2)].title == "one"
    assert sifted.seen_ids == (1, 2)
    assert sifted.fresh == (window[2], window[1])
    assert not sifted.is_overrun


def test_a_new_guid_at_an_old_address_is_the_old_article() -> None:
    sifted = sift(
        [article("new", url="https://outlet.test/a")], [seen(1, "old", url="https://outlet.test/a")]
    )
    assert (sifted.new, sifted.seen_ids) == ((), (1,))


def test_an_address_that_the_feed_gives_to_several_tells_nothing() -> None:
    window = [article("a", url="https://outlet.test/"), article("b", url="https://outlet.test/")]
    assert sift(window, [seen(1, "old", url="https://outlet.test/")]).new == tuple(window)


def test_a_guid_given_to_one_article_after_the_other_tells_nothing() -> None:
    window = [article("guid:1", "https://outlet.test/b", "two", MAY_2)]
    first = seen(1, "guid:1", "https://outlet.test/a", "one", MAY_1)
    sifted = sift(window, [first])
    assert [one.identity for one in sifted.new] == ["link:https://outlet.test/b"]
    again = sift(window, [first, seen(2, "link:https://outlet.test/b", "https://outlet.test/b", "two")])
    assert (again.new, again.changed, again.seen_ids) == ((), {}, (2,))


@pytest.mark.parametrize(
    ("text", "at"), [("one", MAY_2), ("two", MAY_1), ("two", None)], ids=["title", "date", "no date"]
)
def test_an_article_that_moves_stays_the_one_it_is(text: str, at: datetime | None) -> None:
    moved = article("guid:1", "https://outlet.test/b", text, at)
    sifted = sift([moved], [seen(1, "guid:1", "https://outlet.test/a", "one", MAY_1)])
    assert (sifted.new, sifted.seen_ids) == ((), (1,))


def test_an_article_that_moves_to_the_address_of_others_stays_the_one_it_is() -> None:
    home = "https://outlet.test/"
    window = [article("guid:1", home, "two", MAY_2), article("guid:2", home, "three", MAY_2)]
    sifted = sift(window, [seen(1, "guid:1", "https://outlet.test/a", "one", MAY_1)])
    assert (sifted.new, sifted.seen_ids) == ((window[1],), (1,))


def test_an_article_that_is_only_its_title_is_the_old_one_under_a_new_date() -> None:
    known = seen(1, "title:2023-05-01 one", "https://outlet.test/", "one")
    bumped = article("title:2023-05-02 one", "https://outlet.test/", "one")
    other = article("title:2023-05-02 two", "https://outlet.test/", "two")
    sifted = sift([bumped, other], [known])
    assert (sifted.new, sifted.seen_ids) == ((other,), (1,))
    twice = article("title:2023-05-03 one", "https://outlet.test/", "one")
    assert sift([bumped, twice], [known]).new == (bumped, twice)


def test_of_two_with_one_identity_the_first_counts() -> None:
    assert sift([article("a"), article("a", text="two")], []).new == (article("a"),)
    assert sift([article("a"), article("a", text="two")], [seen(1, "a")]).changed == {}


def test_what_no_index_can_hold_is_passed_over() -> None:
    assert sift([article("a" * 3000)], []).fresh == ()


def test_a_window_without_anything_known_was_overrun() -> None:
    assert sift([article("a")], []).is_overrun
    assert not sift([], []).is_overrun
