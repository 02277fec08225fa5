"""The world that the sandbox opens with: one server, two people, one bot."""

import base64
from typing import TYPE_CHECKING

from sandbox.discord.nouns import Application, Channel, ChannelKind, Guild, Member, Overwrite, Role, Tag, User
from sandbox.discord.permissions import Permission

if TYPE_CHECKING:
    from sandbox.discord.state import State

DEFAULT_BOT_ID = 1_100_000_000_000_000_001
ROBIN_ID = 210_000_000_000_000_001
SAM_ID = 210_000_000_000_000_002

EVERYONE_MAY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.ADD_REACTIONS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
)
"""What @everyone may in a new server."""

BOT_MAY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""What a bot's own role is given when it is added."""


def make_token(bot_id: int) -> str:
    """Give the sandbox's token for a bot: of the right shape, and good for nothing else."""
    parts = (str(bot_id), "able", "opens the sandbox and no other door")
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


DEFAULT_TOKEN = make_token(DEFAULT_BOT_ID)


def populate(state: "State") -> None:
    """Add Robin, Sam, the bot and their server, The Couch."""
    bot = state.add_application("Greenlit", DEFAULT_BOT_ID, DEFAULT_TOKEN)
    robin = state.add_user(User(ROBIN_ID, "robin", "Robin"))
    sam = state.add_user(User(SAM_ID, "sam", "Sam"))
    couch = found_guild(state, "The Couch", owner=robin, members=(sam,))
    add_channel(state, couch, "tv-news", topic="What the shows we follow are up to")
    add_channel(state, couch, "announcements", ChannelKind.ANNOUNCEMENT)
    add_channel(state, couch, "episode-talk", ChannelKind.FORUM)
    mods = add_channel(state, couch, "mods", topic="Not for bots")
    mods.overwrites[couch.id] = Overwrite(couch.id, 0, deny=Permission.VIEW_CHANNEL)
    add_bot(state, couch, bot)
    mods.overwrites[bot.id] = Overwrite(bot.id, 1, deny=Permission.VIEW_CHANNEL)


def found_guild(state: "State", name: str, *, owner: User, members: tuple[User, ...] = ()) -> Guild:
    """Make a server with a #general and these people; no bot is told of it yet."""
    guild = Guild(state.ids.new(), name, owner.id)
    guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE_MAY)
    for user in (owner, *members):
        guild.members[user.id] = Member(user, state.now())
    state.guilds[guild.id] = guild
    guild.system_channel_id = add_channel(state, guild, "general").id
    return guild


def add_channel(
    state: "State",
    guild: Guild,
    name: str,
    kind: ChannelKind = ChannelKind.TEXT,
    *,
    topic: str | None = None,
    tags: tuple[str, ...] = (),
) -> Channel:
    """Add a channel below the others; a forum gets its `tags`."""
    channel = Channel(
        state.ids.new(),
        kind,
        guild.id,
        name,
        topic,
        position=len(guild.channels),
        tags=[Tag(state.ids.new(), tag) for tag in tags],
    )
    guild.channels[channel.id] = channel
    state.channels[channel.id] = channel
    return channel


def add_bot(state: "State", guild: Guild, application: Application, permissions: int = BOT_MAY) -> Role:
    """Make the bot a member with a role of its own; no event is sent."""
    role = Role(
        state.ids.new(), application.user.display_name, permissions, position=1, managed_by=application.id
    )
    guild.roles[role.id] = role
    guild.members[application.id] = Member(application.user, state.now(), {role.id})
    return role
