"""`check`: try everything that the bot needs, a line each."""

import re
from argparse import Namespace
from collections.abc import Awaitable

import aiohttp

from bot import clock
from bot.catalogue.tvmaze import Tvmaze
from bot.commandline.documents import whole_document
from bot.config import FeedSettings, Settings, find_file, load_token
from bot.errors import BotError, ConfigError
from bot.feeds.fetch import open_session
from bot.jobs.parsing import Parser
from bot.storage.database import Database
from bot.storage.schema import migrate
from bot.storage.shows import count_shows

_TOKEN_SHAPE = re.compile(r"[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,}")


async def print_check(arguments: Namespace, settings: Settings) -> int:
    """Try settings, database, token, every feed and TVmaze, and print what came of it; 1 on trouble."""
    path = find_file(arguments.config)
    print(f"ok       settings: {path or 'no file, defaults and environment'}")
    parser = Parser()
    try:
        async with open_session(settings.polling.allow_private_addresses) as session:
            went_well = [
                await _tried("database", _database(settings)),
                await _tried("token", _token()),
                *[await _tried(f"feed {feed.name}", _feed(feed, session, parser)) for feed in settings.feeds],
                await _tried("TVmaze", _tvmaze(settings)),
            ]
    finally:
        parser.close()
    return 0 if all(went_well) else 1


async def _tried(what: str, trial: Awaitable[str]) -> bool:
    try:
        told = await trial
    except BotError as error:
        print(f"TROUBLE  {what}: {error}", flush=True)
        return False
    print(f"ok       {what}: {told}", flush=True)
    return True


async def _database(settings: Settings) -> str:
    await migrate(settings.database.url)
    database = await Database.open(settings.database.url)
    try:
        async with database.reading() as tx:
            return f"{await count_shows(tx)} shows in the catalogue"
    finally:
        await database.close()


async def _token() -> str:
    """Look at the token's shape; only Discord could say more, and `run` asks it."""
    token = load_token()
    if token is None:
        raise ConfigError("DISCORD_TOKEN is not set; copy it from the developer portal, page Bot.")
    if not _TOKEN_SHAPE.fullmatch(token.get_secret_value()):
        raise ConfigError("DISCORD_TOKEN does not look like a bot's token: three parts, joined by dots.")
    return "it has the right shape"


async def _feed(feed: FeedSettings, session: aiohttp.ClientSession, parser: Parser) -> str:
    answer = await whole_document(session, feed.url)
    parsed = await parser.parse(answer, source=feed.name, read_at=clock.now())
    moved = f"; it has moved to {answer.moved_to}" if answer.moved_to else ""
    return f"{len(parsed.articles)} entries{moved}"


async def _tvmaze(settings: Settings) -> str:
    async with aiohttp.ClientSession() as session:
        found = await Tvmaze(session, settings.tvmaze.base_url).search("The Diplomat")
    return f"it knows {len(found)} shows called The Diplomat"
