"""The tables of the audit log, as the migrations leave them."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from gateway.store.tables import METADATA

AUDIT_LINK = Table(
    "audit_link",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("recorded_time", DateTime(timezone=True), nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("entry_count", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

# Partitioned by the month of recording, so that retention drops whole tables: rows are never
# deleted.
AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("recorded_time", DateTime(timezone=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("request_digest", LargeBinary, nullable=False),
    Column("trace_id", Text, nullable=False),
    Column("address_class", Text, nullable=False),
    Column("change_seq", BigInteger, nullable=False),
    Column("change_position", Integer, nullable=False),
    postgresql_partition_by="RANGE (recorded_time)",
)
for _column in ("actor", "person", "site"):
    Index(
        f"audit_entry_{_column}",
        AUDIT_ENTRY.c[_column],
        AUDIT_ENTRY.c.seq,
        AUDIT_ENTRY.c.position,
        postgresql_where=text(f"{_column} <> ''"),
    )
Index("audit_entry_time", AUDIT_ENTRY.c.recorded_time)

AUDIT_CHECKPOINT = Table(
    "audit_checkpoint",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("link_hash", LargeBinary, nullable=False),
    Column("recorded_time", DateTime(timezone=True), nullable=False),
    Column("key_id", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

AUDIT_RETENTION = Table("audit_retention", METADATA, Column("kept_from", Date, primary_key=True))
