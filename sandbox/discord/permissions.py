"""What a member may do in a channel, computed as Discord documents it.

Source: https://discord.com/developers/docs/topics/permissions
"""

from enum import IntFlag

from sandbox.discord.nouns import Channel, Guild, Member, Overwrite


class Permission(IntFlag):
    """The permissions that matter to a bot which writes."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


EVERYTHING = (1 << 53) - 1

_LOST_WITHOUT_SENDING = (
    Permission.MENTION_EVERYONE
    | Permission.SEND_TTS_MESSAGES
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
)


def in_guild(guild: Guild, member: Member) -> int:
    """Give what `member` may do in the server, before any channel's overwrites."""
    if member.user.id == guild.owner_id:
        return EVERYTHING
    granted = guild.roles[guild.id].permissions
    for role_id in member.roles:
        granted |= guild.roles[role_id].permissions
    return EVERYTHING if granted & Permission.ADMINISTRATOR else granted


def in_channel(guild: Guild, member: Member, channel: Channel) -> int:
    """Give what `member` may do in `channel`; a thread has its parent's overwrites."""
    granted = in_guild(guild, member)
    if granted == EVERYTHING:
        return EVERYTHING
    place = guild.channels[channel.parent_id] if channel.kind.is_thread and channel.parent_id else channel
    granted = _overwritten(granted, place.overwrites, guild, member)
    if not granted & Permission.VIEW_CHANNEL:
        return 0
    sending = Permission.SEND_MESSAGES_IN_THREADS if channel.kind.is_thread else Permission.SEND_MESSAGES
    return granted if granted & sending else granted & ~_LOST_WITHOUT_SENDING


def _overwritten(granted: int, overwrites: dict[int, Overwrite], guild: Guild, member: Member) -> int:
    """Apply @everyone's overwrite, then those of all roles at once, then the member's own."""
    nothing = Overwrite(0, 0)
    everyone = overwrites.get(guild.id, nothing)
    granted = granted & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role_id in member.roles:
        overwrite = overwrites.get(role_id, nothing)
        allow |= overwrite.allow
        deny |= overwrite.deny
    granted = granted & ~deny | allow
    own = overwrites.get(member.user.id, nothing)
    return granted & ~own.deny | own.allow
