"""Leases and clocks of sources, what is asked for again, and the marks of the watch."""

from alembic import op

revision = "0002_pre_sources"
down_revision = "0001_pre_state_log"


def upgrade() -> None:
    # Room in the pages, since proofs of life move rows each second and touch no index.
    op.execute(
        """
        CREATE TABLE source_lease (
            proof_time timestamptz NOT NULL,
            lost_time timestamptz,
            length interval,
            silences timestamptz[] NOT NULL,
            source_kind smallint NOT NULL,
            source text COLLATE "C" NOT NULL,
            agent text COLLATE "C" NOT NULL,
            site text NOT NULL,
            PRIMARY KEY (source, agent, site)
        ) WITH (fillfactor = 60)
        """
    )
    op.execute("CREATE INDEX source_lease_site ON source_lease (site)")
    op.execute(
        """
        CREATE TABLE source_skew (
            measured_time timestamptz NOT NULL,
            samples bigint[] NOT NULL,
            source text COLLATE "C" NOT NULL,
            agent text COLLATE "C" NOT NULL,
            PRIMARY KEY (source, agent)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE source_resend (
            source text COLLATE "C" NOT NULL,
            agent text COLLATE "C" NOT NULL,
            PRIMARY KEY (source, agent)
        )
        """
    )
    op.execute("CREATE TABLE watch_mark (site text PRIMARY KEY, mark_time timestamptz NOT NULL)")
    for table, comment in _COMMENTS.items():
        op.execute(f"COMMENT ON TABLE {table} IS '{comment}'")


_COMMENTS = {
    "source_lease": "The last proof of life of each source at each site, or of each agent''s "
    "client; without a length it may be silent. Silences are starts and ends that are not judged "
    "yet.",
    "source_skew": "The latest samples of how far the clock of each source is ahead.",
    "source_resend": "Agents whose states were lost with a source and not reported since.",
    "watch_mark": "When presence was last known to be there for each site.",
}
