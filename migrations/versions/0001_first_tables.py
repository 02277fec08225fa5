"""The first tables: feeds and articles, the catalogue, stories, servers and their follows, the outbox.

Why: the bot's memory begins here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table, those first that others point to."""
    _add_catalogue()
    _add_feeds()
    _add_news()
    _add_servers()
    _add_outbox()
    _add_notes()


def _add_catalogue() -> None:
    op.create_table(
        "shows",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("ended_year", sa.Integer),
        sa.Column("network", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("status", sa.Text),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("image_url", sa.Text),
        sa.Column("other_names", sa.JSON, nullable=False),
        sa.Column("cast", sa.JSON, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("detailed_at", Moment),
        sa.Column("detailed_stamp", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_shows"),
    )
    op.create_table(
        "seasons",
        sa.Column("show_id", Id, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("episodes", sa.Integer),
        sa.Column("premiere_date", sa.Date),
        sa.Column("end_date", sa.Date),
        sa.ForeignKeyConstraint(
            ["show_id"], ["shows.id"], name="fk_seasons_show_id_shows", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("show_id", "number", name="pk_seasons"),
    )


def _add_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("next_poll_at", Moment, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("first_polled_at", Moment),
        sa.Column("last_polled_at", Moment),
        sa.Column("last_error", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
    )
    op.create_index("ix_feeds_next_poll_at", "feeds", ["next_poll_at"])
    op.create_table(
        "articles",
        sa.Column("id", Id, nullable=False),
        sa.Column("feed_id", Id, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("image_url", sa.Text),
        sa.Column("categories", sa.JSON, nullable=False),
        sa.Column("published_at", Moment),
        sa.Column("seen_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name="fk_articles_feed_id_feeds", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("feed_id", "identity", name="uq_articles_feed_id"),
    )
    op.create_index("ix_articles_feed_id_url", "articles", ["feed_id", "url"])
    op.create_index("ix_articles_seen_at", "articles", ["seen_at"])


def _add_news() -> None:
    op.create_table(
        "stories",
        sa.Column("id", Id, nullable=False),
        sa.Column("show_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("season", sa.Integer),
        sa.Column("premiere", sa.String(length=16)),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("image_url", sa.Text),
        sa.Column("told_at", Moment, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["show_id"], ["shows.id"], name="fk_stories_show_id_shows", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_show_id_told_at", "stories", ["show_id", "told_at"])
    op.create_table(
        "story_sources",
        sa.Column("story_id", Id, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("article_id", Id),
        sa.Column("told_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_story_sources_article_id_articles", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_sources_story_id_stories", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "url", name="pk_story_sources"),
    )
    op.create_index("ix_story_sources_article_id", "story_sources", ["article_id"])
    op.create_table(
        "claims",
        sa.Column("id", Id, nullable=False),
        sa.Column("article_id", Id, nullable=False),
        sa.Column("show_id", Id),
        sa.Column("kind", sa.String(length=20)),
        sa.Column("season", sa.Integer),
        sa.Column("premiere", sa.String(length=16)),
        sa.Column("confidence", sa.Float),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("story_id", Id),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_claims_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["show_id"], ["shows.id"], name="fk_claims_show_id_shows", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_claims_story_id_stories", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_article_id", "claims", ["article_id"])


def _add_servers() -> None:
    op.create_table(
        "guilds",
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("joined_at", Moment, nullable=False),
        sa.Column("left_at", Moment),
        sa.Column("greeted_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_guilds"),
    )
    op.create_index("ix_guilds_left_at", "guilds", ["left_at"])
    op.create_table(
        "follows",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("show_id", Id, nullable=False),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("created_by", sa.BigInteger),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guilds.id"], name="fk_follows_guild_id_guilds", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["show_id"], ["shows.id"], name="fk_follows_show_id_shows", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild_id", "show_id", name="pk_follows"),
    )
    op.create_index("ix_follows_show_id", "follows", ["show_id"])


def _add_outbox() -> None:
    unsent = sa.text("due_at IS NOT NULL AND message_id IS NULL")
    op.create_table(
        "announcements",
        sa.Column("id", Id, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("sent_revision", sa.Integer, nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("leased_until", Moment),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment),
        sa.Column("edited_at", Moment),
        sa.Column("given_up", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guilds.id"], name="fk_announcements_guild_id_guilds", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_announcements_story_id_stories", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sa.UniqueConstraint("story_id", "channel_id", name="uq_announcements_story_id"),
    )
    op.create_index("ix_announcements_due_at", "announcements", ["due_at"])
    op.create_index("ix_announcements_guild_id", "announcements", ["guild_id"])
    op.create_index(
        "ix_announcements_unsent",
        "announcements",
        ["channel_id", "id"],
        sqlite_where=unsent,
        postgresql_where=unsent,
    )


def _add_notes() -> None:
    op.create_table(
        "notes",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notes"),
    )
