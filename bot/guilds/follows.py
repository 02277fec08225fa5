"""Follow a show, stop following it, list what is followed; always of one server."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot import clock
from bot.catalogue.folding import fold
from bot.catalogue.search import SearchIndex
from bot.errors import AlreadyFollowedError, NotFollowedError
from bot.guilds.shows import MAX_NEAR, MAX_SUGGESTED, picked_value, the_one
from bot.model import ChannelId, Follow, GuildId, Show, UserId
from bot.storage.database import Database, Transaction
from bot.storage.follows import add_follow, forget_follow, list_follows
from bot.storage.guilds import add_guild, get_guild, record_channel


class Place(Enum):
    """Why the news of a show will come where it will come."""

    NAMED = auto()
    """The person named the channel."""
    SERVERS = auto()
    """It is the server's announcement channel."""
    NEW_SERVERS = auto()
    """It became the server's announcement channel just now: an admin followed the first show there."""
    HERE = auto()
    """The server has no channel yet, so it is the one where the person asked."""
    NOWHERE = auto()
    """The server has no channel, and we may not write where the person asked."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: that `guild_id` follows a show."""

    guild_id: GuildId
    user_id: UserId
    channel_id: ChannelId | None = None
    """The channel that they named."""
    here: ChannelId | None = None
    """Where they asked; None where we may not write."""
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow that was made or moved."""

    show: Show
    place: Place
    channel_id: ChannelId | None
    moved: bool = False
    """It was there before, for another channel."""


async def follow_show(database: Database, wish: Wish, show: Show) -> Followed:
    """Follow `show` as `wish` says.

    AlreadyFollowedError where the server does; but a named channel moves the follow there.
    """
    now = clock.now()
    async with database.transaction() as tx:
        await add_guild(tx, wish.guild_id, now)
        place, channel_id = await _place(tx, wish)
        own = channel_id if place in {Place.NAMED, Place.HERE} else None
        follow = Follow(wish.guild_id, show.id, own, wish.user_id)
        moved = not await add_follow(tx, follow, now)
        if moved:
            await _move(tx, follow, place, show)
        elif place is Place.NEW_SERVERS and channel_id is not None:
            await record_channel(tx, wish.guild_id, channel_id, wish.user_id)
    return Followed(show, place, channel_id, moved)


async def unfollow_show(database: Database, guild_id: GuildId, typed: str) -> tuple[Follow, Show]:
    """End the follow of the show that `typed` names or picks; give what was ended, for an undo.

    NotFollowedError, UnknownShowError or AmbiguousShowError where there is no such one follow.
    """
    async with database.transaction() as tx:
        followed = {show.id: (follow, show) for follow, show in await list_follows(tx, guild_id)}
        show = _meant(typed, tuple(show for _, show in followed.values()))
        await forget_follow(tx, guild_id, show.id)
    return followed[show.id]


async def restore_follow(database: Database, follow: Follow) -> bool:
    """Undo the end of a follow; False where the server follows the show again already."""
    async with database.transaction() as tx:
        await add_guild(tx, follow.guild_id, clock.now())
        return await add_follow(tx, follow, clock.now())


async def following(database: Database, guild_id: GuildId) -> tuple[tuple[Follow, Show], ...]:
    """Give what the server follows, by name; a follow without a channel of its own has the server's."""
    async with database.reading() as tx:
        guild = await get_guild(tx, guild_id)
        follows = await list_follows(tx, guild_id)
    usual = guild.channel_id if guild is not None else None
    return tuple((replace(follow, channel_id=follow.channel_id or usual), show) for follow, show in follows)


async def suggest_followed(database: Database, guild_id: GuildId, typed: str) -> tuple[Show, ...]:
    """Give at most 25 followed shows that may be meant, the likeliest first."""
    async with database.reading() as tx:
        shows = tuple(show for _, show in await list_follows(tx, guild_id))
    return SearchIndex(shows).rank(typed, MAX_SUGGESTED) if fold(typed) else shows[:MAX_SUGGESTED]


async def _place(tx: Transaction, wish: Wish) -> tuple[Place, ChannelId | None]:
    """Say where the news will come, and why there."""
    guild = await get_guild(tx, wish.guild_id)
    if wish.channel_id is not None:
        return Place.NAMED, wish.channel_id
    if guild is not None and guild.channel_id is not None:
        return Place.SERVERS, guild.channel_id
    if wish.here is None:
        return Place.NOWHERE, None
    return (Place.NEW_SERVERS if wish.is_admin else Place.HERE), wish.here


async def _move(tx: Transaction, follow: Follow, place: Place, show: Show) -> None:
    """Let a follow that is there already announce in the channel that was named."""
    if place is not Place.NAMED:
        raise AlreadyFollowedError(f"This server follows {show.label} already.")
    await forget_follow(tx, follow.guild_id, follow.show_id)
    await add_follow(tx, follow, clock.now())


def _meant(typed: str, followed: tuple[Show, ...]) -> Show:
    if not followed:
        raise NotFollowedError("This server follows no show yet. /follow begins.")
    for show in followed:
        if typed.strip() == picked_value(show.id):
            return show
    if re.fullmatch(r"tvmaze:\d+", typed.strip()):
        raise NotFollowedError("This server does not follow that show.")
    index = SearchIndex(followed)
    ranked, near = index.rank(typed, MAX_SUGGESTED), index.near(typed, MAX_NEAR)
    return the_one(typed, ranked, near, "This server follows no show of that name.")
