"""Users, members, roles and bots as Discord writes them."""

from datetime import UTC, datetime

from sandbox.discord.nouns import Application, Json, Member, Role, User


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
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
    }


def account_json(user: User) -> Json:
    """Write a bot's own account, as it alone sees it."""
    return {**user_json(user), "verified": True, "mfa_enabled": False, "email": None, "locale": "en-US"}


def member_json(member: Member, *, with_user: bool = True) -> Json:
    """Write a member; inside an event that has the user already, without it."""
    written: Json = {
        "nick": None,
        "avatar": None,
        "banner": None,
        "avatar_decoration_data": None,
        "collectibles": None,
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
