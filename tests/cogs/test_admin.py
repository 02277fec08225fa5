from bot.guilds.settings import server_settings
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
