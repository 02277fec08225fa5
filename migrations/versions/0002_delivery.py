"""Delivery that knows its doubts: when a send was first tried, what is told in a summary, closed channels.

Why: past a nonce's life we look before sending again; what a channel's cap or an outage holds back becomes
one summary; a channel that refuses us is paused, told of once, and tried again rarely, with the oldest of all
that waits there, for which the index of the unsent is widened. A server may wish its announcements published,
and whom to tell of trouble is who set the channel.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns, the table of closed channels, and what finds rows quickly."""
    for column in (
        sa.Column("first_tried_at", Moment),
        sa.Column("told_in", Id),
        sa.Column("published_at", Moment),
    ):
        op.add_column("announcements", column)
    op.add_column("guilds", sa.Column("set_up_by", sa.BigInteger))
    op.add_column("guilds", sa.Column("publish", sa.Boolean, nullable=False, server_default=sa.false()))
    op.drop_index("ix_announcements_unsent", "announcements")
    for name, columns, only in (
        ("ix_announcements_pending", ["channel_id", "id"], "due_at IS NOT NULL"),
        ("ix_announcements_sent", ["channel_id", "sent_at"], "sent_at IS NOT NULL"),
        ("ix_announcements_told_in", ["told_in"], "told_in IS NOT NULL"),
    ):
        rows = sa.text(only)
        op.create_index(name, "announcements", columns, sqlite_where=rows, postgresql_where=rows)
    op.create_table(
        "channel_troubles",
        sa.Column("channel_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("probes", sa.Integer, nullable=False),
        sa.Column("probe_at", Moment, nullable=False),
        sa.Column("told_at", Moment),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guilds.id"], name="fk_channel_troubles_guild_id_guilds", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", name="pk_channel_troubles"),
    )
    op.create_index("ix_channel_troubles_guild_id", "channel_troubles", ["guild_id"])
