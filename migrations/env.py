"""Alembic's entry: applies the migrations over the connection that `bot/storage/schema.py` opened.

Each migration is one transaction, on SQLite too. To write the next one, from the repository's root:
`python -m migrations "What it adds"`.
"""

from alembic import context

from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
