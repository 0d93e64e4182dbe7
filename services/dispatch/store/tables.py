"""The tables of dispatch. A test holds that the migrations make just these."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from chassis.database import add_order_tables

METADATA = MetaData()
add_order_tables(METADATA)

# Compared byte by byte in every database, as the domain compares by code point.
_ID = Text(collation="C")
_INSTANT = DateTime(timezone=True)

SQL_TYPES: Mapping[type, str] = MappingProxyType(
    {
        Text: "text",
        SmallInteger: "smallint",
        Integer: "integer",
        BigInteger: "bigint",
        DateTime: "timestamptz",
    }
)
"""The types of columns, as PostgreSQL calls them."""


def _required(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any]) -> Column[Any]:
    return Column(name, kind, nullable=False)


CONTACT_EVENT = Table(
    "contact_event",
    METADATA,
    _required("contact", _ID),
    _required("event_id", _ID),
    _required("occurred_time", _INSTANT),
    _required("source_sequence", BigInteger),
    _required("kind", SmallInteger),
    _required("channel", SmallInteger),
    _required("direction", SmallInteger),
    _required("priority", SmallInteger),
    _required("ended_by", SmallInteger),
    _required("consent", SmallInteger),
    _required("queue", Text),
    _required("target_queue", Text),
    _required("agent", Text),
    _required("target_agent", Text),
    _required("recording_reference", Text),
    Column("wait_us", BigInteger),
    Column("talk_us", BigInteger),
    Column("hold_us", BigInteger),
    Column("wrap_up_us", BigInteger),
    _required("source_kind", SmallInteger),
    _required("actor", Text),
    _required("recorded_time", _INSTANT),
    _required("epoch", Integer),
    _required("seq", BigInteger),
    PrimaryKeyConstraint("contact", "event_id"),
    comment="Every event ever recorded of the contacts that are kept.",
)

CONTACT = Table(
    "contact",
    METADATA,
    _required("id", _ID),
    _required("site", Text),
    _required("source", Text),
    _required("contact_id", Text),
    _required("channel", SmallInteger),
    _required("direction", SmallInteger),
    _required("priority", SmallInteger),
    _required("state", SmallInteger),
    _required("outcome", SmallInteger),
    _required("ended_by", SmallInteger),
    _required("consent", SmallInteger),
    _required("start_time", _INSTANT),
    Column("end_time", _INSTANT),
    _required("event_count", Integer),
    _required("recorded_time", _INSTANT),
    _required("epoch", Integer),
    _required("seq", BigInteger),
    PrimaryKeyConstraint("id"),
    comment="Of each contact what its events amount to.",
)
Index("contact_site_start", CONTACT.c.site, CONTACT.c.start_time, CONTACT.c.id)

QUEUE_STAY = Table(
    "queue_stay",
    METADATA,
    _required("contact", _ID),
    _required("position", Integer),
    _required("site", Text),
    _required("queue", _ID),
    _required("enqueue_time", _INSTANT),
    Column("leave_time", _INSTANT),
    _required("outcome", SmallInteger),
    Column("wait_us", BigInteger),
    PrimaryKeyConstraint("contact", "position"),
    comment="The stays of contacts in queues.",
)
Index("queue_stay_day", QUEUE_STAY.c.site, QUEUE_STAY.c.queue, QUEUE_STAY.c.enqueue_time)
Index(
    "queue_stay_waiting",
    QUEUE_STAY.c.site,
    QUEUE_STAY.c.queue,
    QUEUE_STAY.c.enqueue_time,
    postgresql_where=text("outcome = 0"),
)

LEG = Table(
    "leg",
    METADATA,
    _required("contact", _ID),
    _required("position", Integer),
    _required("agent", _ID),
    _required("start_time", _INSTANT),
    Column("until_time", _INSTANT),
    Column("ring_time", _INSTANT),
    Column("answer_time", _INSTANT),
    Column("end_time", _INSTANT),
    Column("talk_us", BigInteger),
    Column("hold_us", BigInteger),
    Column("wrap_up_us", BigInteger),
    PrimaryKeyConstraint("contact", "position"),
    comment="The agents' parts in contacts.",
)
Index("leg_agent_start", LEG.c.agent, LEG.c.start_time)

RECORDING = Table(
    "recording",
    METADATA,
    _required("contact", _ID),
    _required("id", _ID),
    _required("reference", Text),
    _required("record_time", _INSTANT),
    PrimaryKeyConstraint("contact", "id"),
    comment="Where the recordings of contacts are kept.",
)

RECORDING_ACCESS = Table(
    "recording_access",
    METADATA,
    Column("number", BigInteger, primary_key=True),
    _required("contact", _ID),
    _required("recording", _ID),
    _required("actor", Text),
    _required("purpose", Text),
    _required("access_time", _INSTANT),
    comment="Who opened a recording, when and what for.",
)
Index("recording_access_contact", RECORDING_ACCESS.c.contact, RECORDING_ACCESS.c.access_time)

QUEUE = Table(
    "queue",
    METADATA,
    _required("site", Text),
    _required("id", _ID),
    _required("display_names", JSONB),
    _required("channel", SmallInteger),
    _required("target_us", BigInteger),
    _required("short_abandon_us", BigInteger),
    _required("policy", Text),
    _required("includes_other_leavers", Boolean),
    _required("applied", Boolean),
    Column(
        "longest_wait_us", BigInteger, nullable=False, server_default=text(str(7 * 86_400 * 10**6))
    ),
    PrimaryKeyConstraint("site", "id"),
    comment="Queues and the rules of their service levels.",
)
