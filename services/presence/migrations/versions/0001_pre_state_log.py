"""The state log, its keys, the current states and the chain."""

from alembic import op

from chassis.database import create_order_tables

revision = "0001_pre_state_log"
down_revision = None

_ENTRY = """
    occurred_time timestamptz NOT NULL,
    source_sequence bigint NOT NULL,
    state smallint NOT NULL,
    activity smallint NOT NULL,
    source_kind smallint NOT NULL,
    inferred boolean NOT NULL,
    agent text COLLATE "C" NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    contacts text[] NOT NULL
"""


def upgrade() -> None:
    create_order_tables(op)
    op.execute(
        f"""
        CREATE TABLE state_log (
            recorded_time timestamptz NOT NULL,
            seq bigint NOT NULL,
            epoch integer NOT NULL,
            position integer NOT NULL,
            site text NOT NULL,
            {_ENTRY}
        ) PARTITION BY RANGE (recorded_time)
        """
    )
    op.execute(
        "CREATE INDEX state_log_agent_time ON state_log (agent, occurred_time, source_sequence)"
    )
    op.execute(
        """
        CREATE TABLE report_key (
            occurred_day date NOT NULL,
            agent text COLLATE "C" NOT NULL,
            source text COLLATE "C" NOT NULL,
            event_id text COLLATE "C" NOT NULL,
            PRIMARY KEY (occurred_day, agent, source, event_id)
        ) PARTITION BY RANGE (occurred_day)
        """
    )
    # Room in the pages, so that an update of a state stays in its page and touches no index.
    op.execute(f"CREATE TABLE current_state ({_ENTRY}, PRIMARY KEY (agent)) WITH (fillfactor = 60)")
    op.execute(
        """
        CREATE TABLE link (
            site text NOT NULL,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            recorded_time timestamptz NOT NULL,
            previous_hash bytea NOT NULL,
            root bytea NOT NULL,
            hash bytea NOT NULL,
            entry_count integer NOT NULL,
            PRIMARY KEY (site, epoch, seq)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE site_coverage (
            site text PRIMARY KEY,
            first_occurred_time timestamptz NOT NULL,
            last_occurred_time timestamptz NOT NULL
        )
        """
    )
    for table, comment in _COMMENTS.items():
        op.execute(f"COMMENT ON TABLE {table} IS '{comment}'")


_COMMENTS = {
    "state_log": "Every entry ever recorded; partitions are days of recording.",
    "report_key": "What was recorded once and is not recorded again; "
    "partitions are days of occurrence.",
    "current_state": "Of each agent the entry that is last in her order.",
    "link": "The chain of each site, one link a commit.",
    "site_coverage": "The span that the entries of each site cover.",
}
