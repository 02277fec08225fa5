from datetime import UTC, date, datetime

from bot.guilds.follows import Followed, Place
from bot.guilds.stage import Stage
from bot.guilds.status import ShowStatus
from bot.model import (
    ChannelId,
    Follow,
    GuildId,
    Kind,
    PartialDate,
    Season,
    Show,
    ShowId,
    Source,
    Story,
    StoryId,
)
from cogs.options import MAX_LABEL, short_label
from cogs.replies import MAX_FIELD, followed_embed, following_embed, show_embed

AT = datetime(2023, 5, 1, tzinfo=UTC)
SHOW = Show(ShowId(55), "M*A*S*H", 1972, network="CBS")


def status(**changes: object) -> ShowStatus:
    known = {"show": SHOW, "stage": Stage("Ended."), "seasons": (), "stories": ()} | changes
    return ShowStatus(**known)  # type: ignore[arg-type]  # the right types, by name


def told(headline: str, url: str = "https://tvline.com") -> Story:
    return Story(StoryId(1), SHOW.id, Kind.RENEWED, 2, None, headline, "", (Source("TVLine", url, AT),))


def test_follow_without_a_channel_says_who_can_help() -> None:
    embed = followed_embed(Followed(SHOW, Place.NOWHERE, None), status())
    assert "/setup channel" in (embed.description or "")


def test_follow_where_one_stands_says_why_there() -> None:
    embed = followed_embed(Followed(SHOW, Place.HERE, ChannelId(1)), status())
    assert embed.description == "News will come here, to <#1>, as this server has chosen no channel yet."


def test_list_shows_names_as_they_are_written() -> None:
    embed = following_embed([(Follow(GuildId(1), SHOW.id), SHOW)], 0)
    assert embed.title == "This server follows 1 show"
    assert embed.description == r"**M\*A\*S\*H** · 1972 · CBS · no channel yet"


def test_page_of_the_longest_names_fits() -> None:
    followed = [
        (Follow(GuildId(1), SHOW.id, ChannelId(10**18)), Show(ShowId(n), "*" * 300, 2020)) for n in range(15)
    ]
    assert len(following_embed(followed, 0).description or "") <= 4096


def test_next_premiere_is_told_with_the_stage() -> None:
    embed = show_embed(status(stage=Stage("Season 3 is announced.", 3, PartialDate.parse("2025-fall"))))
    assert embed.description == "Season 3 is announced.\n📅 fall 2025"


def test_many_seasons_are_cut_to_the_last() -> None:
    seasons = tuple(
        Season(number, None, date(1970 + number, 1, 1) if number > 1 else None) for number in range(1, 12)
    )
    fields = {field.name: field.value or "" for field in show_embed(status(seasons=seasons)).fields}
    assert fields["Seasons"].splitlines()[0] == "7 earlier seasons"
    assert len(fields["Seasons"].splitlines()) == 5


def test_news_without_an_address_or_headline_is_told_all_the_same() -> None:
    stories = (told("", url="ftp://x"), told("*" * 900, url="https://a.example/" + "x" * 900))
    fields = {field.name: field.value or "" for field in show_embed(status(stories=stories)).fields}
    assert fields["Latest news"].startswith("✅ Renewed\n")
    assert len(fields["Latest news"]) <= MAX_FIELD


def test_label_is_as_short_as_discords_lists_take_it() -> None:
    assert len(short_label(Show(ShowId(1), "x" * 300))) == MAX_LABEL
