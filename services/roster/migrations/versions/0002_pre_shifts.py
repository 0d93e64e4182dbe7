"""Shifts, version by version, and the leads of teams."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE team ADD COLUMN leads text[] NOT NULL DEFAULT '{}'")
    op.execute(
        """
        CREATE TABLE shift_version (
            name text,
            version integer,
            site text NOT NULL REFERENCES site (name),
            agent text NOT NULL REFERENCES agent (name),
            time_zone text NOT NULL,
            local_start timestamp NOT NULL,
            local_end timestamp NOT NULL,
            activities jsonb NOT NULL,
            cancelled boolean NOT NULL,
            publish_time timestamptz NOT NULL,
            publisher text NOT NULL,
            PRIMARY KEY (name, version)
        )
        """
    )
    op.execute("CREATE INDEX shift_version_by_site ON shift_version (site, local_start, name)")
    op.execute("CREATE INDEX shift_version_by_agent ON shift_version (agent, local_start)")
