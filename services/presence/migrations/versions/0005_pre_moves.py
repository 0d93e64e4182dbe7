"""Whether entries about an agent were recorded at other sites than her present one."""

from alembic import op

revision = "0005_pre_moves"
down_revision = "0004_pre_agent_days"


def upgrade() -> None:
    op.execute("ALTER TABLE agent_state ADD COLUMN has_moved boolean NOT NULL DEFAULT false")
    op.execute(
        """
        UPDATE agent_state SET has_moved = true WHERE EXISTS (
            SELECT FROM state_log AS entry
            WHERE entry.agent = agent_state.agent AND entry.site <> agent_state.site)
        """
    )
    # A cache: days of who moved told what was recorded elsewhere as well.
    op.execute("TRUNCATE agent_day")
