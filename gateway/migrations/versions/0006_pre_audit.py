"""The audit log: entries in chained links, signed checkpoints. Rows are added, never changed."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE audit_link (
            seq bigint PRIMARY KEY,
            recorded_time timestamptz NOT NULL,
            previous_hash bytea NOT NULL,
            root bytea NOT NULL,
            entry_count integer NOT NULL,
            hash bytea NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE audit_entry (
            seq bigint NOT NULL,
            position integer NOT NULL,
            recorded_time timestamptz NOT NULL,
            kind text NOT NULL,
            actor text NOT NULL,
            method text NOT NULL,
            person text NOT NULL,
            site text NOT NULL,
            team text NOT NULL,
            purpose text NOT NULL,
            outcome text NOT NULL,
            summary text NOT NULL,
            request_digest bytea NOT NULL,
            trace_id text NOT NULL,
            address_class text NOT NULL,
            change_seq bigint NOT NULL,
            change_position integer NOT NULL,
            PRIMARY KEY (seq, position, recorded_time)
        ) PARTITION BY RANGE (recorded_time)
        """
    )
    for column in ("actor", "person", "site"):
        op.execute(
            f"CREATE INDEX audit_entry_{column} ON audit_entry"
            f" ({column}, seq, position) WHERE {column} <> ''"
        )
    op.execute("CREATE INDEX audit_entry_time ON audit_entry (recorded_time)")
    op.execute(
        """
        CREATE TABLE audit_checkpoint (
            seq bigint PRIMARY KEY,
            link_hash bytea NOT NULL,
            recorded_time timestamptz NOT NULL,
            key_id text NOT NULL,
            signature bytea NOT NULL
        )
        """
    )
    op.execute("CREATE TABLE audit_retention (kept_from date PRIMARY KEY)")
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the audit log is append-only: % of % is refused', tg_op, tg_table_name
                USING ERRCODE = 'insufficient_privilege';
        END
        $$
        """
    )
    for table in ("audit_link", "audit_entry", "audit_checkpoint", "audit_retention"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()"
        )
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER")
