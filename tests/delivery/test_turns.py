"""What a message says of how its news went on."""

from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest

from bot.delivery.embed import announcement_embed
from bot.delivery.looks import in_words
from bot.delivery.outcome import Later, Sent
from bot.delivery.send import Sender
from bot.model import (
    Announcement,
    AnnouncementId,
    ChannelId,
    GuildId,
    Kind,
    MessageId,
    PartialDate,
    Show,
    ShowId,
    Source,
    Story,
    StoryId,
)
from tests.fakes import FakeDiscord, discord_error

AT = datetime(2025, 5, 14, tzinfo=UTC)
SHOW = Show(ShowId(1), "The Diplomat")
TVLINE = Source("TVLine", "https://tvline.test/(1)", AT)
VARIETY = Source("Variety", "https://variety.test/1", AT)
FALL = Story(
    StoryId(1), SHOW.id, Kind.PREMIERE_DATE, 3, PartialDate.parse("2025-fall"), "Fall", "More", (TVLINE,), "https://i.test"
)  # fmt: skip
DAY = replace(FALL, id=StoryId(2), premiere=PartialDate(2025, 10, 16), sources=(VARIETY,), earlier_id=FALL.id)
RENEWED = replace(FALL, kind=Kind.RENEWED, premiere=None, season=4)
CANCELLED = replace(RENEWED, kind=Kind.CANCELLED, season=None, sources=(VARIETY,))


def embed(
    story: Story, *, earlier: Story | None = None, later: Story | None = None, replies: bool = False
) -> discord.Embed:
    """Lay out a story with what it changes and what changed it."""
    one = Announcement(AnnouncementId(1), GuildId(2), ChannelId(3), story, SHOW)
    reply_to = MessageId(5) if replies else None
    return announcement_embed(replace(one, earlier=earlier, later=later, reply_to=reply_to))


def test_a_message_whose_date_changed_shows_the_new_one_and_who_tells_it() -> None:
    shown = embed(FALL, later=DAY)
    assert shown.description == (
        "📅 **Premiere date**\nMore\n**Now dated: 16 October 2025** · [Variety](https://variety.test/1)"
    )
    assert (shown.fields[1].value or "").startswith("<t:1760608800:D>")


def test_the_follow_up_is_short_and_tells_season_and_day() -> None:
    shown = embed(DAY, earlier=FALL, replies=True)
    assert shown.description == "📅 **Premiere date**\n**Now dated: 16 October 2025**"
    assert [field.name for field in shown.fields] == ["Season", "Premiere"]
    assert (shown.title, shown.image.url) == ("Fall", None)


def test_a_follow_up_without_a_message_to_reply_to_tells_all() -> None:
    shown = embed(DAY, earlier=FALL)
    assert (shown.description or "").startswith("📅 **Premiere date**\nMore")
    assert shown.image.url == "https://i.test"


def test_a_delay_is_told_with_its_date_or_without() -> None:
    delayed = replace(DAY, kind=Kind.DELAYED)
    assert "**Now delayed to: 16 October 2025**" in (embed(delayed, earlier=FALL).description or "")
    shown = embed(FALL, later=replace(delayed, premiere=None))
    assert "**Now delayed**, without a date · [Variety]" in (shown.description or "")
    assert [field.name for field in shown.fields] == ["Season"]


def test_a_reversed_decision_names_the_other_on_both_sides() -> None:
    before = embed(RENEWED, later=CANCELLED).description or ""
    assert before.endswith("Since then: ❌ cancelled · [Variety](https://variety.test/1)")
    after = embed(CANCELLED, earlier=RENEWED).description or ""
    assert after.endswith("Earlier: ✅ renewed, season 4 · [TVLine](https://tvline.test/%281%29)")


@pytest.mark.parametrize(
    ("headline", "word"),
    [
        ("Correction: ‘The Diplomat’ is not back", "Corrected"),
        ("The Diplomat: nothing yet", "Corrected"),
        ("UPDATE: Netflix denies it", "Updated"),
        ("Retracted: a renewal", "Retracted"),
    ],
)
def test_a_page_that_took_something_back_is_named_with_what_it_says_now(headline: str, word: str) -> None:
    shown = embed(replace(RENEWED, sources=(replace(VARIETY, correction=headline), TVLINE)))
    assert (shown.description or "").endswith(f"⚠️ {word} by [Variety](https://variety.test/1): {headline}")


def test_a_correction_brings_no_markup_and_no_broken_link() -> None:
    source = Source("", "ftp://x", AT, "@everyone **look**")
    assert (embed(replace(RENEWED, sources=(source,))).description or "").endswith(
        "⚠️ Corrected by the source: \\@\u200beveryone \\*\\*look\\*\\*"
    )


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2025", "2025"),
        ("2025-fall", "fall 2025"),
        ("2025-10", "October 2025"),
        ("2025-10-06", "6 October 2025"),
    ],
)
def test_a_date_is_told_as_precisely_as_it_is_known(date: str, words: str) -> None:
    assert in_words(PartialDate.parse(date)) == words


def test_hearsay_says_so_until_somebody_confirms_it() -> None:
    heard = replace(RENEWED, sources=(replace(TVLINE, reported=True),))
    assert (embed(heard).description or "").startswith("✅ **Renewed** · reported, not confirmed\n")
    told = embed(replace(heard, sources=(*heard.sources, VARIETY))).description or ""
    assert "reported" not in told
    assert told.endswith("☑️ Confirmed by [Variety](https://variety.test/1)")
    later = replace(RENEWED, id=StoryId(9), sources=(VARIETY,))
    assert (embed(heard, later=later).description or "").endswith(
        "☑️ Confirmed by [Variety](https://variety.test/1)"
    )


async def test_a_follow_up_replies_and_stands_alone_where_that_is_not_allowed() -> None:
    one = Announcement(AnnouncementId(1), GuildId(2), ChannelId(3), DAY, SHOW, reply_to=MessageId(5))
    fake = FakeDiscord()
    sender = Sender(fake)  # type: ignore[arg-type] # as much of a client as is used
    assert isinstance(await sender.send(one), Sent)
    fake.failures = [discord_error(400, 160002)]
    assert isinstance(await sender.send(replace(one, id=AnnouncementId(2))), Sent)
    assert [message.reply_to for message in fake.messages] == [5, None]
    fake.failures = [discord_error(500)]
    assert isinstance(await sender.send(replace(one, id=AnnouncementId(3))), Later)
