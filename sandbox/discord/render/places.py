"""Channels, threads and servers as Discord writes them."""

from sandbox.discord.nouns import Channel, ChannelKind, Guild, Json, User
from sandbox.discord.render.people import member_json, role_json, timestamp, user_json


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
    return {**written, **(thread_fields(channel) if channel.kind.is_thread else _place_fields(channel))}


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


def thread_fields(thread: Channel) -> Json:
    """Write what threads have and other channels have not."""
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
        "home_header": None,
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
        "widget_channel_id": None,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_subscription_count": 0,
        "incidents_data": None,
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
