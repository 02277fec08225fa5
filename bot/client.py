"""The Discord client: what it asks of Discord, which commands it loads, where errors become replies."""

import asyncio
import hashlib
import json
import logging
import uuid
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot import clock
from bot.errors import BotError, StorageError, TokenError, UsageError
from bot.guilds.commands import record_synced_commands, synced_commands
from bot.guilds.membership import joined, left, reconcile
from bot.guilds.settings import look_again
from bot.guilds.shows import ShowFinder
from bot.log import fields
from bot.model import GuildId
from bot.storage.database import Database

COGS = ("status", "follow", "admin")
GREETING = (
    "Hello! I announce the season news of the shows that this server follows: renewed, cancelled, dated, "
    "delayed, cast. Each piece of news once, with its source.\n"
    "1. Whoever manages the server chooses where: `/setup channel`\n"
    "2. Everybody names a show: `/follow`\n"
    "`/status` tells what is known of a show, `/following` what this server follows."
)
_MAX_GREETED_AT_ONCE = 25
_LONGEST_WAIT_S = 300.0
_TOKEN_REVOKED = 4004
_UNKNOWN_INTERACTION = 10062
"""The answer came after Discord's 3 seconds."""
_GRACE_S = 5.0
_NOT_ACCEPTED = "Discord does not accept DISCORD_TOKEN; copy it anew from the portal."
_OF_DISCORD_PY = ("discord.py: ", "CommandTree-invoker", "discord-ui-")
"""How discord.py names the tasks in which it calls us."""

log = logging.getLogger(__name__)


class GreenlitClient(commands.AutoShardedBot):
    """Discord's side of the bot. `run_until_closed` is its life."""

    def __init__(
        self, database: Database, finder: ShowFinder, *, api_base: str, retry_s: float = 2.0
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=_CommandTree,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        Route.BASE = api_base
        self.database = database
        self.finder = finder
        self.logged_in = asyncio.Event()
        """Set once announcements can be sent."""
        self._retry_s = retry_s

    async def run_until_closed(self, token: str) -> None:
        """Log in, connect and stay, through Discord's outages, until `close`.

        TokenError where Discord does not accept the token, or no longer.
        """
        try:
            await self._until_it_works("login", lambda: self._log_in(token))
            self.logged_in.set()
            await self._until_it_works("gateway", self.connect)
        except discord.LoginFailure as error:
            raise TokenError(_NOT_ACCEPTED) from error
        except discord.ConnectionClosed as error:
            if error.code == _TOKEN_REVOKED:
                raise TokenError("Discord no longer accepts DISCORD_TOKEN; put in the new one.") from error
            raise BotError(f"Discord closed the gateway for good, with code {error.code}.") from error

    async def log_in_once(self, token: str) -> None:
        """Log in, send the commands where they changed, leave; BotError where Discord does not let us.

        A network that fails is raised as it is.
        """
        try:
            async with self:
                await self._log_in(token)
        except discord.LoginFailure as error:
            raise TokenError(_NOT_ACCEPTED) from error
        except discord.DiscordException as error:
            raise BotError(f"Discord does not take our commands: {error}.") from error

    async def close(self) -> None:
        """Let events and commands that are under way finish for a moment, then leave Discord."""
        under_way = {task for task in asyncio.all_tasks() if task.get_name().startswith(_OF_DISCORD_PY)}
        under_way -= {asyncio.current_task()}
        if under_way and not self.is_closed():
            await asyncio.wait(under_way, timeout=_GRACE_S)
        await super().close()

    async def setup_hook(self) -> None:
        """Load the commands and tell Discord of them where they changed."""
        for cog in COGS:
            if f"cogs.{cog}" not in self.extensions:
                await self.load_extension(f"cogs.{cog}")
        _, gateway, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)  # where an invalidated session begins anew
        await self._sync_changed_commands()

    async def on_ready(self) -> None:
        """Catch up with the servers that added or removed the bot while it was away."""
        log.info("discord ready", extra=fields(guilds=len(self.guilds), shards=self.shard_count))
        new = await reconcile(self.database, [GuildId(guild.id) for guild in self.guilds])
        for guild_id in new[:_MAX_GREETED_AT_ONCE]:
            if guild := self.get_guild(guild_id):
                await self.on_guild_join(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Remember the server and greet it, once."""
        if not await joined(self.database, GuildId(guild.id)):
            return
        log.info("guild joined", extra=fields(guild=guild.id))
        channel = _greeting_channel(guild)
        if channel is not None:
            try:
                await channel.send(GREETING)
            except (discord.HTTPException, OSError) as error:
                log.info("greeting failed", extra=fields(guild=guild.id, why=error))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Remember that the server removed the bot."""
        log.info("guild left", extra=fields(guild=guild.id))
        await left(self.database, GuildId(guild.id))

    async def on_guild_channel_update(self, _: object, channel: discord.abc.GuildChannel) -> None:
        """See whether a channel that was closed to us takes announcements again."""
        await look_again(self.database, GuildId(channel.guild.id))

    async def on_guild_role_update(self, _: object, role: discord.Role) -> None:
        """See the same when what a role may do has changed."""
        await look_again(self.database, GuildId(role.guild.id))

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log what an event's method raised."""
        about = fields(event=event_method)
        log.error("event failed", exc_info=True, extra=about)  # noqa: LOG014 - called while it is handled

    async def answer_error(self, interaction: discord.Interaction, error: Exception) -> None:
        """Tell the person, in a sentence that only they see, why it did not work."""
        if isinstance(error, app_commands.CommandInvokeError):
            error = error.original
        if isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION:
            log.warning("interaction too late", extra=fields(interaction=interaction.id))
            return
        sentence = self._sentence(interaction, error)
        try:
            if interaction.response.is_done():
                await interaction.edit_original_response(content=sentence, embed=None, view=None)
            else:
                await interaction.response.send_message(sentence, ephemeral=True)
        except (discord.HTTPException, OSError) as failure:
            log.info("reply failed", extra=fields(interaction=interaction.id, why=failure))

    def _sentence(self, interaction: discord.Interaction, error: Exception) -> str:
        match error:
            case UsageError():
                return discord.utils.escape_mentions(discord.utils.escape_markdown(error.reply))
            case app_commands.NoPrivateMessage():
                return "My commands work on a server, not in private messages."
            case app_commands.CheckFailure():
                return "Only those who may manage this server can do that."
            case app_commands.TransformerError():
                return "I cannot see that channel. Give me *View Channel* there and try again."
            case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
                return "That command has changed. Reload Discord and try again."
        about = fields(
            interaction=interaction.id, guild=interaction.guild_id, id=(mark := uuid.uuid4().hex[:8])
        )
        if isinstance(error, StorageError):
            log.warning("interaction failed", extra=about | fields(why=error))
            return f"I cannot reach my memory just now. Please try again in a minute. (`{mark}`)"
        log.error("interaction failed", exc_info=error, extra=about)
        return f"Sorry, that went wrong on my side. My operator finds it in the log as `{mark}`."

    async def _log_in(self, token: str) -> None:
        try:
            await self.login(token)
        except BaseException:
            await self.http.close()  # the next try opens its own connection
            self.http.clear()
            self.http.connector = discord.utils.MISSING
            raise

    async def _until_it_works(self, what: str, attempt: Callable[[], Awaitable[None]]) -> None:
        """Try again, ever more slowly, while Discord is away; discord.py itself would end here.

        What it raises then is of many sorts, an AttributeError among them, so all count but the final ones.
        """
        wait_s = self._retry_s
        while True:
            try:
                return await attempt()
            except (discord.LoginFailure, discord.ConnectionClosed, discord.PrivilegedIntentsRequired):
                raise
            except Exception as error:
                if self.is_closed():
                    raise
                log.warning("discord away", extra=fields(during=what, wait_s=wait_s, why=repr(error)))
            await asyncio.sleep(wait_s * (0.5 + clock.jitter()))
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)

    async def _sync_changed_commands(self) -> None:
        """Send our commands where they differ from what Discord has; new ones count against a daily limit."""
        ours = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        told = json.dumps([self.application_id, Route.BASE, ours], sort_keys=True, default=str)
        digest = hashlib.sha256(told.encode()).hexdigest()
        there = await self.tree.fetch_commands()
        if len(there) == len(ours) and await synced_commands(self.database) == digest:
            return
        await self.tree.sync()
        await record_synced_commands(self.database, digest)
        log.info("commands synced", extra=fields(commands=len(ours)))


class _CommandTree(app_commands.CommandTree[GreenlitClient]):
    async def on_error(
        self, interaction: discord.Interaction[GreenlitClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Turn an error of a command into a reply."""
        await interaction.client.answer_error(interaction, error)


def _greeting_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """Name the system channel, else the first channel in which we may write."""
    first = [guild.system_channel] if guild.system_channel is not None else []
    for channel in (*first, *guild.text_channels):
        allowed = channel.permissions_for(guild.me)
        if allowed.view_channel and allowed.send_messages:
            return channel
    return None
