"""Lines of business, skills, the day on which agents leave, and how sites are shown."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE site ADD COLUMN operating_day_start time NOT NULL DEFAULT '00:00'")
    op.execute("ALTER TABLE site ADD COLUMN display_order integer NOT NULL DEFAULT 0")
    op.execute("CREATE TABLE line (name text PRIMARY KEY, display_names jsonb NOT NULL)")
    op.execute("CREATE TABLE skill (name text PRIMARY KEY, display_names jsonb NOT NULL)")
    op.execute("ALTER TABLE team ADD COLUMN line text REFERENCES line (name)")
    op.execute("ALTER TABLE agent ADD COLUMN skills jsonb NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE agent ADD COLUMN end_date date")
