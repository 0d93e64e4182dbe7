"""The tables of presence. A test holds that the migrations make just these."""

from sqlalchemy import (
    ARRAY,
    UUID,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.database import add_order_tables

METADATA = MetaData()
add_order_tables(METADATA)

# Compared byte by byte in every database, as the domain compares by code point.
_ID = Text(collation="C")
_INSTANT = DateTime(timezone=True)


def _entry_columns() -> list[Column[object]]:
    """Describes an entry; the order of columns keeps padding small."""
    columns = (
        ("occurred_time", _INSTANT),
        ("source_sequence", BigInteger),
        ("state", SmallInteger),
        ("activity", SmallInteger),
        ("source_kind", SmallInteger),
        ("kind", SmallInteger),
        ("marks", SmallInteger),
        ("agent", _ID),
        ("event_id", _ID),
        ("source", _ID),
        ("reason", Text),
        ("actor", Text),
        ("contacts", ARRAY(Text)),
    )
    return [Column(name, kind, nullable=False) for name, kind in columns]


def _detail_columns() -> list[Column[object]]:
    """Describes what few entries have; absent, it takes a bit."""
    columns = (
        ("end_time", _INSTANT),
        ("source_time", _INSTANT),
        ("limit_time", _INSTANT),
        ("refers_to_time", _INSTANT),
        ("load_count", Integer),
        ("capacity_count", Integer),
        ("loss_scope", SmallInteger),
        ("refers_to_source", _ID),
        ("refers_to_event_id", _ID),
        ("queue", Text),
        ("text", Text),
    )
    return [Column(name, kind, nullable=True) for name, kind in columns]


STATE_LOG = Table(
    "state_log",
    METADATA,
    Column("recorded_time", _INSTANT, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("site", Text, nullable=False),
    *_entry_columns(),
    *_detail_columns(),
    postgresql_partition_by="RANGE (recorded_time)",
    comment="Every entry ever recorded; partitions are days of recording.",
)
Index(
    "state_log_recorded",
    STATE_LOG.c.recorded_time,
    postgresql_using="brin",
    postgresql_with={"pages_per_range": 16, "autosummarize": "on"},
)
Index(
    "state_log_agent_time",
    STATE_LOG.c.agent,
    STATE_LOG.c.occurred_time,
    STATE_LOG.c.source_sequence,
)
Index(
    "state_log_span",
    STATE_LOG.c.agent,
    STATE_LOG.c.end_time,
    postgresql_where=STATE_LOG.c.end_time.is_not(None),
)

REPORT_KEY = Table(
    "report_key",
    METADATA,
    Column("occurred_day", Date, nullable=False),
    Column("agent", _ID, nullable=False),
    Column("source", _ID, nullable=False),
    Column("event_id", _ID, nullable=False),
    PrimaryKeyConstraint("occurred_day", "agent", "source", "event_id"),
    postgresql_partition_by="RANGE (occurred_day)",
    comment="What was recorded once and is not recorded again; partitions are days of occurrence.",
)

AGENT_STATE = Table(
    "agent_state",
    METADATA,
    Column("since_time", _INSTANT, nullable=False),
    Column("limit_time", _INSTANT),
    Column("seq", BigInteger, nullable=False),
    Column("load_count", Integer, nullable=False),
    Column("capacity_count", Integer, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("activity", SmallInteger, nullable=False),
    Column("marks", SmallInteger, nullable=False),
    Column("agent", _ID, nullable=False),
    Column("site", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("contacts", ARRAY(Text), nullable=False),
    Column("tracks", Text, nullable=False),
    Column("has_moved", Boolean, nullable=False, server_default="false"),
    PrimaryKeyConstraint("agent"),
    comment="What each agent is now, all her tracks considered; seq is the last link of hers.",
)
Index("agent_state_site", AGENT_STATE.c.site)
Index(
    "agent_state_limit",
    AGENT_STATE.c.site,
    AGENT_STATE.c.limit_time,
    postgresql_where=AGENT_STATE.c.limit_time.is_not(None),
)

LINK = Table(
    "link",
    METADATA,
    Column("site", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("recorded_time", _INSTANT, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("entry_count", Integer, nullable=False),
    PrimaryKeyConstraint("site", "epoch", "seq"),
    comment="The chain of each site, one link a commit.",
)

PRESENCE_POLICY = Table(
    "presence_policy",
    METADATA,
    Column("site", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("start_time", _INSTANT, nullable=False),
    Column("author", Text, nullable=False),
    Column("content", JSONB, nullable=False),
    PrimaryKeyConstraint("site", "version"),
    comment="The rules of each site, version by version; none means the defaults.",
)

SITE_COVERAGE = Table(
    "site_coverage",
    METADATA,
    Column("site", Text, primary_key=True),
    Column("first_occurred_time", _INSTANT, nullable=False),
    Column("last_occurred_time", _INSTANT, nullable=False),
    comment="The span that the entries of each site cover.",
)

SOURCE_LEASE = Table(
    "source_lease",
    METADATA,
    Column("proof_time", _INSTANT, nullable=False),
    Column("lost_time", _INSTANT),
    Column("length", Interval),
    Column("silences", ARRAY(_INSTANT), nullable=False),
    Column("source_kind", SmallInteger, nullable=False),
    Column("source", _ID, nullable=False),
    Column("agent", _ID, nullable=False),
    Column("site", Text, nullable=False),
    PrimaryKeyConstraint("source", "agent", "site"),
    comment="The last proof of life of each source at each site, or of each agent's client; "
    "without a length it may be silent. Silences are starts and ends that are not judged yet.",
)
Index("source_lease_site", SOURCE_LEASE.c.site)

SOURCE_SKEW = Table(
    "source_skew",
    METADATA,
    Column("measured_time", _INSTANT, nullable=False),
    Column("samples", ARRAY(BigInteger), nullable=False),
    Column("source", _ID, nullable=False),
    Column("agent", _ID, nullable=False),
    PrimaryKeyConstraint("source", "agent"),
    comment="The latest samples of how far the clock of each source is ahead.",
)

SOURCE_RESEND = Table(
    "source_resend",
    METADATA,
    Column("source", _ID, nullable=False),
    Column("agent", _ID, nullable=False),
    PrimaryKeyConstraint("source", "agent"),
    comment="Agents whose states were lost with a source and not reported since.",
)

WATCH_MARK = Table(
    "watch_mark",
    METADATA,
    Column("site", Text, primary_key=True),
    Column("mark_time", _INSTANT, nullable=False),
    comment="When presence was last known to be there for each site.",
)

PERSON = Table(
    "person",
    METADATA,
    Column("name", _ID, primary_key=True),
    Column("salt", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    comment="What stands for each name in hashed bytes; without a salt the person is erased.",
)

ENTRY_TEXT = Table(
    "entry_text",
    METADATA,
    Column("site", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
    Column("salt", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    PrimaryKeyConstraint("site", "epoch", "seq", "position"),
    comment="What stands for the text of an entry in hashed bytes; "
    "without a salt the text is erased.",
)

CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("site", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("link_hash", LargeBinary, nullable=False),
    Column("recorded_time", _INSTANT, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    PrimaryKeyConstraint("site", "epoch", "seq"),
    comment="Signatures over links.",
)

DAILY_ROOT = Table(
    "daily_root",
    METADATA,
    Column("site", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("entry_count", BigInteger, nullable=False),
    Column("last_hash", LargeBinary, nullable=False),
    Column("links_root", LargeBinary, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("leaves_hash", LargeBinary, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("exported_time", _INSTANT),
    Column("mailed_time", _INSTANT),
    PrimaryKeyConstraint("site", "day"),
    comment="What the chain of a site held at the end of each UTC day, and who has it.",
)

KEPT_FROM = Table(
    "kept_from",
    METADATA,
    Column("site", Text, primary_key=True),
    Column("day", Date, nullable=False),
    comment="The day of recording before which the entries of a site are gone by retention.",
)

ERASURE = Table(
    "erasure",
    METADATA,
    Column("request_id", UUID, primary_key=True),
    Column("names", ARRAY(Text)),
    Column("pseudonyms", ARRAY(Text), nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_time", _INSTANT, nullable=False),
    Column("completed_time", _INSTANT),
    comment="Who was erased, under which pseudonym; names are there until it is completed.",
)

AGENT_DAY = Table(
    "agent_day",
    METADATA,
    Column("day", Date, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("site", Text, nullable=False),
    Column("agent", _ID, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("site", "day", "agent"),
    comment="What each agent did on a UTC day that is over, as folded at seq; a cache.",
)

LATE_CHANGE = Table(
    "late_change",
    METADATA,
    Column("day", Date, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("site", Text, nullable=False),
    Column("agent", _ID, nullable=False),
    PrimaryKeyConstraint("site", "day", "agent"),
    comment="The last link that changed a day after it was over, by its first such day; "
    "an agent_day of that day or a later one is right if it was folded at this link or after.",
)
