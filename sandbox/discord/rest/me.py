"""The bot about itself, and where its gateway is."""

from sandbox.discord.errors import unknown
from sandbox.discord.events import leave_guild
from sandbox.discord.nouns import Channel, ChannelKind, Json
from sandbox.discord.render.people import account_json, application_json, user_json
from sandbox.discord.render.places import channel_json
from sandbox.discord.rest.routing import Call, Endpoints

endpoints = Endpoints()


@endpoints.add("GET", "/users/@me")
async def get_me(call: Call) -> Json:
    """Give the bot's own account."""
    return account_json(call.application.user)


@endpoints.add("GET", "/users/@me/guilds")
async def list_my_guilds(call: Call) -> list[Json]:
    """Give the servers that have the bot."""
    guilds = call.state.guilds_of(call.application)
    return [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": "0",
            "features": [],
        }
        for guild in guilds
    ]


@endpoints.add("DELETE", "/users/@me/guilds/{guild_id}")
async def leave(call: Call) -> None:
    """Leave a server."""
    guild = call.state.guilds.get(call.id("guild_id"))
    if guild is None or call.application.id not in guild.members:
        raise unknown("Guild")
    leave_guild(call.state, guild, call.application)


@endpoints.add("POST", "/users/@me/channels")
async def open_dm(call: Call) -> Json:
    """Give the direct-message channel with a person, made at need."""
    person = call.state.users.get(int(call.body.get("recipient_id") or 0))
    if person is None:
        raise unknown("User")
    pair = {person.id, call.application.id}
    for channel in call.state.channels.values():
        if channel.kind is ChannelKind.DM and {user.id for user in channel.recipients} == pair:
            return channel_json(channel)
    channel = Channel(call.state.ids.new(), ChannelKind.DM, recipients=(person, call.application.user))
    call.state.channels[channel.id] = channel
    return channel_json(channel)


@endpoints.add("GET", "/users/{user_id}")
async def get_user(call: Call) -> Json:
    """Give anybody's account."""
    user = call.state.users.get(call.id("user_id"))
    if user is None:
        raise unknown("User")
    return user_json(user)


@endpoints.add("GET", "/applications/@me")
@endpoints.add("GET", "/oauth2/applications/@me")
async def get_application(call: Call) -> Json:
    """Give the bot's registration."""
    return application_json(call.application, len(call.state.guilds_of(call.application)))


@endpoints.add("GET", "/gateway", needs_token=False)
async def get_gateway(call: Call) -> Json:
    """Say where the gateway is."""
    return {"url": call.state.gateway_url}


@endpoints.add("GET", "/gateway/bot")
async def get_bot_gateway(call: Call) -> Json:
    """Say where the gateway is, with how many shards to connect and how often."""
    return {
        "url": call.state.gateway_url,
        "shards": call.state.shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": call.application.identifies_left,
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }
