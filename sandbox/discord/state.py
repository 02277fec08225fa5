"""Everything that the stand-in remembers, and how to find it."""

import time
from collections.abc import Callable

from sandbox.discord.counts import Counts
from sandbox.discord.errors import unknown
from sandbox.discord.faults import Faults
from sandbox.discord.gateway.hub import Hub
from sandbox.discord.limits import Limits
from sandbox.discord.nouns import Application, Channel, Guild, Interaction, Message, User
from sandbox.discord.permissions import EVERYTHING, in_channel
from sandbox.discord.snowflake import Snowflakes
from sandbox.discord.world import populate


class State:
    """One Discord: its people, servers and bots, and all that has happened.

    `answer_window_s` is how long a bot may take to answer an interaction, `token_life_s` how long
    it may follow up; `shards` is what `/gateway/bot` recommends; `now` gives seconds since 1970.
    `populated` opens it with the world of `world.py`, else it is empty.
    """

    def __init__(
        self,
        *,
        now: Callable[[], float] = time.time,
        shards: int = 1,
        heartbeat_s: float = 41.25,
        answer_window_s: float = 3.0,
        token_life_s: float = 900.0,
        nonce_life_s: float = 300.0,
        populated: bool = True,
    ) -> None:
        self.now = now
        self.shards = shards
        self.heartbeat_s = heartbeat_s
        self.answer_window_s = answer_window_s
        self.token_life_s = token_life_s
        self.nonce_life_s = nonce_life_s
        self.base_url = ""
        """Where it is reached, such as `http://127.0.0.1:8600`; learnt from the first request."""
        self.ids = Snowflakes(now)
        self.limits = Limits(now)
        self.faults = Faults()
        self.counts = Counts()
        self.hub = Hub()
        self.users: dict[int, User] = {}
        self.applications: dict[int, Application] = {}
        """By their ids; a revoked token is the empty string."""
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[str, Interaction] = {}
        """By their tokens."""
        self.nonces: dict[tuple[int, int, str], tuple[float, int]] = {}
        """Channel, author and nonce: when it was used, and for which message."""
        self.files: dict[int, tuple[str, bytes]] = {}
        """What was attached: its content type and its bytes."""
        if populated:
            populate(self)

    @property
    def gateway_url(self) -> str:
        """Where the gateway is, such as `ws://127.0.0.1:8600/gateway`."""
        return self.base_url.replace("http", "ws", 1) + "/gateway"

    def learn_address(self, host: str) -> None:
        """Remember where we are reached: the address that the first request was sent to."""
        self.base_url = self.base_url or f"http://{host}"

    def add_user(self, user: User) -> User:
        """Let there be a person."""
        self.users[user.id] = user
        return user

    def add_application(self, name: str, bot_id: int, token: str) -> Application:
        """Register a bot under `token`."""
        bot = self.add_user(User(bot_id, name.lower(), name, bot=True))
        self.applications[bot_id] = Application(bot, token)
        return self.applications[bot_id]

    def application_of(self, token: str) -> Application | None:
        """Find the bot whose token this is; None where it is nobody's (any more)."""
        return next((one for one in self.applications.values() if token and one.token == token), None)

    def guilds_of(self, application: Application) -> list[Guild]:
        """Give the servers that have the bot."""
        return [guild for guild in self.guilds.values() if application.id in guild.members]

    def guild_of(self, channel: Channel) -> Guild | None:
        """Give the server that the channel is in; None for direct messages."""
        return self.guilds[channel.guild_id] if channel.guild_id is not None else None

    def bots_in(self, channel: Channel) -> list[Application]:
        """Give the bots that belong where the channel is."""
        guild = self.guild_of(channel)
        inside = guild.members if guild is not None else {user.id for user in channel.recipients}
        return [one for one in self.applications.values() if one.id in inside]

    def may(self, user_id: int, channel: Channel) -> int:
        """Give the user's permissions in the channel; none for a stranger to its server."""
        guild = self.guild_of(channel)
        if guild is None:
            return EVERYTHING if user_id in {user.id for user in channel.recipients} else 0
        member = guild.members.get(user_id)
        return in_channel(guild, member, channel) if member is not None else 0

    def channel(self, channel_id: int) -> Channel:
        """Find a channel; 404 where there is none."""
        if channel_id not in self.channels:
            raise unknown("Channel")
        return self.channels[channel_id]

    def message(self, channel: Channel, message_id: int) -> Message:
        """Find a message that everybody sees; 404 where there is none."""
        message = channel.messages.get(message_id)
        if message is None or message.ephemeral:
            raise unknown("Message")
        return message
