"""The nouns as Discord writes them in JSON."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sandbox.discord.nouns import (
    Application,
    Channel,
    ChannelKind,
    Guild,
    Interaction,
    Json,
    Member,
    Message,
    Role,
    User,
)


def timestamp(moment: float | None) -> str | None:
    """Write a time as Discord does; None stays None."""
    return None if moment is None else datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")


def user_json(user: User) -> Json:
    """Write a user."""
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": user.display_name,
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
    }


def member_json(member: Member, *, with_user: bool = True) -> Json:
    """Write a member; inside an event that has the user already, without it."""
    written: Json = {
        "nick": None,
        "avatar": None,
        "roles": [str(role_id) for role_id in sorted(member.roles)],
        "joined_at": timestamp(member.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }
    return {**written, "user": user_json(member.user)} if with_user else written


def role_json(role: Role) -> Json:
    """Write a role."""
    written: Json = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed_by is not None,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    return {**written, "tags": {"bot_id": str(role.managed_by)}} if role.managed_by is not None else written


def channel_json(channel: Channel) -> Json:
    """Write a channel, a thread or a direct-message channel."""
    written: Json = {
        "id": str(channel.id),
        "type": int(channel.kind),
        "last_message_id": str(max(channel.messages)) if channel.messages else None,
        "flags": 1 << 4 if channel.requires_tag else 0,
    }
    if channel.kind is ChannelKind.DM:
        return {**written, "recipients": [user_json(user) for user in channel.recipients]}
    written |= {
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "parent_id": str(channel.parent_id) if channel.parent_id else None,
        "rate_limit_per_user": 0,
    }
    return {**written, **(_thread_fields(channel) if channel.kind.is_thread else _place_fields(channel))}


def _place_fields(channel: Channel) -> Json:
    fields: Json = {
        "topic": channel.topic,
        "position": channel.position,
        "nsfw": False,
        "permission_overwrites": [
            {
                "id": str(overwrite.id),
                "type": overwrite.kind,
                "allow": str(overwrite.allow),
                "deny": str(overwrite.deny),
            }
            for overwrite in channel.overwrites.values()
        ],
    }
    if channel.kind is ChannelKind.FORUM:
        fields["available_tags"] = [
            {"id": str(tag.id), "name": tag.name, "moderated": False, "emoji_id": None, "emoji_name": None}
            for tag in channel.tags
        ]
        fields |= {"default_reaction_emoji": None, "default_sort_order": None, "default_forum_layout": 0}
    return fields


def _thread_fields(thread: Channel) -> Json:
    return {
        "owner_id": str(thread.owner_id),
        "message_count": max(len(thread.messages) - 1, 0),
        "total_message_sent": len(thread.messages),
        "member_count": 1,
        "applied_tags": [str(tag_id) for tag_id in thread.applied_tags],
        "thread_metadata": {
            "archived": thread.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": timestamp(thread.created_at),
            "create_timestamp": timestamp(thread.created_at),
            "locked": thread.locked,
        },
    }


def guild_json(guild: Guild) -> Json:
    """Write a server as `GET /guilds/{id}` answers it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": str(guild.system_channel_id) if guild.system_channel_id else None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "nsfw": False,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": "en-US",
        "vanity_url_code": None,
        "widget_enabled": False,
        "application_id": None,
        "features": ["NEWS", "COMMUNITY"],
        "emojis": [],
        "stickers": [],
        "roles": [role_json(role) for role in guild.roles.values()],
    }


def guild_create_json(guild: Guild, bot: User, *, joined: bool = False) -> Json:
    """Write a server as GUILD_CREATE tells a bot without the members intent: itself is its only member.

    Where the bot has `joined` just now, `unavailable` is missing; that is how it tells the two apart.
    """
    me = guild.members[bot.id]
    places = [channel for channel in guild.channels.values() if not channel.kind.is_thread]
    threads = [channel for channel in guild.channels.values() if channel.kind.is_thread]
    return {
        **guild_json(guild),
        **({} if joined else {"unavailable": False}),
        "joined_at": timestamp(me.joined_at),
        "large": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [member_json(me)],
        "channels": [channel_json(channel) for channel in places],
        "threads": [channel_json(thread) for thread in threads if not thread.archived],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message_json(message: Message) -> Json:
    """Write a message; optional parts are there only where it has them."""
    mentions = message.mentions
    written: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "type": message.kind,
        "content": message.content,
        "author": user_json(message.author),
        "embeds": message.embeds,
        "components": message.components,
        "attachments": message.attachments,
        "flags": message.flags,
        "timestamp": timestamp(message.created_at),
        "edited_timestamp": timestamp(message.edited_at),
        "mentions": [user_json(user) for user in mentions.users],
        "mention_roles": [str(role_id) for role_id in mentions.roles],
        "mention_everyone": mentions.everyone,
        "pinned": False,
        "tts": False,
    }
    if message.nonce is not None:
        written["nonce"] = message.nonce
    if message.reference is not None:
        written["message_reference"] = message.reference
        written["referenced_message"] = message_json(message.reply_to) if message.reply_to else None
    if message.interaction is not None:
        written["application_id"] = str(message.interaction.application.id)
        written["webhook_id"] = str(message.interaction.application.id)
        written["interaction_metadata"] = _metadata_json(message.interaction)
    return written


def event_json(message: Message, guild: Guild | None) -> Json:
    """Write a message as MESSAGE_CREATE and MESSAGE_UPDATE tell it."""
    written = message_json(message)
    if guild is not None:
        written["guild_id"] = str(guild.id)
        author = guild.members.get(message.author.id)
        if author is not None:
            written["member"] = member_json(author, with_user=False)
    return written


def without_content(written: Json) -> Json:
    """Give a message as a bot without the message-content intent gets it from others."""
    return {**written, "content": "", "embeds": [], "components": [], "attachments": []}


def _metadata_json(interaction: Interaction) -> Json:
    return {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": user_json(interaction.user),
        "authorizing_integration_owners": {"0": str(interaction.channel.guild_id or 0)},
    }


def interaction_json(interaction: Interaction, guild: Guild | None, *, may: int, app_may: int) -> Json:
    """Write INTERACTION_CREATE; `may` and `app_may` are the person's and the bot's permissions there."""
    written: Json = {
        "id": str(interaction.id),
        "application_id": str(interaction.application.id),
        "type": int(interaction.kind),
        "data": interaction.asked,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(interaction.channel.id),
        "channel": channel_json(interaction.channel),
        "app_permissions": str(app_may),
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if interaction.pressed is not None:
        written["message"] = message_json(interaction.pressed)
    if guild is None:
        owners = {"1": str(interaction.user.id)}
        return {**written, "user": user_json(interaction.user), "context": 1, **_owned(owners)}
    member = {**member_json(guild.members[interaction.user.id]), "permissions": str(may)}
    return {
        **written,
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": member,
        "context": 0,
        **_owned({"0": str(guild.id)}),
    }


def _owned(owners: Json) -> Json:
    return {"authorizing_integration_owners": owners}


def application_json(application: Application, guild_count: int) -> Json:
    """Write a bot's registration."""
    return {
        "id": str(application.id),
        "name": application.user.display_name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot": user_json(application.user),
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user_json(application.user),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "hook": True,
        "approximate_guild_count": guild_count,
        "approximate_user_install_count": 0,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "integration_types_config": {"0": {}},
    }


def messages_json(messages: Iterable[Message]) -> list[Json]:
    """Write several messages."""
    return [message_json(message) for message in messages]
