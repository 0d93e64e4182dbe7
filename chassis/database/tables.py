"""The tables of the order of sites, as metadata and as the statements that make them.

The statements are what migrations run. They are history: after a release a change is a new
statement and a new migration, never an edit. A test holds that both say the same.
"""

from typing import Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB


class Operator(Protocol):
    """What the functions below need of `alembic.op`."""

    def execute(self, sqltext: str, /) -> object:
        """Run one statement."""


def create_order_tables(op: Operator) -> None:
    """Make site_head, outbox and site_claim; called by an owner's first migration."""
    op.execute(
        """
        CREATE TABLE site_head (
            site text PRIMARY KEY,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            hash bytea,
            recorded_time timestamptz
        )
        """
    )
    op.execute(
        """
        CREATE TABLE outbox (
            site text NOT NULL,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            subject text NOT NULL,
            payload bytea NOT NULL,
            headers jsonb NOT NULL,
            recorded_time timestamptz NOT NULL,
            published_time timestamptz,
            PRIMARY KEY (site, epoch, seq)
        )
        """
    )
    op.execute(
        "CREATE INDEX outbox_unpublished ON outbox (site, epoch, seq) WHERE published_time IS NULL"
    )
    op.execute(
        """
        CREATE TABLE site_claim (
            site text NOT NULL,
            purpose text NOT NULL,
            holder text NOT NULL,
            expires_time timestamptz NOT NULL,
            PRIMARY KEY (site, purpose)
        )
        """
    )


def create_position_table(op: Operator) -> None:
    """Make consumer_position, which an owner needs that has a SiteWorkConsumer."""
    op.execute(
        """
        CREATE TABLE consumer_position (
            consumer text NOT NULL,
            site text NOT NULL,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            PRIMARY KEY (consumer, site)
        )
        """
    )


def add_order_tables(metadata: MetaData) -> None:
    """Describe site_head, outbox and site_claim in an owner's metadata."""
    Table(
        "site_head",
        metadata,
        Column("site", Text, primary_key=True),
        Column("epoch", Integer, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("hash", LargeBinary),
        Column("recorded_time", DateTime(timezone=True)),
    )
    outbox = Table(
        "outbox",
        metadata,
        Column("site", Text, nullable=False),
        Column("epoch", Integer, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("subject", Text, nullable=False),
        Column("payload", LargeBinary, nullable=False),
        Column("headers", JSONB, nullable=False),
        Column("recorded_time", DateTime(timezone=True), nullable=False),
        Column("published_time", DateTime(timezone=True)),
        PrimaryKeyConstraint("site", "epoch", "seq"),
    )
    Index(
        "outbox_unpublished",
        outbox.c.site,
        outbox.c.epoch,
        outbox.c.seq,
        postgresql_where=text("published_time IS NULL"),
    )
    Table(
        "site_claim",
        metadata,
        Column("site", Text, primary_key=True),
        Column("purpose", Text, primary_key=True),
        Column("holder", Text, nullable=False),
        Column("expires_time", DateTime(timezone=True), nullable=False),
    )


def add_position_table(metadata: MetaData) -> None:
    """Describe consumer_position in an owner's metadata."""
    Table(
        "consumer_position",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("site", Text, primary_key=True),
        Column("epoch", Integer, nullable=False),
        Column("seq", BigInteger, nullable=False),
    )
