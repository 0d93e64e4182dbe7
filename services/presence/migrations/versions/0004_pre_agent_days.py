"""Packed agent-days, and the late changes that make them wrong."""

from alembic import op

revision = "0004_pre_agent_days"
down_revision = "0003_pre_record"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE agent_day (
            day date NOT NULL,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            site text NOT NULL,
            agent text COLLATE "C" NOT NULL,
            reasons text NOT NULL,
            packed bytea NOT NULL,
            PRIMARY KEY (site, day, agent)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE late_change (
            day date NOT NULL,
            epoch integer NOT NULL,
            seq bigint NOT NULL,
            site text NOT NULL,
            agent text COLLATE "C" NOT NULL,
            PRIMARY KEY (site, day, agent)
        )
        """
    )
    for table, comment in _COMMENTS.items():
        op.execute(f"COMMENT ON TABLE {table} IS '{comment}'")


_COMMENTS = {
    "agent_day": "What each agent did on a UTC day that is over, as folded at seq; a cache.",
    "late_change": "The last link that changed a day after it was over, by its first such day; "
    "an agent_day of that day or a later one is right if it was folded at this link or after.",
}
