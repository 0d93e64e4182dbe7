"""PostgreSQL: connections, the order of a site, the outbox, claims and migrations.

Nothing here knows what an owner stores. Each owner has a schema, a role and a history of migrations
of its own; in its schema stand the tables of `add_order_tables` beside its own ones.
"""

from chassis.database.claims import SiteClaims
from chassis.database.heads import Head, lock_head, move_head, read_head
from chassis.database.outbox import OutboxRow, append_outbox, prune_outbox, read_outbox_after
from chassis.database.pool import Connection, Database
from chassis.database.tables import (
    add_order_tables,
    add_position_table,
    create_order_tables,
    create_position_table,
)

__all__ = [
    "Connection",
    "Database",
    "Head",
    "OutboxRow",
    "SiteClaims",
    "add_order_tables",
    "add_position_table",
    "append_outbox",
    "create_order_tables",
    "create_position_table",
    "lock_head",
    "move_head",
    "prune_outbox",
    "read_head",
    "read_outbox_after",
]
