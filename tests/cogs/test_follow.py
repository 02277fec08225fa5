import pytest

from bot.errors import StorageError
from bot.guilds.follows import Wish, follow_show, following
from bot.model import ChannelId, Show, ShowId, UserId
from bot.storage.database import Database
from bot.storage.shows import add_shows
from tests.fakes import Listing
from tests.people import People, embed_of, logged_in, served


async def follow(
    people: People, starts: str = "The Diplomat (2023 · Netflix", **options: str
) -> dict[str, object]:
    choices = await people.type_into("follow", "show", starts.split(" (")[0])
    picked = next(value for label, value in choices.items() if label.startswith(starts))
    return await people.use("follow", show=picked, **options)


async def followed_names(people: People) -> list[str]:
    return [show.name for _, show in await following(people.database, await people.guild_id())]


async def test_suggestion_tells_namesakes_apart(people: People) -> None:
    labels = list(await people.type_into("follow", "show", "the diplomat"))
    assert any(label.startswith("The Diplomat (2023 · Netflix") for label in labels)
    assert any("Alibi" in label for label in labels)


async def test_show_picked_from_the_list_is_followed_where_the_admin_stands(people: People) -> None:
    seen = await follow(people)
    embed = embed_of(seen)
    channel = await people.channel("tv-news")
    assert seen["ephemeral"]
    assert embed.title == "Following"
    assert embed.description == f"News will come to <#{channel}>. `/setup channel` chooses another."
    assert [one.channel_id for one, _ in await following(people.database, await people.guild_id())] == [
        int(channel)
    ]


async def test_tie_asks_which_and_the_choice_is_followed(people: People) -> None:
    seen = await people.use("follow", show="the diplomat")
    assert seen["message"]["content"] == "Several shows are called so. Which one do you mean?"
    options = seen["message"]["components"][0]["components"][0]["options"]
    alibi = next(one["value"] for one in options if "Alibi" in one["label"])
    chosen = await people.press(seen["message"], "Choose a show", alibi)
    assert "Alibi" in (embed_of(chosen).author.name or "")
    assert chosen["message"]["content"] == ""


async def test_unknown_show_is_answered_with_near_names(people: People) -> None:
    seen = await people.use("follow", show="Diplomat")
    assert "Did you mean one of these?" in seen["message"]["content"]
    assert seen["message"]["components"]


async def test_nonsense_is_answered_kindly(people: People) -> None:
    for typed in ("x" * 200, "🎬🎬🎬", "@everyone", "tvmaze:999999999"):
        seen = await people.use("follow", show=typed)
        assert seen["status"] == "answered"
        assert seen["message"]["content"]
    assert await followed_names(people) == []


async def test_second_follow_of_a_show_says_that_it_is_followed(people: People) -> None:
    await follow(people)
    seen = await follow(people)
    assert "follows The Diplomat (2023 · Netflix" in seen["message"]["content"]  # type: ignore[index]  # JSON


async def test_named_channel_gets_the_news_and_a_second_one_moves_it(people: People) -> None:
    general, news = await people.channel("general"), await people.channel("tv-news")
    await follow(people, channel=general)
    assert embed_of(await follow(people, channel=news)).title == "Moved"
    [(follows, _)] = await following(people.database, await people.guild_id())
    assert follows.channel_id == ChannelId(int(news))


async def test_channel_where_we_may_not_write_is_refused_by_name(people: People) -> None:
    await people.change("general", deny=["embed_links", "send_messages"])
    seen = await follow(people, channel=await people.channel("general"))
    assert "I lack Send Messages and Embed Links there" in seen["message"]["content"]  # type: ignore[index]  # JSON


async def test_nobody_speaks_through_us_where_they_may_not_write(people: People) -> None:
    await people.change("general", overwrite_id=await people.person("sam"), deny=["send_messages"])
    choices = await people.type_into("follow", "show", "ghosts")
    general = await people.channel("general")
    seen = await people.use("follow", who="sam", show=next(iter(choices.values())), channel=general)
    assert "You may not write in" in seen["message"]["content"]


async def test_unfollowed_show_comes_back_by_undo(people: People) -> None:
    await follow(people)
    assert len(await people.type_into("unfollow", "show", "")) == 1
    assert len(await people.type_into("unfollow", "show", "diplo")) == 1
    seen = await people.use("unfollow", show="the diplomat")
    assert "no longer follows" in seen["message"]["content"]
    assert await followed_names(people) == []
    undone = await people.press(seen["message"], "Undo")
    assert "again" in undone["message"]["content"]
    assert await followed_names(people) == ["The Diplomat"]


async def test_follow_can_be_stopped_below_its_answer(people: People) -> None:
    seen = await follow(people)
    await people.press(seen["message"], "Stop following")  # type: ignore[arg-type]  # JSON
    assert await followed_names(people) == []


async def test_button_works_after_a_restart(sqlite_database: Database) -> None:
    async with served() as loopback:
        async with logged_in(loopback, sqlite_database) as people:
            seen = await follow(people)
        async with logged_in(loopback, sqlite_database) as people:
            await people.press(seen["message"], "Stop following")  # type: ignore[arg-type]  # JSON
            assert await followed_names(people) == []


async def test_suggestions_stay_empty_while_the_database_is_in_trouble(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: object) -> None:
        raise StorageError("locked")

    monkeypatch.setattr("cogs.options.suggest_followed", locked)
    assert await people.type_into("unfollow", "show", "x") == {}


async def test_bot_that_is_administrator_lacks_nothing(people: People) -> None:
    guild_id = await people.guild_id()
    await people.go_wrong("role_permissions", guild_id=str(guild_id), permissions=8)
    await people.change("general", deny=["send_messages"])
    seen = await people.use("setup channel", channel=await people.channel("general"))
    assert "News will come" in seen["message"]["content"]


async def test_unfollow_of_namesakes_asks_which(people: People) -> None:
    await follow(people)
    await follow(people, "The Diplomat (2023 · Alibi")
    seen = await people.use("unfollow", show="The Diplomat")
    options = seen["message"]["components"][0]["components"][0]["options"]
    await people.press(seen["message"], "Choose a show", options[0]["value"])
    assert len(await followed_names(people)) == 1


async def test_unfollow_where_nothing_is_followed_says_how_to_begin(people: People) -> None:
    seen = await people.use("unfollow", show="Lost")
    assert "follows no show yet" in seen["message"]["content"]
    seen = await people.use("following")
    assert "follows no show yet" in seen["message"]["content"]


async def test_unfollow_of_what_is_not_followed_says_so(people: People) -> None:
    await follow(people)
    for typed in ("tvmaze:1", "Nothing Alike"):
        seen = await people.use("unfollow", show=typed)
        assert "follow" in seen["message"]["content"]
    assert await followed_names(people) == ["The Diplomat"]


async def test_long_list_has_pages(people: People) -> None:
    for value in range(1, 18):
        show = Show(ShowId(9000 + value), f"Show {value:02}")
        async with people.database.transaction() as tx:
            await add_shows(tx, [Listing(show)])
        wish = Wish(await people.guild_id(), UserId(1), ChannelId(1))
        await follow_show(people.database, wish, show)
    count = len(await followed_names(people))
    seen = await people.use("following")
    embed = embed_of(seen)
    assert embed.title == f"This server follows {count} shows"
    assert len((embed.description or "").splitlines()) == 15
    turned = await people.press(seen["message"], "▶")
    assert (embed_of(turned).footer.text or "").startswith("Page 2")
    assert embed_of(await people.press(turned["message"], "◀")).description == embed.description
