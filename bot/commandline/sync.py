"""`sync-commands`: tell Discord of the slash commands, whether it seems to know them or not."""

from argparse import Namespace

import aiohttp

from bot.catalogue.search import SearchIndex
from bot.catalogue.tvmaze import Tvmaze
from bot.client import GreenlitClient
from bot.commandline.run import required_token
from bot.config import Settings
from bot.errors import BotError
from bot.guilds.commands import forget_synced_commands
from bot.guilds.shows import ShowFinder
from bot.storage.database import Database
from bot.storage.schema import migrate


async def sync_commands(_: Namespace, settings: Settings) -> int:
    """Log in, send the commands, leave; the bot may run meanwhile."""
    token = required_token()
    await migrate(settings.database.url)
    database = await Database.open(settings.database.url)
    try:
        await forget_synced_commands(database)
        async with aiohttp.ClientSession() as session:
            finder = ShowFinder(database, SearchIndex(()), Tvmaze(session, settings.tvmaze.base_url))
            client = GreenlitClient(database, finder, api_base=settings.discord.api_base)
            await client.log_in_once(token.get_secret_value())
    except (aiohttp.ClientError, OSError) as error:
        raise BotError(f"Discord could not be reached ({type(error).__name__}); try again later.") from error
    finally:
        await database.close()
    print(f"Discord has {len(client.tree.get_commands())} commands of ours now.")
    return 0
