"""The tables of roster; a test holds that its migrations make exactly these."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Time,
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
    Column("operating_day_start", Time, nullable=False, server_default="00:00"),
    Column("display_order", Integer, nullable=False, server_default="0"),
)

Table(
    "line",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_names", JSONB, nullable=False),
)

Table(
    "skill",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_names", JSONB, nullable=False),
)

Table(
    "team",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("site", Text, ForeignKey("site.name"), nullable=False),
    Column("leads", ARRAY(Text), nullable=False, server_default="{}"),
    Column("line", Text, ForeignKey("line.name")),
    Index("team_by_site", "site", "name"),
)

Table(
    "agent",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("site", Text, ForeignKey("site.name"), nullable=False),
    Column("team", Text, ForeignKey("team.name")),
    # Levels by skill. Nothing takes a skill away, so no key needs to hold it.
    Column("skills", JSONB, nullable=False, server_default="{}"),
    Column("end_date", Date),
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
