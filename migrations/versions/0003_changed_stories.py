"""Stories that change others, pages that correct themselves, and articles that told their news.

Why: a new date or a reversed decision is told by a message of its own that links back to the first;
an outlet that takes back what it told, or that only reports it, is named in the message; and an article
that told a story once begins no other, however often it is edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns, and the index that finds what changes a story."""
    op.add_column("stories", sa.Column("earlier_id", Id))
    op.create_index("ix_stories_earlier_id", "stories", ["earlier_id"])
    op.add_column("story_sources", sa.Column("correction", sa.Text))
    op.add_column(
        "story_sources", sa.Column("reported", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("articles", sa.Column("told_at", sa.DateTime(timezone=True)))
    tellers = "SELECT article_id FROM claims WHERE story_id IS NOT NULL"
    op.execute(f"UPDATE articles SET told_at = seen_at WHERE id IN ({tellers})")  # noqa: S608 - our own words
