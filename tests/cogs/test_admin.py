import asyncio

import discord

from bot import clock
from bot.guilds.settings import server_settings
from bot.model import ChannelId, Follow, GuildId, Kind, Source, Story, StoryId, Trouble
from bot.storage.follows import add_follow
from bot.storage.outbox import add_announcements
from bot.storage.shows import list_shows
from bot.storage.stories import add_story
from bot.storage.troubles import get_trouble, list_troubles, record_trouble
from tests.people import People, embed_of


async def test_admin_chooses_the_channel(people: People) -> None:
    general = await people.channel("general")
    seen = await people.use("setup channel", channel=general)
    assert f"<#{general}>" in seen["message"]["content"]
    assert (await server_settings(people.database, await people.guild_id())).channel_id == int(general)
    fields = {field.name: field.value for field in embed_of(await people.use("settings")).fields}
    assert fields == {"Announcements": f"<#{general}>", "Permissions": "✅ Nothing is missing"}


async def test_missing_permission_is_named_and_nothing_is_set(people: People) -> None:
    await people.change("general", deny=["embed_links"])
    seen = await people.use("setup channel", channel=await people.channel("general"))
    assert "I lack Embed Links there" in seen["message"]["content"]
    assert (await server_settings(people.database, await people.guild_id())).channel_id is None


async def test_permission_lost_later_shows_in_settings_and_status(people: People) -> None:
    await people.use("setup channel", channel=await people.channel("general"))
    await people.change("general", deny=["send_messages"])
    for command in ("settings", "status"):
        fields = {field.name: field.value for field in embed_of(await people.use(command)).fields}
        assert fields["Permissions"] == "⚠️ Missing: Send Messages"


async def test_member_without_manage_server_cannot_set_up(people: People) -> None:
    seen = await people.use("setup channel", who="sam", channel=await people.channel("general"))
    assert seen["status"] == "refused"


async def close_channel(people: People, channel: str) -> Trouble:
    """Let a story wait for a channel that takes nothing."""
    guild_id, now = await people.guild_id(), clock.now()
    await people.use("setup channel", channel=await people.channel(channel))
    trouble = Trouble(
        ChannelId(int(await people.channel(channel))), guild_id, "no", now, now.replace(year=2099)
    )
    async with people.database.transaction() as tx:
        show_id = (await list_shows(tx))[0].id
        await add_follow(tx, Follow(guild_id, show_id), now)
        source = Source("TVLine", "https://tvline.com/a", now)
        story = Story(StoryId(0), show_id, Kind.RENEWED, 2, None, "Renewed", "", (source,))
        await add_announcements(tx, await add_story(tx, story), now)
        await record_trouble(tx, trouble)
    return trouble


async def test_another_channel_takes_over_what_a_closed_one_would_not_take(people: People) -> None:
    await close_channel(people, "general")
    seen = await people.use("setup channel", channel=await people.channel("tv-news"))
    assert "What waited for the channel before comes here too (1)." in seen["message"]["content"]
    async with people.database.reading() as tx:
        assert await list_troubles(tx, await people.guild_id()) == ()


async def test_permission_given_back_lets_the_channel_be_tried_at_once(people: People) -> None:
    trouble = await close_channel(people, "general")
    await people.change("general", allow=["send_messages"])
    async with asyncio.timeout(5):
        while True:
            async with people.database.reading() as tx:
                now = await get_trouble(tx, trouble.channel_id)
            assert now is not None
            if now.probe_at < trouble.probe_at:
                break
            await asyncio.sleep(0.01)


async def test_changed_role_in_a_server_without_trouble_changes_nothing(people: People) -> None:
    await people.go_wrong("role_permissions", guild_id=str(await people.guild_id()), permissions=0)
    async with people.database.reading() as tx:
        assert await list_troubles(tx, GuildId(await people.guild_id())) == ()


async def test_publishing_is_a_choice_that_settings_show(people: People) -> None:
    seen = await people.use("setup publish", publish=True)
    assert "ten messages an hour" in seen["message"]["content"]
    fields = {field.name: field.value for field in embed_of(await people.use("settings")).fields}
    assert fields["Publishing"] == "In announcement channels, ten an hour"
    seen = await people.use("setup publish", publish=False)
    assert "I publish nothing" in seen["message"]["content"]
    assert not (await server_settings(people.database, await people.guild_id())).publish


async def test_forum_and_thread_can_be_chosen_too(people: People) -> None:
    told = {"guild_id": str(await people.guild_id()), "name": "stories", "kind": "forum"}
    async with people.session.post(f"{people.base}/sandbox/channels", json=told) as response:
        assert response.status < 300
    parent = people.client.get_channel(int(await people.channel("tv-news")))
    assert isinstance(parent, discord.TextChannel)
    thread = await parent.create_thread(name="shows", type=discord.ChannelType.public_thread)
    for place in (await people.channel("stories"), str(thread.id)):
        seen = await people.use("setup channel", channel=place)
        assert f"<#{place}>" in seen["message"]["content"]
        fields = {field.name: field.value for field in embed_of(await people.use("status")).fields}
        assert fields["Permissions"] == "✅ Nothing is missing"


async def test_permission_for_threads_is_named(people: People) -> None:
    parent = people.client.get_channel(int(await people.channel("tv-news")))
    assert isinstance(parent, discord.TextChannel)
    thread = await parent.create_thread(name="shows", type=discord.ChannelType.public_thread)
    await people.change("tv-news", deny=["send_messages_in_threads"])
    seen = await people.use("setup channel", channel=str(thread.id))
    assert "I lack Send Messages in Threads there" in seen["message"]["content"]
