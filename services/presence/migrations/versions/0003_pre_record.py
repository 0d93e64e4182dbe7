"""Names and texts beside the hashed bytes, checkpoints, daily roots, retention and erasure."""

from alembic import op

revision = "0003_pre_record"
down_revision = "0002_pre_sources"


def upgrade() -> None:
    op.execute(
        'CREATE TABLE person (name text COLLATE "C" PRIMARY KEY, salt bytea, digest bytea NOT NULL)'
    )
    op.execute(
        """
        CREATE TABLE entry_text (
            site text NOT NULL,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            position integer NOT NULL,
            salt bytea,
            digest bytea NOT NULL,
            PRIMARY KEY (site, epoch, seq, position)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE checkpoint (
            site text NOT NULL,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            link_hash bytea NOT NULL,
            recorded_time timestamptz NOT NULL,
            key_id text NOT NULL,
            signature bytea NOT NULL,
            PRIMARY KEY (site, epoch, seq)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE daily_root (
            site text NOT NULL,
            day date NOT NULL,
            epoch integer NOT NULL,
            first_seq bigint NOT NULL,
            last_seq bigint NOT NULL,
            entry_count bigint NOT NULL,
            last_hash bytea NOT NULL,
            links_root bytea NOT NULL,
            previous_hash bytea NOT NULL,
            leaves_hash bytea NOT NULL,
            key_id text NOT NULL,
            signature bytea NOT NULL,
            exported_time timestamptz,
            mailed_time timestamptz,
            PRIMARY KEY (site, day)
        )
        """
    )
    op.execute("CREATE TABLE kept_from (site text PRIMARY KEY, day date NOT NULL)")
    op.execute(
        """
        CREATE TABLE erasure (
            request_id uuid PRIMARY KEY,
            names text[],
            pseudonyms text[] NOT NULL,
            reason text NOT NULL,
            requested_time timestamptz NOT NULL,
            completed_time timestamptz
        )
        """
    )
    # Whole links are read back by their recording; entries lie in that order, so a summary of each
    # range of pages is enough, and costs the write path next to nothing.
    op.execute(
        "CREATE INDEX state_log_recorded ON state_log USING brin (recorded_time)"
        " WITH (pages_per_range = 16, autosummarize = on)"
    )
    for table, comment in _COMMENTS.items():
        op.execute(f"COMMENT ON TABLE {table} IS '{comment}'")


_COMMENTS = {
    "person": "What stands for each name in hashed bytes; without a salt the person is erased.",
    "entry_text": "What stands for the text of an entry in hashed bytes; "
    "without a salt the text is erased.",
    "checkpoint": "Signatures over links.",
    "daily_root": "What the chain of a site held at the end of each UTC day, and who has it.",
    "kept_from": "The day of recording before which the entries of a site are gone by retention.",
    "erasure": "Who was erased, under which pseudonym; names are there until it is completed.",
}
