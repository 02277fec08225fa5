"""Interactions as a bot is told of them."""

from sandbox.discord.nouns import Guild, Interaction, Json
from sandbox.discord.render.messages import message_json
from sandbox.discord.render.people import member_json, user_json
from sandbox.discord.render.places import channel_json


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
