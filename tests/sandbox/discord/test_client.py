"""The stand-in under the real, unmodified client library."""

import asyncio
import contextlib
import io
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import yarl

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the library imports audioop, which is on its way out
    import discord
    from discord import app_commands

from sandbox.discord import DEFAULT_TOKEN, ROBIN_ID, SAM_ID
from sandbox.discord.nouns import Channel, ChannelKind, Flag, Overwrite
from sandbox.discord.permissions import Permission
from sandbox.discord.world import add_channel
from tests.sandbox.discord.place import Json, Opener, Place

Asked = discord.Interaction["Bot"]


class Form(discord.ui.Modal, title="Quiet hours"):
    """A modal with one line."""

    hours: discord.ui.TextInput[Any] = discord.ui.TextInput(label="Hours", custom_id="hours")

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Answer with what was typed."""
        await interaction.response.send_message(f"quiet {self.hours.value}", ephemeral=True)


class Buttons(discord.ui.View):
    """A button and a select."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Undo", custom_id="undo")
    async def undo(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Change the message."""
        await interaction.response.edit_message(content="undone", view=None)

    @discord.ui.select(
        custom_id="kinds", options=[discord.SelectOption(label="a"), discord.SelectOption(label="b")]
    )
    async def kinds(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Change the message later."""
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"chose {select.values[0]}")


class Bot(discord.AutoShardedClient):
    """A small bot of its own kind."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            guild_ready_timeout=0.1,
            chunk_guilds_at_startup=False,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.tree = app_commands.CommandTree(self)
        self.is_up = asyncio.Event()
        self.running: asyncio.Task[None] | None = None
        self.events: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self._add_commands()

    async def on_ready(self) -> None:
        self.is_up.set()

    async def on_resumed(self) -> None:
        self.events.put_nowait(("resumed", None))

    async def on_message(self, message: discord.Message) -> None:
        self.events.put_nowait(("message", message.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.events.put_nowait(("join", guild.name))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.events.put_nowait(("remove", guild.name))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.events.put_nowait(("channel gone", channel.name))

    async def hear(self) -> tuple[str, Any]:
        """Give the next event."""
        return await asyncio.wait_for(self.events.get(), 10)

    def _add_commands(self) -> None:
        @self.tree.command()
        async def follow(asked: Asked, show: str, channel: discord.TextChannel | None = None) -> None:
            """Follow a show."""
            where = f" in {channel.name}" if channel is not None else ""
            await asked.response.send_message(f"Following {show}{where}", view=Buttons(), ephemeral=True)

        @follow.autocomplete("show")
        async def near(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=f"{typed}… (2023 · Netflix · US)", value="18")]

        @self.tree.command()
        async def slow(asked: Asked) -> None:
            """Answer later."""
            await asked.response.defer(thinking=True)
            await asked.followup.send("at last")
            await asked.followup.send("and more")

        @self.tree.command()
        async def mute(asked: Asked) -> None:
            """Say nothing."""

        setup = app_commands.Group(
            name="setup",
            description="Set the server up",
            default_permissions=discord.Permissions(manage_guild=True),
        )

        @setup.command()
        async def quiet(asked: Asked) -> None:
            """Ask for quiet hours."""
            await asked.response.send_modal(Form())

        self.tree.add_command(setup)


Starter = Callable[[Place], Awaitable[Bot]]


@pytest.fixture
async def start_bot(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Starter]:
    """Starts the bot on a stand-in, and ends it with the test."""
    started: list[Bot] = []

    async def start(place: Place) -> Bot:
        point_client(monkeypatch, place)
        bot = Bot()
        bot.running = asyncio.create_task(bot.start(DEFAULT_TOKEN))
        started.append(bot)
        await asyncio.wait_for(bot.is_up.wait(), 10)
        return bot

    yield start
    for bot in started:
        await bot.close()
        if bot.running is not None:
            with contextlib.suppress(discord.ConnectionClosed):
                await bot.running


@pytest.fixture
async def bot(place: Place, start_bot: Starter) -> Bot:
    """The bot, ready, its commands registered."""
    bot = await start_bot(place)
    await bot.tree.sync()
    return bot


def point_client(monkeypatch: pytest.MonkeyPatch, place: Place) -> None:
    """Lead the library to the stand-in."""
    monkeypatch.setattr("discord.http.Route.BASE", f"{place.base}/api/v10")
    gateway = yarl.URL(f"{place.base.replace('http', 'ws')}/gateway")
    monkeypatch.setattr("discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY", gateway)


async def use(place: Place, name: str, user_id: int = ROBIN_ID, **options: Any) -> Json:
    """Use a command in #general, and give the outcome."""
    asked = {"channel_id": place.channel("general").id, "user_id": user_id, "name": name, "options": options}
    outcome: Json = (await place.control("POST", "/commands", asked)).body
    return outcome


def writable(bot: Bot, channel: Channel) -> discord.abc.Messageable:
    """Give the bot's view of a channel."""
    return bot.get_partial_messageable(channel.id, guild_id=channel.guild_id)


async def test_the_client_logs_in_and_sees_the_server_with_its_permissions(place: Place, bot: Bot) -> None:
    (guild,) = bot.guilds
    assert (guild.name, bot.shard_count) == ("The Couch", 1)
    may = {one.name: one.permissions_for(guild.me).view_channel for one in guild.channels}
    assert may["general"]
    assert not may["mods"]
    assert place.state.counts.requests["GET /gateway/bot"] == 1
    assert place.state.counts.json()["invalid"] == {}


async def test_syncing_registers_the_commands_and_changes_nothing_twice(place: Place, bot: Bot) -> None:
    listed = (await place.control("GET", f"/commands?guild_id={place.guild.id}")).body
    assert [command["name"] for command in listed] == ["follow", "mute", "setup", "slow"]
    assert [command["default_member_permissions"] for command in listed] == [None, None, "32", None]
    again = await bot.tree.sync()
    assert {str(command.id) for command in again} == {command["id"] for command in listed}


async def test_typing_gives_choices_and_the_command_an_answer_for_one_person(place: Place, bot: Bot) -> None:
    general = place.channel("general")
    typed = {"channel_id": general.id, "user_id": SAM_ID, "name": "follow", "focused": "show", "typed": "Dip"}
    outcome = (await place.control("POST", "/autocomplete", typed)).body
    assert outcome["choices"] == [{"name": "Dip… (2023 · Netflix · US)", "value": "18"}]
    outcome = await use(place, "follow", SAM_ID, show="18", channel=str(general.id))
    assert (outcome["status"], outcome["ephemeral"]) == ("answered", True)
    assert outcome["message"]["content"] == "Following 18 in general"
    path = f"/channels/{general.id}/messages"
    assert len((await place.control("GET", f"{path}?user_id={SAM_ID}")).body) == 1
    assert (await place.control("GET", f"{path}?user_id={ROBIN_ID}")).body == []


async def test_a_deferred_answer_takes_the_first_follow_up(place: Place, bot: Bot) -> None:
    outcome = await use(place, "slow")
    assert (outcome["status"], outcome["deferred"]) == ("answered", True)
    assert outcome["message"]["content"] == "at last"
    message = place.channel("general").messages[int(outcome["message"]["id"])]
    assert message.flags == 0


async def test_buttons_and_selects_change_their_message(place: Place, bot: Bot) -> None:
    message_id = (await use(place, "follow", show="18"))["message"]["id"]
    pressed = {"message_id": message_id, "user_id": ROBIN_ID}
    outcome = (
        await place.control("POST", "/components", {**pressed, "custom_id": "kinds", "values": ["b"]})
    ).body
    assert (outcome["status"], outcome["message"]["content"]) == ("updated", "chose b")
    outcome = (await place.control("POST", "/components", {**pressed, "custom_id": "undo"})).body
    assert (outcome["message"]["content"], outcome["message"]["components"]) == ("undone", [])
    gone = await place.control("POST", "/components", {**pressed, "custom_id": "undo"})
    assert gone.status == 400


async def test_a_modal_opens_and_is_answered(place: Place, bot: Bot) -> None:
    outcome = await use(place, "setup quiet")
    assert (outcome["status"], outcome["modal"]["title"]) == ("modal", "Quiet hours")
    filled = {"interaction_id": outcome["interaction_id"], "user_id": ROBIN_ID, "values": {"hours": "22-7"}}
    answered = (await place.control("POST", "/modals", filled)).body
    assert answered["message"]["content"] == "quiet 22-7"


async def test_a_member_without_manage_server_is_refused_by_discord_itself(place: Place, bot: Bot) -> None:
    outcome = await use(place, "setup quiet", SAM_ID)
    assert outcome["status"] == "refused"
    assert "permission" in outcome["reason"]


async def test_a_bot_that_says_nothing_did_not_respond(open_place: Opener, start_bot: Starter) -> None:
    place = await open_place(answer_window_s=0.1)
    bot = await start_bot(place)
    await bot.tree.sync()
    outcome = await use(place, "mute")
    assert (outcome["status"], outcome["reason"]) == ("failed", "The application did not respond")


async def test_a_repeated_send_with_its_nonce_makes_one_message(place: Place, bot: Bot) -> None:
    news = place.channel("tv-news")
    channel = writable(bot, news)
    embed = discord.Embed(title="Renewed", url="https://example.org/a", colour=0x2ECC71)
    embed.add_field(name="Season", value="2").set_footer(text="TVLine")
    first = await channel.send(embed=embed, nonce="greenlit-1")
    again = await channel.send(embed=embed, nonce="greenlit-1")
    assert first.id == again.id
    assert len(news.messages) == 1
    await first.edit(content="changed", embed=discord.Embed(title="Renewed twice"))
    assert news.messages[first.id].embeds[0]["title"] == "Renewed twice"
    assert [message.id async for message in channel.history(limit=5)] == [first.id]
    await first.delete()
    assert news.messages == {}


async def test_refusals_arrive_as_the_clients_own_errors(place: Place, bot: Bot) -> None:
    with pytest.raises(discord.Forbidden) as forbidden:
        await writable(bot, place.channel("mods")).send("hello")
    assert forbidden.value.code == 50001
    with pytest.raises(discord.NotFound) as lost:
        await bot.get_partial_messageable(1).send("hello")
    assert lost.value.code == 10003
    with pytest.raises(discord.HTTPException) as broken:
        await writable(bot, place.channel("general")).send("c" * 2001)
    assert broken.value.code == 50035


async def test_publishing_and_forum_posts_work(place: Place, bot: Bot) -> None:
    announcements = place.channel("announcements")
    sent = await writable(bot, announcements).send("news")
    await sent.publish()
    assert announcements.messages[sent.id].flags & Flag.CROSSPOSTED
    forum = add_channel(place.state, place.guild, "shows", ChannelKind.FORUM, tags=("renewed",))
    seen = await bot.fetch_channel(forum.id)
    assert isinstance(seen, discord.ForumChannel)
    thread, message = await seen.create_thread(
        name="Ghosts", content="UK", applied_tags=[seen.available_tags[0]]
    )
    assert message.channel.id == thread.id
    assert place.state.channels[thread.id].applied_tags == (forum.tags[0].id,)


async def test_a_direct_message_arrives(place: Place, bot: Bot) -> None:
    person = await bot.fetch_user(SAM_ID)
    await person.send("Season 2 is out")
    (dm,) = (await place.control("GET", f"/dms?user_id={SAM_ID}")).body
    (message,) = (await place.control("GET", f"/channels/{dm['id']}/messages")).body
    assert message["content"] == "Season 2 is out"


async def test_a_resumed_session_loses_no_event(place: Place, bot: Bot) -> None:
    general = place.channel("general")
    await place.control("POST", "/faults", {"action": "close_gateway", "code": 4000})
    sent = await writable(bot, general).send("while away")
    heard = [await bot.hear(), await bot.hear()]
    assert ("message", sent.id) in heard
    assert ("resumed", None) in heard
    assert place.state.counts.gateway["resumed"] == 1


@pytest.mark.parametrize("trouble", ["reconnect_gateway", "cut_gateway"])
async def test_a_gateway_that_goes_away_without_a_code_is_resumed(
    place: Place, bot: Bot, trouble: str
) -> None:
    await place.control("POST", "/faults", {"action": trouble})
    assert await bot.hear() == ("resumed", None)
    sent = await writable(bot, place.channel("general")).send("here again")
    assert await bot.hear() == ("message", sent.id)


async def test_a_command_works_in_direct_messages_too(place: Place, bot: Bot) -> None:
    person = await bot.fetch_user(SAM_ID)
    dm = await person.create_dm()
    asked = {"channel_id": dm.id, "user_id": SAM_ID, "name": "follow", "options": {"show": "18"}}
    outcome = (await place.control("POST", "/commands", asked)).body
    assert outcome["message"]["content"] == "Following 18"


async def test_a_file_survives_an_edit(place: Place, bot: Bot) -> None:
    news = place.channel("tv-news")
    news.overwrites[bot.application_id or 0] = Overwrite(
        bot.application_id or 0, 1, allow=Permission.ATTACH_FILES
    )
    sent = await writable(bot, news).send("see", file=discord.File(io.BytesIO(b"poster"), "poster.png"))
    edited = await sent.edit(content="look", attachments=sent.attachments)
    assert [one.filename for one in edited.attachments] == ["poster.png"]
    assert await edited.attachments[0].read() == b"poster"


async def test_joining_and_leaving_servers_is_told(place: Place, bot: Bot) -> None:
    added = (await place.control("POST", "/guilds", {"name": "Elsewhere", "channels": ["tv"]})).body
    assert await bot.hear() == ("join", "Elsewhere")
    await place.control("DELETE", f"/guilds/{added['id']}")
    assert await bot.hear() == ("remove", "Elsewhere")
    await place.control("DELETE", f"/channels/{place.channel('tv-news').id}")
    assert await bot.hear() == ("channel gone", "tv-news")


async def test_a_wrong_token_is_a_failed_login(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    point_client(monkeypatch, place)
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")


async def test_a_token_revoked_while_running_ends_the_client(place: Place, start_bot: Starter) -> None:
    bot = await start_bot(place)
    await place.control("POST", "/faults", {"action": "revoke_token"})
    assert bot.running is not None
    await asyncio.wait({bot.running}, timeout=10)
    ended = bot.running.exception()
    assert isinstance(ended, discord.ConnectionClosed)
    assert ended.code == 4004
