"""Every table, once. Times are aware UTC; snowflakes are 64 bits."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; write the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in an INTEGER key

feeds = Table(
    "feeds",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("url", Text, nullable=False, unique=True),
    Column("active", Boolean, nullable=False, default=True),  # still in the settings
    Column("etag", Text),
    Column("last_modified", Text),
    Column("next_poll_at", Moment, nullable=False, index=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("first_polled_at", Moment),
    Column("last_polled_at", Moment),
    Column("last_error", Text),
)

articles = Table(
    "articles",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("identity", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("source", String(80), nullable=False),
    Column("author", Text),
    Column("image_url", Text),
    Column("categories", JSON, nullable=False),
    Column("published_at", Moment),
    Column("seen_at", Moment, nullable=False, index=True),  # last in the feed's window
    Column("told_at", Moment),  # when it first told a story; no later form of it begins another
    UniqueConstraint("feed_id", "identity"),
    Index("ix_articles_feed_id_url", "feed_id", "url"),
)

shows = Table(
    "shows",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=False),  # TVmaze's
    Column("name", Text, nullable=False),
    Column("year", Integer),
    Column("ended_year", Integer),
    Column("network", Text),
    Column("country", Text),
    Column("status", Text),
    Column("weight", Integer, nullable=False, default=0),
    Column("url", Text),
    Column("image_url", Text),
    Column("other_names", JSON, nullable=False),
    Column("cast", JSON, nullable=False),
    Column("updated", BigInteger, nullable=False, default=0),  # TVmaze's own stamp, seconds since 1970
    Column("detailed_at", Moment),  # when seasons, other names and cast were last read
    Column("detailed_stamp", BigInteger),  # `updated` as that reading had it; behind it: to be read again
)

seasons = Table(
    "seasons",
    metadata,
    Column("show_id", ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("episodes", Integer),
    Column("premiere_date", Date),
    Column("end_date", Date),
)

stories = Table(
    "stories",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("show_id", ForeignKey("shows.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("season", Integer),
    Column("premiere", String(16)),
    Column("headline", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("image_url", Text),
    Column("told_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("earlier_id", _Id, index=True),  # of the story that it changes
    Index("ix_stories_show_id_told_at", "show_id", "told_at"),
)

story_sources = Table(
    "story_sources",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("article_id", ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    Column("told_at", Moment, nullable=False),
    Column("reported", Boolean, nullable=False, default=False),  # it says so itself: not as a fact
    Column("correction", Text),  # the page's headline once it took something back
)

claims = Table(
    "claims",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("show_id", ForeignKey("shows.id", ondelete="CASCADE")),  # null: no show, and `verdict` says why
    Column("kind", String(20)),
    Column("season", Integer),
    Column("premiere", String(16)),
    Column("confidence", Float),
    Column("evidence", JSON, nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="SET NULL")),
    Column("verdict", Text, nullable=False),  # what became of it, in words
)

guilds = Table(
    "guilds",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger),
    Column("joined_at", Moment, nullable=False),
    Column("left_at", Moment, index=True),
    Column("greeted_at", Moment),
    Column("set_up_by", BigInteger),  # who chose the channel last: told of trouble where nobody else can be
    Column("publish", Boolean, nullable=False, default=False, server_default=false()),
)

follows = Table(
    "follows",
    metadata,
    Column("guild_id", ForeignKey("guilds.id", ondelete="CASCADE"), primary_key=True),
    Column("show_id", ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True),
    Column("channel_id", BigInteger),
    Column("created_by", BigInteger),
    Column("created_at", Moment, nullable=False),
    Index("ix_follows_show_id", "show_id"),
)

announcements = Table(
    "announcements",  # the outbox
    metadata,
    Column("id", _Id, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("guild_id", ForeignKey("guilds.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("sent_revision", Integer, nullable=False, default=0),  # of the story; older than it: due
    Column("due_at", Moment),  # null: nothing to do
    Column("leased_until", Moment),
    Column("attempts", Integer, nullable=False, default=0),
    Column("outcome", Text),  # the last answer, in words
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("edited_at", Moment),  # last
    Column("given_up", Boolean, nullable=False, default=False),  # never try again, not even an edit
    Column("first_tried_at", Moment),  # since then a message may be there, whatever we know of it
    Column(
        "told_in", _Id
    ),  # the announcement whose message, a summary, tells this one; its own id: it is one
    Column("published_at", Moment),  # to the servers that follow an announcement channel
    UniqueConstraint("story_id", "channel_id"),
    Index("ix_announcements_due_at", "due_at"),
    Index(
        "ix_announcements_pending",  # the order within a channel
        "channel_id",
        "id",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index("ix_announcements_guild_id", "guild_id"),
    Index(
        "ix_announcements_sent",  # how many a channel got in the last hour
        "channel_id",
        "sent_at",
        sqlite_where=text("sent_at IS NOT NULL"),
        postgresql_where=text("sent_at IS NOT NULL"),
    ),
    Index(
        "ix_announcements_told_in",
        "told_in",
        sqlite_where=text("told_in IS NOT NULL"),
        postgresql_where=text("told_in IS NOT NULL"),
    ),
)

channel_troubles = Table(
    "channel_troubles",  # channels that refuse us: nothing goes there but a rare probe
    metadata,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", ForeignKey("guilds.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("why", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("probes", Integer, nullable=False, default=0),
    Column("probe_at", Moment, nullable=False),
    Column("told_at", Moment),  # when the server's admins were told
)

notes = Table(
    "notes",  # small facts about ourselves: the hash of the synced commands, how far the mirror got
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
