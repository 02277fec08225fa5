"""New, changed, seen."""

from bot.jobs.sift import sift
from bot.model import Article, ArticleId
from bot.storage.articles import Seen


def article(identity: str, url: str = "", text: str = "one") -> Article:
    """Make an article whose hash is its text."""
    return Article(identity, url or f"https://outlet.test/{identity}", text, "", "TVLine", content_hash=text)


def seen(number: int, identity: str, url: str = "", text: str = "one") -> Seen:
    """Make what is stored of such an article."""
    return Seen(ArticleId(number), identity, url or f"https://outlet.test/{identity}", text)


def test_a_window_is_sorted_into_new_changed_and_seen() -> None:
    window = [article("a"), article("b", text="two"), article("c")]
    sifted = sift(window, [seen(1, "a"), seen(2, "b")])
    assert sifted.new == (window[2],)
    assert sifted.changed == {2: window[1]}
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


def test_of_two_with_one_identity_the_first_counts() -> None:
    assert sift([article("a"), article("a", text="two")], []).new == (article("a"),)
    assert sift([article("a"), article("a", text="two")], [seen(1, "a")]).changed == {}


def test_what_no_index_can_hold_is_passed_over() -> None:
    assert sift([article("a" * 3000)], []).fresh == ()


def test_a_window_without_anything_known_was_overrun() -> None:
    assert sift([article("a")], []).is_overrun
    assert not sift([], []).is_overrun
