"""The longest believable wait of each queue."""

from alembic import op

revision = "0002_pre_longest_wait"
down_revision = "0001_pre_contacts"


def upgrade() -> None:
    op.execute("ALTER TABLE queue ADD COLUMN longest_wait_us bigint NOT NULL DEFAULT 604800000000")
    # Of calls and chats the default is two hours.
    op.execute("UPDATE queue SET longest_wait_us = 7200000000 WHERE channel IN (1, 2)")
