"""Accounts, roles and sessions."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE role (
            id text PRIMARY KEY,
            permissions text[] NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE account (
            id text PRIMARY KEY,
            display_name text NOT NULL,
            password_hash text NOT NULL,
            all_sites boolean NOT NULL,
            sites text[] NOT NULL,
            agent text NOT NULL,
            created_time timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE account_role (
            account text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            role text NOT NULL REFERENCES role (id),
            PRIMARY KEY (account, role)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE session (
            token_hash bytea PRIMARY KEY,
            account text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            created_time timestamptz NOT NULL,
            expire_time timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX session_expire_time ON session (expire_time)")
    op.execute(
        """
        CREATE TABLE sign_in_attempt (
            account text PRIMARY KEY,
            failed_count integer NOT NULL,
            last_failed_time timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX sign_in_attempt_time ON sign_in_attempt (last_failed_time)")
