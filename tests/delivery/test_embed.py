import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.embed import LOOKS, announcement_embed, day_stamp, premiere_text, told_by
from bot.delivery.plain import units
from bot.model import (
    Announcement,
    AnnouncementId,
    ChannelId,
    GuildId,
    Kind,
    PartialDate,
    Show,
    ShowId,
    Source,
    Story,
    StoryId,
)

AT = datetime(2023, 5, 1, 14, tzinfo=UTC)
DIPLOMAT = Show(
    ShowId(55),
    "The Diplomat",
    2023,
    network="Netflix",
    country="US",
    url="https://www.tvmaze.com/shows/55/the-diplomat",
    image_url="https://img.example/poster.jpg",
)
RENEWED = Story(
    StoryId(7),
    DIPLOMAT.id,
    Kind.RENEWED,
    2,
    None,
    "‘The Diplomat’ Renewed for Season 2 at Netflix",
    "Keri Russell stays in London.",
    (Source("TVLine", "https://tvline.com/diplomat", AT),),
)


def announcement(story: Story = RENEWED, show: Show = DIPLOMAT) -> Announcement:
    return Announcement(AnnouncementId(1), GuildId(2), ChannelId(3), story, show)


def fields(embed: discord.Embed) -> dict[str | None, str | None]:
    return {field.name: field.value for field in embed.fields}


def test_announcement_tells_show_headline_kind_season_network_and_source() -> None:
    embed = announcement_embed(announcement())
    assert embed.author.name == "The Diplomat (2023 · Netflix · US)"
    assert embed.author.url == DIPLOMAT.url
    assert (embed.title, embed.url) == (RENEWED.headline, "https://tvline.com/diplomat")
    assert embed.description == "✅ **Renewed**\nKeri Russell stays in London."
    assert fields(embed) == {"Season": "2", "Network": "Netflix"}
    assert embed.footer.text == "TVLine · Show data: TVmaze, CC BY-SA"
    assert embed.thumbnail.url == DIPLOMAT.image_url
    assert embed.timestamp == AT


def test_articles_picture_is_shown_large() -> None:
    embed = announcement_embed(announcement(replace(RENEWED, image_url="https://img.example/still.jpg")))
    assert embed.image.url == "https://img.example/still.jpg"


def test_every_kind_has_its_own_word_icon_and_colour() -> None:
    assert set(LOOKS) == set(Kind)
    for mark in ("word", "icon", "colour"):
        assert len({getattr(look, mark) for look in LOOKS.values()}) == len(Kind)


def test_known_day_is_told_in_the_readers_own_writing() -> None:
    story = replace(RENEWED, kind=Kind.PREMIERE_DATE, premiere=PartialDate(2024, 10, 31))
    stamp = int(datetime(2024, 10, 31, 10, tzinfo=UTC).timestamp())
    assert fields(announcement_embed(announcement(story)))["Premiere"] == f"<t:{stamp}:D> (<t:{stamp}:R>)"


@pytest.mark.parametrize("offset_h", [-10, -7, 0, 5.5, 9, 13])
def test_day_is_the_same_day_wherever_people_live(offset_h: float) -> None:
    there = datetime.fromtimestamp(day_stamp(date(2025, 10, 16)), timezone(timedelta(hours=offset_h)))
    assert there.date() == date(2025, 10, 16)


@pytest.mark.parametrize(
    ("premiere", "told"), [("2025-fall", "fall 2025"), ("2025-10", "October 2025"), ("2027", "2027")]
)
def test_unknown_day_is_not_invented(premiere: str, told: str) -> None:
    assert premiere_text(PartialDate.parse(premiere)) == told


def test_footer_names_each_outlet_once_and_counts_the_rest() -> None:
    sources = tuple(
        Source(name, "https://a.example", AT) for name in ("TVLine", "Variety", "TVLine", "Deadline")
    )
    assert told_by(sources) == "TVLine · also Variety, Deadline"
    many = tuple(Source(f"Outlet {number}", "https://a.example", AT) for number in range(9))
    assert told_by(many) == "Outlet 0 · also Outlet 1, Outlet 2, Outlet 3, Outlet 4, Outlet 5, 3 more"


def test_headline_of_nothing_gives_way_to_show_and_kind() -> None:
    assert announcement_embed(announcement(replace(RENEWED, headline=" \n"))).title == "The Diplomat: Renewed"


def test_summary_that_repeats_the_headline_is_left_out() -> None:
    story = replace(RENEWED, summary=RENEWED.headline)
    assert announcement_embed(announcement(story)).description == "✅ **Renewed**"


def test_address_that_discord_would_refuse_is_left_out() -> None:
    story = replace(RENEWED, image_url="javascript:alert(1)", sources=(Source("X", "ftp://x", AT),))
    bare = Show(ShowId(1), "", url="about:blank", image_url="x" * 3000)
    embed = announcement_embed(announcement(story, bare))
    assert (embed.url, embed.image.url, embed.thumbnail.url, embed.author.url) == (None,) * 4
    assert embed.author.name == "Show 1"


TEXT = st.text(max_size=900) | st.text(st.sampled_from("ab *_~`|[]()<>@#:/\\😀\n"), max_size=900)
STORIES = st.builds(
    replace,
    st.just(RENEWED),
    headline=TEXT,
    summary=TEXT,
    kind=st.sampled_from(Kind),
    season=st.none() | st.integers(1, 99),
    premiere=st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(PartialDate.of_day),
    sources=st.lists(st.builds(Source, TEXT, TEXT, st.just(AT)), min_size=1, max_size=30).map(tuple),
)
SHOWS = st.builds(Show, st.just(ShowId(1)), TEXT, network=TEXT, country=TEXT, url=TEXT, image_url=TEXT)


@given(STORIES, SHOWS)
def test_any_story_stays_inside_every_limit_and_brings_no_markup(story: Story, show: Show) -> None:
    embed = announcement_embed(announcement(story, show))
    texts = [embed.title or "", embed.description or "", embed.footer.text or "", embed.author.name or ""]
    values = [text or "" for field in embed.fields for text in (field.name, field.value)]
    for text, limit in zip(texts, (256, 4096, 2048, 256), strict=True):
        assert 0 < units(text) <= limit
    assert all(0 < units(value) <= 1024 for value in values)
    assert sum(map(units, texts + values)) <= 6000
    written = (embed.description or "").removeprefix(f"{LOOKS[story.kind].icon} **{LOOKS[story.kind].word}**")
    assert re.search(r"(?<!\\)(?:\\\\)*[`*_~|<>#\[\]()@]", (embed.title or "") + " " + written) is None
