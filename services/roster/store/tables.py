"""The tables of roster; a test holds that its migrations make exactly these."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.database import add_order_tables

metadata = MetaData()

add_order_tables(metadata)

Table(
    "site",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
)

Table(
    "team",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("site", Text, ForeignKey("site.name"), nullable=False),
    Column("leads", ARRAY(Text), nullable=False, server_default="{}"),
    Index("team_by_site", "site", "name"),
)

Table(
    "agent",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("site", Text, ForeignKey("site.name"), nullable=False),
    Column("team", Text, ForeignKey("team.name")),
    Index("agent_by_site", "site", "name"),
    Index("agent_by_team", "team"),
)

# Every version that was ever published; rows are added and never changed.
Table(
    "shift_version",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("site", Text, ForeignKey("site.name"), nullable=False),
    Column("agent", Text, ForeignKey("agent.name"), nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("local_start", DateTime, nullable=False),
    Column("local_end", DateTime, nullable=False),
    Column("activities", JSONB, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("publish_time", DateTime(timezone=True), nullable=False),
    Column("publisher", Text, nullable=False),
    Index("shift_version_by_site", "site", "local_start", "name"),
    Index("shift_version_by_agent", "agent", "local_start"),
)
