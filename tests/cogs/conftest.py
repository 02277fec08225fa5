"""What the tests of commands share."""

from collections.abc import AsyncIterator

import pytest

from bot.storage.database import Database
from tests.people import People, logged_in, served


@pytest.fixture
async def people(sqlite_database: Database) -> AsyncIterator[People]:
    """Robin and Sam, on a server with the bot."""
    async with served() as loopback, logged_in(loopback, sqlite_database) as people:
        yield people
