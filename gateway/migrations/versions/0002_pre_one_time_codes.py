"""One-time codes, and the language of an account."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE account ADD COLUMN language_code text NOT NULL DEFAULT ''")
    op.execute(
        """
        CREATE TABLE one_time_code (
            account text PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
            code_hash bytea NOT NULL,
            expire_time timestamptz NOT NULL
        )
        """
    )
