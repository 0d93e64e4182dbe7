"""Sources, their mappings, and the events that they push."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE source (
            id text PRIMARY KEY,
            site text NOT NULL,
            display_name text NOT NULL,
            scheme text NOT NULL,
            header text NOT NULL,
            timestamp_header text NOT NULL,
            signed_text text NOT NULL,
            secret text NOT NULL,
            former_secret text NOT NULL,
            former_secret_expire_time timestamptz,
            active_version integer NOT NULL,
            create_time timestamptz NOT NULL,
            update_time timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE source_mapping (
            source text NOT NULL REFERENCES source (id) ON DELETE CASCADE,
            version integer NOT NULL,
            text text NOT NULL,
            author text NOT NULL,
            create_time timestamptz NOT NULL,
            PRIMARY KEY (source, version)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE source_event (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            source text NOT NULL REFERENCES source (id) ON DELETE CASCADE,
            dedupe_id text NOT NULL,
            body text NOT NULL,
            state text NOT NULL,
            reasons text[] NOT NULL,
            mapping_version integer NOT NULL,
            attempt_count integer NOT NULL,
            receive_time timestamptz NOT NULL,
            next_try_time timestamptz NOT NULL,
            CONSTRAINT source_event_once UNIQUE (source, dedupe_id)
        )
        """
    )
    op.execute(
        "CREATE INDEX source_event_due ON source_event (next_try_time, id) WHERE state = 'PENDING'"
    )
    op.execute("CREATE INDEX source_event_state ON source_event (source, state, id)")
    op.execute("CREATE INDEX source_event_age ON source_event (state, receive_time)")
    op.execute(
        """
        CREATE TABLE source_unknown (
            source text NOT NULL REFERENCES source (id) ON DELETE CASCADE,
            field text NOT NULL,
            value text NOT NULL,
            event_count bigint NOT NULL,
            first_seen_time timestamptz NOT NULL,
            last_seen_time timestamptz NOT NULL,
            sample_event bigint NOT NULL,
            PRIMARY KEY (source, field, value)
        )
        """
    )
