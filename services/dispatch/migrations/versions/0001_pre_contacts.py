"""Contacts with their events, stays, legs and recordings, and queues."""

from alembic import op

from chassis.database import create_order_tables

revision = "0001_pre_contacts"
down_revision = None


def upgrade() -> None:
    create_order_tables(op)
    for statement in (*_TABLES, *_INDEXES):
        op.execute(statement)
    for table, comment in _COMMENTS.items():
        op.execute(f"COMMENT ON TABLE {table} IS '{comment}'")


# Room in the pages where rows change some times in their first minutes, so that an update stays in
# its page.
_TABLES = (
    """
    CREATE TABLE contact_event (
        contact text COLLATE "C" NOT NULL,
        event_id text COLLATE "C" NOT NULL,
        occurred_time timestamptz NOT NULL,
        source_sequence bigint NOT NULL,
        kind smallint NOT NULL,
        channel smallint NOT NULL,
        direction smallint NOT NULL,
        priority smallint NOT NULL,
        ended_by smallint NOT NULL,
        consent smallint NOT NULL,
        queue text NOT NULL,
        target_queue text NOT NULL,
        agent text NOT NULL,
        target_agent text NOT NULL,
        recording_reference text NOT NULL,
        wait_us bigint,
        talk_us bigint,
        hold_us bigint,
        wrap_up_us bigint,
        source_kind smallint NOT NULL,
        actor text NOT NULL,
        recorded_time timestamptz NOT NULL,
        epoch integer NOT NULL,
        seq bigint NOT NULL,
        PRIMARY KEY (contact, event_id)
    )
    """,
    """
    CREATE TABLE contact (
        id text COLLATE "C" NOT NULL,
        site text NOT NULL,
        source text NOT NULL,
        contact_id text NOT NULL,
        channel smallint NOT NULL,
        direction smallint NOT NULL,
        priority smallint NOT NULL,
        state smallint NOT NULL,
        outcome smallint NOT NULL,
        ended_by smallint NOT NULL,
        consent smallint NOT NULL,
        start_time timestamptz NOT NULL,
        end_time timestamptz,
        event_count integer NOT NULL,
        recorded_time timestamptz NOT NULL,
        epoch integer NOT NULL,
        seq bigint NOT NULL,
        PRIMARY KEY (id)
    ) WITH (fillfactor = 70)
    """,
    """
    CREATE TABLE queue_stay (
        contact text COLLATE "C" NOT NULL,
        position integer NOT NULL,
        site text NOT NULL,
        queue text COLLATE "C" NOT NULL,
        enqueue_time timestamptz NOT NULL,
        leave_time timestamptz,
        outcome smallint NOT NULL,
        wait_us bigint,
        PRIMARY KEY (contact, position)
    )
    """,
    """
    CREATE TABLE leg (
        contact text COLLATE "C" NOT NULL,
        position integer NOT NULL,
        agent text COLLATE "C" NOT NULL,
        start_time timestamptz NOT NULL,
        until_time timestamptz,
        ring_time timestamptz,
        answer_time timestamptz,
        end_time timestamptz,
        talk_us bigint,
        hold_us bigint,
        wrap_up_us bigint,
        PRIMARY KEY (contact, position)
    ) WITH (fillfactor = 70)
    """,
    """
    CREATE TABLE recording (
        contact text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        reference text NOT NULL,
        record_time timestamptz NOT NULL,
        PRIMARY KEY (contact, id)
    )
    """,
    """
    CREATE TABLE recording_access (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        contact text COLLATE "C" NOT NULL,
        recording text COLLATE "C" NOT NULL,
        actor text NOT NULL,
        purpose text NOT NULL,
        access_time timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE queue (
        site text NOT NULL,
        id text COLLATE "C" NOT NULL,
        display_names jsonb NOT NULL,
        channel smallint NOT NULL,
        target_us bigint NOT NULL,
        short_abandon_us bigint NOT NULL,
        policy text NOT NULL,
        includes_other_leavers boolean NOT NULL,
        applied boolean NOT NULL,
        PRIMARY KEY (site, id)
    )
    """,
)

_INDEXES = (
    "CREATE INDEX contact_site_start ON contact (site, start_time, id)",
    "CREATE INDEX queue_stay_day ON queue_stay (site, queue, enqueue_time)",
    "CREATE INDEX queue_stay_waiting ON queue_stay (site, queue, enqueue_time) WHERE outcome = 0",
    "CREATE INDEX leg_agent_start ON leg (agent, start_time)",
    "CREATE INDEX recording_access_contact ON recording_access (contact, access_time)",
)

_COMMENTS = {
    "contact_event": "Every event ever recorded of the contacts that are kept.",
    "contact": "Of each contact what its events amount to.",
    "queue_stay": "The stays of contacts in queues.",
    "leg": "The agents'' parts in contacts.",
    "recording": "Where the recordings of contacts are kept.",
    "recording_access": "Who opened a recording, when and what for.",
    "queue": "Queues and the rules of their service levels.",
}
