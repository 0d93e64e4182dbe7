"""Scopes by team and reporting line, service accounts, accounts of other issuers, sessions that
tell where they come from, roles that are kept as data.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE account
            ADD COLUMN teams text[] NOT NULL DEFAULT '{}',
            ADD COLUMN reporting_line boolean NOT NULL DEFAULT false,
            ADD COLUMN kind text NOT NULL DEFAULT 'PERSON',
            ADD COLUMN disable_time timestamptz
        """
    )
    op.execute(
        """
        ALTER TABLE role
            ADD COLUMN display_name text NOT NULL DEFAULT '',
            ADD COLUMN seeded_permissions text[]
        """
    )
    op.execute(
        """
        ALTER TABLE session
            ADD COLUMN last_used_time timestamptz NOT NULL DEFAULT now(),
            ADD COLUMN address_class text NOT NULL DEFAULT '',
            ADD COLUMN user_agent text NOT NULL DEFAULT ''
        """
    )
    op.execute("CREATE INDEX session_account ON session (account)")
    op.execute(
        """
        CREATE TABLE service_token (
            id text PRIMARY KEY,
            account text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            display_name text NOT NULL,
            token_hash bytea NOT NULL,
            author text NOT NULL,
            create_time timestamptz NOT NULL,
            expire_time timestamptz NOT NULL,
            last_used_time timestamptz,
            CONSTRAINT service_token_hash UNIQUE (token_hash)
        )
        """
    )
    op.execute("CREATE INDEX service_token_account ON service_token (account, id)")
    op.execute(
        """
        CREATE TABLE linked_identity (
            issuer text NOT NULL,
            subject text NOT NULL,
            account text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            link_time timestamptz NOT NULL,
            PRIMARY KEY (issuer, subject)
        )
        """
    )
    op.execute("CREATE INDEX linked_identity_account ON linked_identity (account)")
    op.execute(
        """
        CREATE TABLE known_place (
            account text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            address_class text NOT NULL,
            last_used_time timestamptz NOT NULL,
            PRIMARY KEY (account, address_class)
        )
        """
    )
    op.execute("CREATE INDEX known_place_time ON known_place (last_used_time)")
