from bot import clock
from bot.delivery.outcome import Sent
from bot.delivery.send import Sender
from bot.model import (
    Announcement,
    AnnouncementId,
    ChannelId,
    Feed,
    Kind,
    Listed,
    ShowId,
    Source,
    Story,
    StoryId,
    Trouble,
)
from bot.storage.feeds import list_feeds, record_failure, record_unchanged, sync_feeds
from bot.storage.shows import get_shows
from bot.storage.stories import add_story, list_latest
from bot.storage.troubles import record_trouble
from tests.cogs.test_follow import follow
from tests.people import People, embed_of


async def tell(people: People, show_id: int) -> None:
    async with people.database.transaction() as tx:
        source = Source("TVLine", "https://tvline.com/(a)", clock.now())
        await add_story(
            tx, Story(StoryId(0), ShowId(show_id), Kind.RENEWED, 99, None, "*Renewed*!", "", (source,))
        )


async def test_status_of_a_show_tells_stage_seasons_and_news(people: People) -> None:
    choices = await people.type_into("status", "show", "the diplomat")
    value = next(value for label, value in choices.items() if "Netflix" in label)
    await tell(people, int(value.partition(":")[2]))
    embed = embed_of(await people.use("status", show=value))
    fields = {field.name: field.value or "" for field in embed.fields}
    assert embed.description == "Season 99 is coming; no date yet."
    assert "[\\*Renewed\\*!](https://tvline.com/%28a%29)" in fields["Latest news"]
    assert "Season 1" in fields["Seasons"]
    assert "TVmaze" in (embed.footer.text or "")


async def test_status_of_a_tie_asks_which(people: People) -> None:
    seen = await people.use("status", show="The Diplomat")
    options = seen["message"]["components"][0]["components"][0]["options"]
    chosen = await people.press(seen["message"], "Choose a show", options[0]["value"])
    assert embed_of(chosen).author.name == options[0]["label"]


async def test_button_below_a_follow_tells_what_is_known(people: People) -> None:
    seen = await follow(people)
    pressed = await people.press(seen["message"], "What we know")  # type: ignore[arg-type]  # JSON
    assert embed_of(pressed).title == "What we know"


async def test_status_of_the_server_tells_channel_permissions_and_feeds(people: People) -> None:
    now = clock.now()
    feeds = [named("TVLine", "https://tvline.com"), named("Variety", "https://variety.com")]
    async with people.database.transaction() as tx:
        await sync_feeds(tx, feeds, now)
        broken = (await list_feeds(tx))[1]
        await record_failure(tx, broken.id, now, now, "It answered 404.")
    embed = embed_of(await people.use("status"))
    fields = {field.name: field.value or "" for field in embed.fields}
    assert "/setup channel" in fields["Announcements"]
    assert "▫️ TVLine · not read yet" in fields["Feeds"]
    assert "⚠️ Variety" in fields["Feeds"]
    assert "It answered 404." in fields["Feeds"]


async def test_channel_that_refuses_us_shows_in_status(people: People) -> None:
    now, guild_id = clock.now(), await people.guild_id()
    channel = ChannelId(int(await people.channel("tv-news")))
    await people.use("setup channel", channel=str(channel))
    async with people.database.transaction() as tx:
        await record_trouble(tx, Trouble(channel, guild_id, "it is no *channel*", now, now))
    fields = {field.name: field.value or "" for field in embed_of(await people.use("status")).fields}
    stamp = int(now.timestamp())
    assert fields["Channels that wait to be mended"] == (
        f"⚠️ <#{channel}>: it is no \\*channel\\*. Since <t:{stamp}:R>; I try again <t:{stamp}:R>."
    )


async def test_menu_under_a_summary_tells_what_is_known_and_leaves_it(people: People) -> None:
    choices = await people.type_into("status", "show", "the diplomat")
    show_id = ShowId(int(next(value for label, value in choices.items() if "Netflix" in label)[7:]))
    await tell(people, show_id)
    async with people.database.reading() as tx:
        (story,) = await list_latest(tx, show_id=show_id)
        show = (await get_shows(tx, [show_id]))[show_id]
    channel = ChannelId(int(await people.channel("tv-news")))
    lines = tuple(Listed(AnnouncementId(number), story, show, clock.now()) for number in (1, 2))
    summary = Announcement(AnnouncementId(1), await people.guild_id(), channel, story, show, listed=lines)
    assert isinstance(await Sender(people.client).send(summary), Sent)
    (message,) = [one for one in await people.messages("tv-news") if one["embeds"]]
    pressed = await people.press(message, "What we know of …", str(show_id))
    assert embed_of(pressed).title == "What we know"
    assert (await people.messages("tv-news"))[-1]["embeds"][0]["title"] == "2 more pieces of news"


async def test_status_of_an_unknown_show_offers_near_names(people: People) -> None:
    seen = await people.use("status", show="The Diplomatt")
    assert "Did you mean" in seen["message"]["content"]


async def test_feed_that_was_read_says_when(people: People) -> None:
    now = clock.now()
    async with people.database.transaction() as tx:
        await sync_feeds(tx, [named("TVLine", "https://tvline.com")], now)
        await record_unchanged(tx, (await list_feeds(tx))[0].id, now, now)
    fields = {field.name: field.value for field in embed_of(await people.use("status")).fields}
    assert fields["Feeds"] == f"✅ TVLine · <t:{int(now.timestamp())}:R>"


def named(name: str, url: str) -> Feed:
    return Feed(id=0, name=name, url=url, next_poll_at=clock.now())  # type: ignore[arg-type]  # the id is not read
