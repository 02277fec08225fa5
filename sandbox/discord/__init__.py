"""A Discord for one machine: REST v10 and the gateway v10, and JSON endpoints to look and act.

`add_discord(app, state)` puts it on an aiohttp application: /api/v10, /gateway, /sandbox. A bot
reaches it with `DEFAULT_TOKEN` and the base address `http://HOST:PORT/api/v10`. Every request is
held against Discord's own OpenAPI document; permissions, rate limits, error codes, nonces and
interaction windows are Discord's. It lacks voice, reactions, channels' webhooks, scheduled events.

The control endpoints take and give JSON. Ids are strings as in Discord's API, and may be sent as
numbers. What cannot be is answered 400 or 404: `{"status": "refused", "reason": "a sentence"}`.

GET /sandbox/guilds
    The servers: id, name, owner_id, has_bot, roles, people (whom one can act as), and channels:
    Discord's channel objects with `kind` ("text", "announcement", "forum", ...) and `bot_may`
    (names of permissions).
POST /sandbox/guilds {name?, channels?: [names], permissions?}
    Another server adds the bot; with {guild_id} one that removed it. Gives the server.
DELETE /sandbox/guilds/{id}
    The server removes the bot.
POST /sandbox/channels {guild_id, name, kind?, tags?}
    Adds a channel.
PATCH /sandbox/channels/{id} {allow?, deny?, overwrite_id?, name?, archived?, locked?, requires_tag?}
    Permissions as bits or names (["send_messages"]); they are the bot's overwrite unless
    `overwrite_id` names another member or role.
DELETE /sandbox/channels/{id}
    Deletes it.
GET /sandbox/channels/{id}/messages ?user_id=
    Discord's message objects with `ephemeral`, oldest first; that person's ephemeral ones too.
POST /sandbox/messages {channel_id, user_id, content}
    A person writes.
GET /sandbox/commands ?guild_id=
    The commands that can be used there as the bot registered them, with options and
    default_member_permissions.
POST /sandbox/commands {channel_id, user_id, name: "setup channel", options?: {name: value}, timeout_s?: 15}
    Uses a command and waits; gives an outcome.
POST /sandbox/autocomplete {channel_id, user_id, name, focused, typed, options?: those filled in already}
    Types into an option; gives an outcome with `choices`.
POST /sandbox/components {message_id, user_id, custom_id, values?, timeout_s?}
    Presses a button or chooses; gives an outcome.
POST /sandbox/modals {interaction_id: of the outcome with the modal, user_id, values: {custom_id: text}}
    Submits a modal; gives an outcome.
GET /sandbox/interactions/{id}
    The outcome as it stands now.
GET /sandbox/dms ?user_id=
    That person's direct-message channels.
GET /sandbox/events ?user_id=
    Server-sent events, one JSON object each: {type: "message_created" or "message_edited",
    channel_id, message}, {type: "message_deleted", channel_id, id}.
POST /sandbox/faults {action, ...}
    Something goes wrong, see below.
DELETE /sandbox/faults
    All is well again.
GET /sandbox/counts
    By route: requests, too_many (429s), invalid (answers 50035); statuses, last_invalid (the
    errors), gateway (what happened there).
GET /sandbox/files/{id}/{name}
    An attachment's bytes.

An outcome is {interaction_id, status, reason, deferred, ephemeral, message, followups, choices,
modal}. `message` is what `@original` stands for. `status` is `answered`, `thinking` (deferred, and
nothing came within the time-out), `updated` (the component's own message; after a bare deferral we
wait two seconds for the change), `choices`, `modal`, or `failed` (nothing within three seconds:
"The application did not respond").

Faults for requests that match `route` ("POST /channels/*/messages"; all without it), for so many
`times` (without it: for ever) and a `share` from 0 to 1: `status` (answers `status`; a 429 asks to
wait `delay_s`), `delay` (waits `delay_s`), `reset_before`, `reset_after` (all is done, and the answer
never comes).
At once: `close_gateway` (with `code`), `cut_gateway`, `reconnect_gateway`, `invalidate_sessions`,
`forget_limits`, `clear`, `role_permissions` ({guild_id, permissions, role_id?: the bot's own}).
Until called again with `on` false: `no_acks`, `outage`, `gateway_down`, `revoke_token`,
`guild_unavailable` ({guild_id}), `dms_closed` ({user_id}).
"""

from aiohttp import web

from sandbox.discord.control.routes import add_control
from sandbox.discord.gateway.serve import add_gateway
from sandbox.discord.rest.serve import add_rest
from sandbox.discord.state import State
from sandbox.discord.world import DEFAULT_BOT_ID, DEFAULT_TOKEN, ROBIN_ID, SAM_ID

__all__ = ["DEFAULT_BOT_ID", "DEFAULT_TOKEN", "ROBIN_ID", "SAM_ID", "State", "add_discord"]


def add_discord(app: web.Application, state: State) -> None:
    """Put the whole stand-in on `app`."""
    add_rest(app, state)
    add_gateway(app, state)
    add_control(app, state)
