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
    kind smallint NOT NULL,
    marks smallint NOT NULL,
    agent text COLLATE "C" NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    contacts text[] NOT NULL
"""
_DETAILS = """
    end_time timestamptz,
    source_time timestamptz,
    limit_time timestamptz,
    refers_to_time timestamptz,
    load_count integer,
    capacity_count integer,
    loss_scope smallint,
    refers_to_source text COLLATE "C",
    refers_to_event_id text COLLATE "C",
    queue text,
    text text
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
            {_ENTRY},
            {_DETAILS}
        ) PARTITION BY RANGE (recorded_time)
        """
    )
    op.execute(
        "CREATE INDEX state_log_agent_time ON state_log (agent, occurred_time, source_sequence)"
    )
    op.execute(
        "CREATE INDEX state_log_span ON state_log (agent, end_time) WHERE end_time IS NOT NULL"
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
    op.execute(
        """
        CREATE TABLE agent_state (
            since_time timestamptz NOT NULL,
            limit_time timestamptz,
            seq bigint NOT NULL,
            load_count integer NOT NULL,
            capacity_count integer NOT NULL,
            state smallint NOT NULL,
            activity smallint NOT NULL,
            marks smallint NOT NULL,
            agent text COLLATE "C" PRIMARY KEY,
            site text NOT NULL,
            reason text NOT NULL,
            contacts text[] NOT NULL,
            tracks text NOT NULL
        ) WITH (fillfactor = 60)
        """
    )
    op.execute("CREATE INDEX agent_state_site ON agent_state (site)")
    op.execute(
        "CREATE INDEX agent_state_limit ON agent_state (site, limit_time)"
        " WHERE limit_time IS NOT NULL"
    )
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
        CREATE TABLE presence_policy (
            site text NOT NULL,
            version bigint NOT NULL,
            start_time timestamptz NOT NULL,
            author text NOT NULL,
            content jsonb NOT NULL,
            PRIMARY KEY (site, version)
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
    "agent_state": "What each agent is now, all her tracks considered; "
    "seq is the last link of hers.",
    "link": "The chain of each site, one link a commit.",
    "presence_policy": "The rules of each site, version by version; none means the defaults.",
    "site_coverage": "The span that the entries of each site cover.",
}
