"""The HTTP API as a bot meets it, request by request."""

import asyncio

import aiohttp
import pytest

from sandbox.discord import DEFAULT_BOT_ID, DEFAULT_TOKEN, ROBIN_ID, SAM_ID, State
from sandbox.discord.nouns import Channel, ChannelKind, Overwrite
from sandbox.discord.permissions import Permission
from sandbox.discord.world import add_channel
from tests.sandbox.discord.place import Opener, Place, Reply


def refusal(reply: Reply) -> tuple[int, int]:
    """Give the status and Discord's code."""
    return reply.status, reply.body["code"]


def deny(channel: Channel, permission: Permission) -> None:
    """Take a permission from the bot."""
    channel.overwrites[DEFAULT_BOT_ID] = Overwrite(DEFAULT_BOT_ID, 1, deny=permission)


@pytest.fixture
def news(place: Place) -> Channel:
    return place.channel("tv-news")


async def test_a_wrong_token_is_refused(place: Place) -> None:
    reply = await place.ask("GET", "/users/@me", Authorization="Bot wrong")
    assert refusal(reply) == (401, 0)
    assert reply.body["message"] == "401: Unauthorized"


async def test_an_unknown_address_is_discords_404(place: Place) -> None:
    assert refusal(await place.ask("GET", "/teapots")) == (404, 0)


async def test_every_answer_comes_by_way_of_a_proxy_as_json(place: Place) -> None:
    reply = await place.ask("GET", "/users/@me")
    assert reply.headers["Via"] == "1.1 google"
    assert reply.headers["Content-Type"] == "application/json"


async def test_a_message_is_stored_trimmed_and_answered(place: Place, news: Channel) -> None:
    reply = await place.write(news, content="  hello  ", embeds=[{"title": "T", "color": "255", "flags": 0}])
    assert reply.status == 200
    assert reply.body["content"] == "hello"
    assert reply.body["embeds"] == [{"type": "rich", "title": "T", "color": 255}]
    assert news.messages[int(reply.body["id"])].author.id == DEFAULT_BOT_ID


async def test_the_same_nonce_makes_no_second_message(place: Place, news: Channel) -> None:
    first = await place.write(news, content="a", nonce="n1", enforce_nonce=True)
    again = await place.write(news, content="a", nonce="n1", enforce_nonce=True)
    other = await place.write(place.channel("general"), content="a", nonce="n1", enforce_nonce=True)
    assert first.body["id"] == again.body["id"] != other.body["id"]
    assert len(news.messages) == 1


async def test_a_nonce_is_forgotten_after_some_minutes(place: Place, news: Channel) -> None:
    await place.write(news, content="a", nonce="n1", enforce_nonce=True)
    place.clock.passed_s = 301
    await place.write(news, content="a", nonce="n1", enforce_nonce=True)
    assert len(news.messages) == 2


async def test_the_nonce_of_a_deleted_message_is_an_unknown_message(place: Place, news: Channel) -> None:
    first = await place.write(news, content="a", nonce="n1", enforce_nonce=True)
    await place.ask("DELETE", f"/channels/{news.id}/messages/{first.body['id']}")
    again = await place.write(news, content="a", nonce="n1", enforce_nonce=True)
    assert refusal(again) == (404, 10008)


async def test_the_sixth_message_is_a_429_that_says_when_to_come_back(place: Place, news: Channel) -> None:
    for number in range(5):
        assert (await place.write(news, content=str(number))).status == 200
    reply = await place.write(news, content="too much")
    assert reply.status == 429
    assert 0 < reply.body["retry_after"] <= 5
    assert reply.body["global"] is False
    assert reply.headers["X-RateLimit-Remaining"] == "0"
    assert len(news.messages) == 5
    counts = (await place.control("GET", "/counts")).body
    assert counts["too_many"] == {"POST /channels/{channel_id}/messages": 1}


async def test_fifty_messages_at_once_meet_no_limit_and_more_do(place: Place) -> None:
    place.clock.stop()
    channels = [add_channel(place.state, place.guild, f"c{number}") for number in range(60)]
    replies = await asyncio.gather(*(place.write(channel, content="c") for channel in channels))
    statuses = sorted(reply.status for reply in replies)
    assert statuses == [200] * 50 + [429] * 10
    assert any(reply.headers.get("X-RateLimit-Global") for reply in replies)


async def test_a_429_without_via_follows_ten_thousand_refusals(place: Place) -> None:
    for _ in range(10_000):
        place.state.limits.count_invalid()
    reply = await place.ask("GET", "/users/@me")
    assert reply.status == 429
    assert "Via" not in reply.headers


async def test_a_body_that_breaks_the_description_is_counted(place: Place, news: Channel) -> None:
    reply = await place.write(news, content="c" * 4001)
    assert refusal(reply) == (400, 50035)
    assert reply.body["errors"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"
    assert sum(place.state.counts.invalid.values()) == 1


async def test_a_body_that_is_no_json_is_refused(place: Place, news: Channel) -> None:
    address = f"{place.base}/api/v10/channels/{news.id}/messages"
    async with place.session.post(address, data=b"{", headers=place.headers) as answer:
        assert (await answer.json())["code"] == 50109


async def test_unknown_channel_message_and_guild_have_their_codes(place: Place, news: Channel) -> None:
    assert refusal(await place.ask("GET", "/channels/1")) == (404, 10003)
    assert refusal(await place.ask("GET", f"/channels/{news.id}/messages/1")) == (404, 10008)
    assert refusal(await place.ask("GET", "/guilds/1")) == (404, 10004)
    assert refusal(await place.ask("GET", "/users/1")) == (404, 10013)


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        (Permission.VIEW_CHANNEL, (403, 50001)),
        (Permission.SEND_MESSAGES, (403, 50013)),
        (Permission.EMBED_LINKS, (403, 50013)),
    ],
)
async def test_missing_permissions_have_their_codes(
    place: Place, news: Channel, lacking: Permission, expected: tuple[int, int]
) -> None:
    deny(news, lacking)
    assert refusal(await place.write(news, content="c", embeds=[{"title": "t"}])) == expected


async def test_a_server_that_removed_the_bot_is_out_of_reach(place: Place, news: Channel) -> None:
    await place.control("DELETE", f"/guilds/{place.guild.id}")
    assert refusal(await place.write(news, content="c")) == (403, 50001)
    assert refusal(await place.ask("GET", f"/guilds/{place.guild.id}")) == (404, 10004)


async def test_history_is_paged_and_empty_without_its_permission(place: Place, news: Channel) -> None:
    ids = [(await place.write(news, content=str(number))).body["id"] for number in range(5)]
    path = f"/channels/{news.id}/messages"

    async def page(query: str) -> list[str]:
        return [message["id"] for message in (await place.ask("GET", f"{path}?{query}")).body]

    place.state.limits.enabled = False
    assert await page("limit=2") == [ids[4], ids[3]]
    assert await page(f"limit=2&before={ids[3]}") == [ids[2], ids[1]]
    assert await page(f"limit=2&after={ids[1]}") == [ids[3], ids[2]]
    assert await page(f"limit=3&around={ids[2]}") == [ids[3], ids[2], ids[1]]
    deny(news, Permission.READ_MESSAGE_HISTORY)
    assert await page("limit=2") == []


async def test_only_the_named_parts_of_a_message_change(place: Place, news: Channel) -> None:
    sent = (await place.write(news, content="old", embeds=[{"title": "t"}])).body
    path = f"/channels/{news.id}/messages/{sent['id']}"
    edited = (await place.ask("PATCH", path, {"content": "new", "tts": False})).body
    assert (edited["content"], len(edited["embeds"])) == ("new", 1)
    assert edited["edited_timestamp"] is not None


async def test_what_another_wrote_can_neither_be_edited_nor_read_in_full(place: Place, news: Channel) -> None:
    written = await place.control(
        "POST", "/messages", {"channel_id": news.id, "user_id": SAM_ID, "content": "secret"}
    )
    path = f"/channels/{news.id}/messages/{written.body['id']}"
    assert refusal(await place.ask("PATCH", path, {"content": "mine"})) == (403, 50005)
    assert refusal(await place.ask("DELETE", path)) == (403, 50013)
    assert (await place.ask("GET", path)).body["content"] == ""


async def test_a_feeds_text_calls_nobody_without_leave(place: Place, news: Channel) -> None:
    text = f"@everyone <@{SAM_ID}> renewed"
    quiet = (await place.write(news, content=text, allowed_mentions={"parse": []})).body
    assert (quiet["mentions"], quiet["mention_everyone"]) == ([], False)
    loud = (await place.write(news, content=text)).body
    assert [user["id"] for user in loud["mentions"]] == [str(SAM_ID)]
    assert loud["mention_everyone"] is False  # the bot lacks the permission


async def test_a_reply_names_its_message(place: Place, news: Channel) -> None:
    first = (await place.write(news, content="first")).body
    reply = (await place.write(news, content="second", message_reference={"message_id": first["id"]})).body
    assert reply["type"] == 19
    assert reply["referenced_message"]["id"] == first["id"]
    gone = await place.write(news, content="third", message_reference={"message_id": "1"})
    assert refusal(gone) == (404, 10008)
    kept = {"message_id": "1", "fail_if_not_exists": False}
    assert (await place.write(news, content="fourth", message_reference=kept)).status == 200


async def test_publishing_works_once_and_only_in_announcement_channels(place: Place, news: Channel) -> None:
    announcements = place.channel("announcements")
    sent = (await place.write(announcements, content="c")).body
    path = f"/channels/{announcements.id}/messages/{sent['id']}/crosspost"
    assert (await place.ask("POST", path)).body["flags"] & 1
    assert refusal(await place.ask("POST", path)) == (400, 40033)
    plain = (await place.write(news, content="c")).body
    path = f"/channels/{news.id}/messages/{plain['id']}/crosspost"
    assert refusal(await place.ask("POST", path)) == (400, 50024)


async def test_the_eleventh_publishing_in_an_hour_is_refused(place: Place) -> None:
    announcements = place.channel("announcements")
    path = f"/channels/{announcements.id}/messages/1/crosspost"
    replies = [await place.ask("POST", path) for _ in range(11)]
    assert [reply.status for reply in replies] == [404] * 10 + [429]
    assert replies[-1].body["retry_after"] > 3500


async def test_a_forum_takes_threads_with_tags_and_no_messages(place: Place) -> None:
    forum = add_channel(place.state, place.guild, "shows", ChannelKind.FORUM, tags=("renewed",))
    forum.requires_tag = True
    assert refusal(await place.write(forum, content="c")) == (400, 50008)
    wanted = {"name": "The Diplomat", "message": {"content": "Renewed"}}
    assert refusal(await place.ask("POST", f"/channels/{forum.id}/threads", wanted)) == (400, 50035)
    wanted["applied_tags"] = [str(forum.tags[0].id)]
    opened = await place.ask("POST", f"/channels/{forum.id}/threads", wanted)
    assert opened.status == 201
    assert opened.body["message"]["content"] == "Renewed"
    thread = place.state.channels[int(opened.body["id"])]
    assert (await place.write(thread, content="more")).status == 200


async def test_an_archived_thread_cannot_be_edited_in_and_wakes_with_a_message(
    place: Place, news: Channel
) -> None:
    news.overwrites[DEFAULT_BOT_ID] = Overwrite(DEFAULT_BOT_ID, 1, allow=Permission.CREATE_PUBLIC_THREADS)
    sent = (await place.write(news, content="c")).body
    path = f"/channels/{news.id}/messages/{sent['id']}/threads"
    thread = place.state.channels[int((await place.ask("POST", path, {"name": "talk"})).body["id"])]
    inside = (await place.write(thread, content="c")).body
    thread.archived = True
    path = f"/channels/{thread.id}/messages/{inside['id']}"
    assert refusal(await place.ask("PATCH", path, {"content": "d"})) == (400, 50083)
    assert (await place.write(thread, content="e")).status == 200
    assert not thread.archived
    thread.locked = True
    assert refusal(await place.write(thread, content="f")) == (400, 50083)


async def test_a_direct_message_reaches_who_lets_it(place: Place) -> None:
    opened = (await place.ask("POST", "/users/@me/channels", {"recipient_id": str(ROBIN_ID)})).body
    again = (await place.ask("POST", "/users/@me/channels", {"recipient_id": str(ROBIN_ID)})).body
    assert opened["id"] == again["id"]
    channel = place.state.channels[int(opened["id"])]
    assert (await place.write(channel, content="hello")).status == 200
    await place.control("POST", "/faults", {"action": "dms_closed", "user_id": ROBIN_ID})
    assert refusal(await place.write(channel, content="hello")) == (403, 50007)


async def test_files_come_with_a_message_and_can_be_fetched(place: Place, news: Channel) -> None:
    place.channel("tv-news").overwrites[DEFAULT_BOT_ID] = Overwrite(
        DEFAULT_BOT_ID, 1, allow=Permission.ATTACH_FILES
    )
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", '{"content": "see", "attachments": [{"id": 0, "filename": "a.txt"}]}')
    form.add_field("files[0]", b"poster", filename="a.txt", content_type="text/plain")
    address = f"{place.base}/api/v10/channels/{news.id}/messages"
    async with place.session.post(address, data=form, headers=place.headers) as answer:
        told = await answer.json()
        assert answer.status == 200, told
        (attachment,) = told["attachments"]
    async with place.session.get(attachment["url"]) as answer:
        assert await answer.read() == b"poster"


async def test_commands_keep_their_ids_until_they_change(place: Place) -> None:
    path = f"/applications/{DEFAULT_BOT_ID}/commands"
    wanted = [{"name": "follow", "description": "d", "default_member_permissions": "32"}]
    first = (await place.ask("PUT", path, wanted)).body
    assert first[0]["default_member_permissions"] == "32"
    assert (await place.ask("PUT", path, wanted)).body == first
    wanted[0]["description"] = "another"
    changed = (await place.ask("PUT", path, wanted)).body
    assert changed[0]["id"] == first[0]["id"]
    assert changed[0]["version"] != first[0]["version"]


async def test_commands_are_made_changed_and_deleted_one_by_one(place: Place) -> None:
    path = f"/applications/{DEFAULT_BOT_ID}/guilds/{place.guild.id}/commands"
    made = await place.ask("POST", path, {"name": "follow", "description": "d"})
    assert made.status == 201
    one = f"{path}/{made.body['id']}"
    assert (await place.ask("PATCH", one, {"description": "e"})).body["description"] == "e"
    assert (await place.ask("GET", one)).body["description"] == "e"
    assert len((await place.ask("GET", path)).body) == 1
    assert (await place.ask("DELETE", one)).status == 204
    assert refusal(await place.ask("GET", one)) == (404, 10063)


async def test_new_commands_are_two_hundred_a_day(place: Place) -> None:
    for _ in range(200):
        place.state.limits.take_command(DEFAULT_BOT_ID)
    path = f"/applications/{DEFAULT_BOT_ID}/commands"
    assert refusal(await place.ask("POST", path, {"name": "a", "description": "d"})) == (400, 30034)


async def test_another_bots_token_cannot_touch_the_first_ones_commands(place: Place) -> None:
    place.state.add_application("Other", 77, "other-token")
    path = f"/applications/{DEFAULT_BOT_ID}/commands"
    assert refusal(await place.ask("GET", path, Authorization="Bot other-token")) == (403, 50001)


async def test_an_interaction_nobody_asked_is_unknown(place: Place) -> None:
    reply = await place.ask("POST", "/interactions/1/token/callback", {"type": 5})
    assert refusal(reply) == (404, 10062)
    reply = await place.ask("POST", f"/webhooks/{DEFAULT_BOT_ID}/token", {"content": "c"})
    assert refusal(reply) == (404, 10015)


async def test_a_server_is_read_with_its_channels_roles_and_members(place: Place) -> None:
    path = f"/guilds/{place.guild.id}"
    assert (await place.ask("GET", f"{path}?with_counts=true")).body["approximate_member_count"] == 3
    channels = (await place.ask("GET", f"{path}/channels")).body
    assert "tv-news" in {channel["name"] for channel in channels}
    roles = (await place.ask("GET", f"{path}/roles")).body
    assert roles[1]["tags"] == {"bot_id": str(DEFAULT_BOT_ID)}
    assert (await place.ask("GET", f"{path}/members/{SAM_ID}")).body["user"]["username"] == "sam"
    assert refusal(await place.ask("GET", f"{path}/members/1")) == (404, 10007)
    assert [guild["name"] for guild in (await place.ask("GET", "/users/@me/guilds")).body] == ["The Couch"]
    assert (await place.ask("GET", f"{path}/threads/active")).body["threads"] == []


async def test_the_bot_can_leave_a_server(place: Place) -> None:
    path = f"/users/@me/guilds/{place.guild.id}"
    assert (await place.ask("DELETE", path)).status == 204
    assert refusal(await place.ask("DELETE", path)) == (404, 10004)


async def test_channels_are_changed_only_with_the_permission(place: Place, news: Channel) -> None:
    path = f"/channels/{news.id}"
    assert refusal(await place.ask("PATCH", path, {"name": "shows"})) == (403, 50013)
    news.overwrites[DEFAULT_BOT_ID] = Overwrite(DEFAULT_BOT_ID, 1, allow=Permission.MANAGE_CHANNELS)
    assert (await place.ask("PATCH", path, {"name": "shows"})).body["name"] == "shows"
    assert (await place.ask("POST", f"{path}/typing")).status == 204
    assert (await place.ask("DELETE", path)).status == 200
    assert refusal(await place.ask("GET", path)) == (404, 10003)


async def test_a_bot_archives_and_tags_the_thread_that_it_started(place: Place) -> None:
    forum = add_channel(place.state, place.guild, "shows", ChannelKind.FORUM, tags=("renewed",))
    wanted = {"name": "Ghosts", "message": {"content": "c"}}
    thread = (await place.ask("POST", f"/channels/{forum.id}/threads", wanted)).body
    change = {"archived": True, "applied_tags": [str(forum.tags[0].id)]}
    told = (await place.ask("PATCH", f"/channels/{thread['id']}", change)).body
    assert told["thread_metadata"]["archived"] is True
    assert told["applied_tags"] == [str(forum.tags[0].id)]
    wrong = {**wanted, "applied_tags": ["1"]}
    assert refusal(await place.ask("POST", f"/channels/{forum.id}/threads", wrong)) == (400, 50035)


async def test_the_gateways_address_is_ours(open_place: Opener) -> None:
    place = await open_place(shards=3)
    told = (await place.ask("GET", "/gateway/bot")).body
    assert told["url"] == place.base.replace("http", "ws") + "/gateway"
    assert told["shards"] == 3


def test_the_default_token_has_the_shape_of_a_token() -> None:
    head, middle, tail = DEFAULT_TOKEN.split(".")
    assert (len(head), len(middle)) == (26, 6)
    assert len(tail) >= 27


def test_ids_grow_within_a_millisecond() -> None:
    state = State(now=lambda: 1_700_000_000.0)
    ids = [state.ids.new() for _ in range(100)]
    assert ids == sorted(set(ids))
