"""Messages as Discord writes them."""

from sandbox.discord.nouns import Guild, Interaction, Json, Message
from sandbox.discord.render.people import member_json, timestamp, user_json


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
