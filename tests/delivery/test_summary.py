from dataclasses import replace
from typing import Any, cast

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.outcome import Sent
from bot.delivery.send import Sender, written
from bot.delivery.summary import MAX_LINES, fitting, summary_embed
from bot.model import Announcement, AnnouncementId, Kind, Listed, MessageId, ShowId, Source
from tests.delivery.test_embed import AT, DIPLOMAT, RENEWED, announcement
from tests.fakes import FakeDiscord


def listed(number: int = 1, **story: Any) -> Listed:
    show = replace(DIPLOMAT, id=ShowId(number))
    return Listed(AnnouncementId(number), replace(RENEWED, **story), show, AT)


def summary(*lines: Listed) -> Announcement:
    return replace(announcement(), listed=lines)


def test_each_story_has_a_line_with_kind_show_and_linked_headline() -> None:
    page = Source("Variety", "https://variety.com/(a)", AT)
    embed = summary_embed(
        summary(listed(1), listed(2, kind=Kind.CASTING, headline="*Star* joins", sources=(page,)))
    )
    assert embed.title == "2 more pieces of news"
    assert embed.description == (
        "✅ **The Diplomat** · [‘The Diplomat’ Renewed for Season 2 at Netflix](https://tvline.com/diplomat)\n"
        "🎭 **The Diplomat** · [\\*Star\\* joins](https://variety.com/%28a%29)"
    )


def test_story_without_headline_or_address_is_told_by_its_kind() -> None:
    embed = summary_embed(summary(listed(headline=" ", sources=(Source("X", "", AT),))))
    assert (embed.title, embed.description) == ("One more piece of news", "✅ **The Diplomat** · Renewed")


def test_one_story_always_fits() -> None:
    long = listed(sources=(Source("X", f"https://x.com/{'(' * 2000}", AT),))
    assert (fitting([]), fitting([long]), fitting([long, long])) == (0, 1, 1)


@given(st.lists(st.integers(0, 300), max_size=80))
def test_summary_stays_inside_discords_limits_and_leaves_out_nothing_that_fits(lengths: list[int]) -> None:
    lines = [listed(number, headline="x" * length) for number, length in enumerate(lengths, 1)]
    count = fitting(lines)
    if lines:
        embed, view = written(summary(*lines))
        assert (embed.description or "").count("\n") == count - 1
        assert len(embed.description or "") <= MAX_LINES
        assert len(embed) <= 6000
        (menu,) = view.children
        assert isinstance(menu, discord.ui.Select)
        assert len(menu.options) == min(len(lines), 25)


async def test_summary_of_a_lost_answer_is_found_and_not_sent_again() -> None:
    fake = FakeDiscord(forgets_nonces=True)
    one = summary(listed(1), listed(2))
    sender = Sender(cast(discord.Client, fake))
    assert await sender.send(one) == Sent(MessageId(1000))
    assert await sender.send(replace(one, attempts=3, doubtful_since=AT)) == Sent(MessageId(1000))
    assert len(fake.messages) == 1
