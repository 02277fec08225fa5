"""Whom a message calls."""

import pytest

from sandbox.discord.errors import ApiError
from sandbox.discord.mentions import read_mentions
from sandbox.discord.nouns import Guild, Json, Mentions, Role, User
from sandbox.discord.permissions import EVERYTHING

SAM = User(7, "sam", "Sam")
GUILD = Guild(1, "The Couch", 9, roles={5: Role(5, "Fans", mentionable=True), 6: Role(6, "Mods")})
TEXT = "@everyone <@7> <@&5> <@&6> @here"


def read(allowed: Json | None, *, may: int = EVERYTHING, text: str = TEXT) -> Mentions:
    return read_mentions(text, allowed, {7: SAM}, GUILD, may=may)


def test_without_allowed_mentions_the_text_calls_everybody_it_names() -> None:
    assert read(None) == Mentions((SAM,), (5, 6), everyone=True)


def test_an_empty_parse_calls_nobody() -> None:
    assert read({"parse": []}) == Mentions()


def test_only_the_listed_ids_are_called() -> None:
    assert read({"parse": [], "users": ["7"], "roles": ["6"]}) == Mentions((SAM,), (6,))


def test_without_the_permission_only_mentionable_roles_are_called() -> None:
    assert read(None, may=0) == Mentions((SAM,), (5,), everyone=False)


def test_a_parse_beside_ids_of_its_kind_is_refused() -> None:
    with pytest.raises(ApiError) as refusal:
        read({"parse": ["users"], "users": ["7"]})
    assert refusal.value.code == 50035


def test_a_reply_calls_its_author_only_when_asked() -> None:
    called = read_mentions("ok", {"replied_user": True}, {}, GUILD, may=0, replied_to=SAM)
    assert called.users == (SAM,)
    assert read_mentions("ok", {"parse": []}, {}, GUILD, may=0, replied_to=SAM).users == ()
