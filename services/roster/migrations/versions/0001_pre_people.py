"""Sites, teams and agents, and the order of their changes."""

from alembic import op

from chassis.database import create_order_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_order_tables(op)
    op.execute(
        """
        CREATE TABLE site (
            name text PRIMARY KEY,
            display_name text NOT NULL,
            time_zone text NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE team (
            name text PRIMARY KEY,
            display_name text NOT NULL,
            site text NOT NULL REFERENCES site (name)
        )
        """
    )
    op.execute("CREATE INDEX team_by_site ON team (site, name)")
    op.execute(
        """
        CREATE TABLE agent (
            name text PRIMARY KEY,
            display_name text NOT NULL,
            site text NOT NULL REFERENCES site (name),
            team text REFERENCES team (name)
        )
        """
    )
    op.execute("CREATE INDEX agent_by_site ON agent (site, name)")
    op.execute("CREATE INDEX agent_by_team ON agent (team)")
