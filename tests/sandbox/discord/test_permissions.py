"""Permissions as Discord documents them."""

import pytest

from sandbox.discord import DEFAULT_BOT_ID, ROBIN_ID, SAM_ID, State
from sandbox.discord.nouns import Channel, Guild, Overwrite, Role
from sandbox.discord.permissions import EVERYTHING, Permission
from sandbox.discord.world import add_channel


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def guild(state: State) -> Guild:
    return next(iter(state.guilds.values()))


@pytest.fixture
def channel(state: State, guild: Guild) -> Channel:
    return add_channel(state, guild, "new")


def test_the_owner_may_everything(state: State, channel: Channel) -> None:
    assert state.may(ROBIN_ID, channel) == EVERYTHING


def test_an_ordinary_member_may_not_manage_the_server(state: State, channel: Channel) -> None:
    granted = state.may(SAM_ID, channel)
    assert granted & Permission.SEND_MESSAGES
    assert not granted & Permission.MANAGE_GUILD


def test_a_stranger_may_nothing(state: State, channel: Channel) -> None:
    assert state.may(12345, channel) == 0


def test_the_members_own_overwrite_beats_the_roles_and_everyones(
    state: State, guild: Guild, channel: Channel
) -> None:
    sending = Permission.SEND_MESSAGES
    channel.overwrites[guild.id] = Overwrite(guild.id, 0, allow=sending)
    role_id = next(iter(guild.members[DEFAULT_BOT_ID].roles))
    channel.overwrites[role_id] = Overwrite(role_id, 0, deny=sending)
    assert not state.may(DEFAULT_BOT_ID, channel) & sending
    channel.overwrites[DEFAULT_BOT_ID] = Overwrite(DEFAULT_BOT_ID, 1, allow=sending)
    assert state.may(DEFAULT_BOT_ID, channel) & sending


def test_one_roles_allow_beats_another_roles_deny(state: State, guild: Guild, channel: Channel) -> None:
    sam = guild.members[SAM_ID]
    for number, overwrite in ((1, Overwrite(1, 0, deny=1 << 11)), (2, Overwrite(2, 0, allow=1 << 11))):
        guild.roles[number] = Role(number, f"role {number}")
        sam.roles.add(number)
        channel.overwrites[number] = overwrite
    assert state.may(SAM_ID, channel) & Permission.SEND_MESSAGES


def test_an_administrator_sees_closed_channels(state: State, guild: Guild, channel: Channel) -> None:
    channel.overwrites[guild.id] = Overwrite(guild.id, 0, deny=Permission.VIEW_CHANNEL)
    assert state.may(SAM_ID, channel) == 0
    guild.roles[1] = Role(1, "Admins", Permission.ADMINISTRATOR)
    guild.members[SAM_ID].roles.add(1)
    assert state.may(SAM_ID, channel) == EVERYTHING


def test_who_may_not_send_may_not_embed_either(state: State, guild: Guild, channel: Channel) -> None:
    channel.overwrites[guild.id] = Overwrite(guild.id, 0, deny=Permission.SEND_MESSAGES)
    granted = state.may(SAM_ID, channel)
    assert granted & Permission.VIEW_CHANNEL
    assert not granted & Permission.EMBED_LINKS
