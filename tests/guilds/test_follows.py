from dataclasses import replace

import pytest

from bot import clock
from bot.errors import AlreadyFollowedError, AmbiguousShowError, NotFollowedError, UnknownShowError
from bot.guilds.follows import (
    Place,
    Wish,
    follow_show,
    following,
    restore_follow,
    suggest_followed,
    unfollow_show,
)
from bot.guilds.settings import choose_channel, server_settings
from bot.guilds.shows import picked_value
from bot.model import ChannelId, GuildId, Show, ShowId, UserId
from bot.storage.database import Database
from bot.storage.shows import add_shows
from tests.fakes import Listing

DIPLOMAT = Show(ShowId(55), "The Diplomat", 2023, network="Netflix", country="US")
ALIBIS = Show(ShowId(56), "The Diplomat", 2023, network="Alibi", country="GB")
MASH = Show(ShowId(57), "M*A*S*H", 1972, network="CBS", country="US")
GUILD, OTHER_GUILD = GuildId(1), GuildId(2)
HERE, THERE, NEWS = ChannelId(10), ChannelId(11), ChannelId(12)
WISH = Wish(GUILD, UserId(7), here=HERE)


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    """A database that knows three shows."""
    async with sqlite_database.transaction() as tx:
        await add_shows(tx, [Listing(show) for show in (DIPLOMAT, ALIBIS, MASH)])
    return sqlite_database


async def channels(database: Database, guild_id: GuildId = GUILD) -> list[ChannelId | None]:
    return [follow.channel_id for follow, _ in await following(database, guild_id)]


async def test_member_follows_where_they_stand_while_the_server_has_no_channel(database: Database) -> None:
    followed = await follow_show(database, WISH, DIPLOMAT)
    assert (followed.place, followed.channel_id) == (Place.HERE, HERE)
    assert (await server_settings(database, GUILD)).channel_id is None
    assert await channels(database) == [HERE]


async def test_admin_who_follows_first_chooses_the_servers_channel_by_it(database: Database) -> None:
    followed = await follow_show(database, replace(WISH, is_admin=True), DIPLOMAT)
    assert followed.place is Place.NEW_SERVERS
    await choose_channel(database, GUILD, THERE)
    assert await channels(database) == [THERE]


async def test_servers_channel_counts_once_it_is_chosen(database: Database) -> None:
    await choose_channel(database, GUILD, NEWS)
    followed = await follow_show(database, replace(WISH, is_admin=True), DIPLOMAT)
    assert (followed.place, followed.channel_id) == (Place.SERVERS, NEWS)


async def test_named_channel_beats_the_servers(database: Database) -> None:
    await choose_channel(database, GUILD, NEWS)
    followed = await follow_show(database, replace(WISH, channel_id=THERE), DIPLOMAT)
    assert followed.place is Place.NAMED
    assert await channels(database) == [THERE]


async def test_follow_without_any_channel_waits_for_one(database: Database) -> None:
    assert (await follow_show(database, replace(WISH, here=None), DIPLOMAT)).place is Place.NOWHERE
    assert await channels(database) == [None]
    await choose_channel(database, GUILD, NEWS)
    assert await channels(database) == [NEWS]


async def test_second_follow_is_refused_unless_it_names_a_channel(database: Database) -> None:
    await follow_show(database, WISH, DIPLOMAT)
    with pytest.raises(AlreadyFollowedError, match="The Diplomat"):
        await follow_show(database, WISH, DIPLOMAT)
    moved = await follow_show(database, replace(WISH, channel_id=THERE), DIPLOMAT)
    assert moved.moved
    assert await channels(database) == [THERE]


async def test_refused_follow_of_an_admin_leaves_the_settings_alone(database: Database) -> None:
    await follow_show(database, WISH, DIPLOMAT)
    with pytest.raises(AlreadyFollowedError):
        await follow_show(database, replace(WISH, is_admin=True), DIPLOMAT)
    assert (await server_settings(database, GUILD)).channel_id is None


async def test_servers_do_not_see_each_others_follows(database: Database) -> None:
    await follow_show(database, WISH, DIPLOMAT)
    assert await channels(database, OTHER_GUILD) == []
    assert await suggest_followed(database, OTHER_GUILD, "") == ()
    with pytest.raises(NotFollowedError):
        await unfollow_show(database, OTHER_GUILD, picked_value(DIPLOMAT.id))
    assert await channels(database) == [HERE]


@pytest.mark.parametrize("typed", [picked_value(MASH.id), "m*a*s*h", "M*A*S*H (1972 · CBS · US)"])
async def test_unfollow_takes_a_pick_a_name_or_a_label_and_can_be_undone(
    database: Database, typed: str
) -> None:
    await follow_show(database, WISH, MASH)
    follow, show = await unfollow_show(database, GUILD, typed)
    assert show.name == "M*A*S*H"
    assert await following(database, GUILD) == ()
    assert await restore_follow(database, follow)
    assert not await restore_follow(database, follow)
    assert await channels(database) == [HERE]


async def test_unfollow_of_what_is_not_followed_offers_what_is_near(database: Database) -> None:
    await follow_show(database, WISH, DIPLOMAT)
    with pytest.raises(UnknownShowError) as caught:
        await unfollow_show(database, GUILD, "The Diplomatt")
    assert [show.id for show in caught.value.near] == [DIPLOMAT.id]
    with pytest.raises(NotFollowedError):
        await unfollow_show(database, GUILD, picked_value(MASH.id))


async def test_unfollow_of_namesakes_asks_which(database: Database) -> None:
    await follow_show(database, WISH, DIPLOMAT)
    await follow_show(database, WISH, ALIBIS)
    with pytest.raises(AmbiguousShowError) as caught:
        await unfollow_show(database, GUILD, "the diplomat")
    assert {show.id for show in caught.value.choices} == {DIPLOMAT.id, ALIBIS.id}


async def test_suggestion_over_what_is_followed_narrows_while_typing(database: Database) -> None:
    await follow_show(database, WISH, DIPLOMAT)
    await follow_show(database, WISH, MASH)
    assert len(await suggest_followed(database, GUILD, " ")) == 2
    assert [show.id for show in await suggest_followed(database, GUILD, "dipl")] == [DIPLOMAT.id]


async def test_server_that_was_never_met_has_the_defaults(database: Database) -> None:
    assert (await server_settings(database, GuildId(99))).channel_id is None
    assert clock.now().tzinfo is not None
