"""Stories that change others, and pages that correct themselves.

Why: a new date or a reversed decision is told by a message of its own that links back to the first;
an outlet that takes back what it told is named in the message.
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
