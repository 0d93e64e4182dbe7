"""The tables of roster; a test holds that its migrations make exactly these."""

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, Text

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
