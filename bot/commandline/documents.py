"""A feed's document for a command that asks once: no validators, so no 304."""

import aiohttp

from bot.errors import FetchError
from bot.feeds.fetch import Fetched, fetch


async def whole_document(session: aiohttp.ClientSession, url: str) -> Fetched:
    """Fetch the document at `url`; FetchError as `fetch` tells it."""
    answer = await fetch(session, url)
    if not isinstance(answer, Fetched):
        raise FetchError(url, "It answered 304 to a question that had no condition.", status=304)
    return answer
