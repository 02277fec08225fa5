"""The one place that knows that engines write "insert, unless it is there" each in its own way."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

CHUNK = 1000
"""How many values one statement carries at most; SQLite allows 32,766."""


def insert(tx: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert into `table` that can say ON CONFLICT, in the words of `tx`'s engine."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)
