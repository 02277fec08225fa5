"""Whom a message really calls: its text, less what `allowed_mentions` and permissions forbid.

Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

import re
from collections.abc import Mapping

from sandbox.discord.errors import invalid_field
from sandbox.discord.nouns import Guild, Json, Mentions, User
from sandbox.discord.permissions import Permission

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")
_EVERYTHING: Json = {"parse": ["users", "roles", "everyone"], "replied_user": True}


def read_mentions(
    content: str,
    allowed: Json | None,
    users: Mapping[int, User],
    guild: Guild | None,
    *,
    may: int,
    replied_to: User | None = None,
) -> Mentions:
    """Give whom `content` calls; `may` are the author's permissions in the channel.

    Without `allowed`, everything that the text spells counts. Embeds never call anybody.
    """
    allowed = _EVERYTHING if allowed is None else allowed
    _check(allowed)
    parse = allowed.get("parse") or []
    called = [
        users[user_id]
        for user_id in _ids(_USER, content)
        if user_id in users and ("users" in parse or str(user_id) in (allowed.get("users") or []))
    ]
    if replied_to is not None and allowed.get("replied_user"):
        called.append(replied_to)
    loud = bool(may & Permission.MENTION_EVERYONE)
    return Mentions(
        users=tuple({user.id: user for user in called}.values()),
        roles=_roles(content, allowed, guild, loud=loud) if guild is not None else (),
        everyone=loud and "everyone" in parse and _EVERYONE.search(content) is not None,
    )


def _roles(content: str, allowed: Json, guild: Guild, *, loud: bool) -> tuple[int, ...]:
    parse = allowed.get("parse") or []
    named = allowed.get("roles") or []
    return tuple(
        role_id
        for role_id in _ids(_ROLE, content)
        if role_id in guild.roles
        and ("roles" in parse or str(role_id) in named)
        and (loud or guild.roles[role_id].mentionable)
    )


def _ids(pattern: re.Pattern[str], content: str) -> list[int]:
    return list(dict.fromkeys(int(found) for found in pattern.findall(content)))


def _check(allowed: Json) -> None:
    """Refuse a `parse` that contradicts the ids beside it."""
    for key in ("users", "roles"):
        if key in (allowed.get("parse") or []) and allowed.get(key):
            raise invalid_field(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f"parse:[{key!r}] and {key}: [ids...] are mutually exclusive.",
            )
