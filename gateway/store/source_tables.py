"""The tables of sources, as the migrations leave them."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from gateway.store.tables import METADATA


def _source_key(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "source",
        Text,
        ForeignKey("source.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


SOURCE = Table(
    "source",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("site", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("scheme", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("timestamp_header", Text, nullable=False),
    Column("signed_text", Text, nullable=False),
    # A signature can be checked with the secret itself alone, so no hash would do.
    Column("secret", Text, nullable=False),
    Column("former_secret", Text, nullable=False),
    Column("former_secret_expire_time", DateTime(timezone=True)),
    Column("active_version", Integer, nullable=False),
    Column("create_time", DateTime(timezone=True), nullable=False),
    Column("update_time", DateTime(timezone=True), nullable=False),
)

SOURCE_MAPPING = Table(
    "source_mapping",
    METADATA,
    _source_key(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("create_time", DateTime(timezone=True), nullable=False),
)

# `next_try_time` is the lease as well: whoever takes an event puts it off, and if she dies another
# one takes it then.
SOURCE_EVENT = Table(
    "source_event",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _source_key(),
    Column("dedupe_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("mapping_version", Integer, nullable=False),
    Column("attempt_count", Integer, nullable=False),
    Column("receive_time", DateTime(timezone=True), nullable=False),
    Column("next_try_time", DateTime(timezone=True), nullable=False),
    UniqueConstraint("source", "dedupe_id", name="source_event_once"),
)
Index(
    "source_event_due",
    SOURCE_EVENT.c.next_try_time,
    SOURCE_EVENT.c.id,
    postgresql_where=text("state = 'PENDING'"),
)
Index("source_event_state", SOURCE_EVENT.c.source, SOURCE_EVENT.c.state, SOURCE_EVENT.c.id)
Index("source_event_age", SOURCE_EVENT.c.state, SOURCE_EVENT.c.receive_time)

SOURCE_UNKNOWN = Table(
    "source_unknown",
    METADATA,
    _source_key(primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("event_count", BigInteger, nullable=False),
    Column("first_seen_time", DateTime(timezone=True), nullable=False),
    Column("last_seen_time", DateTime(timezone=True), nullable=False),
    Column("sample_event", BigInteger, nullable=False),
)
