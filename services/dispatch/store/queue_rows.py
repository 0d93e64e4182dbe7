"""Queues in PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from psycopg.types.json import Jsonb

from chassis.database import Connection
from services.dispatch.domain.queue import Queue, QueueKey
from services.dispatch.domain.service_level import Policy
from services.dispatch.domain.words import Channel
from services.dispatch.store.spans import span_us

_COLUMNS = (
    "site, id, display_names, channel, target_us, short_abandon_us, policy,"
    " includes_other_leavers, applied, longest_wait_us"
)
QUEUE_COLUMN_COUNT = _COLUMNS.count(",") + 1
SELECT_QUEUES = f"SELECT {_COLUMNS} FROM queue"  # noqa: S608 - names of columns
_INSERT = f"INSERT INTO queue ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 - names
_WRITE = f"""{_INSERT}
ON CONFLICT (site, id) DO UPDATE SET display_names = excluded.display_names,
    channel = excluded.channel, target_us = excluded.target_us,
    short_abandon_us = excluded.short_abandon_us, policy = excluded.policy,
    includes_other_leavers = excluded.includes_other_leavers, applied = excluded.applied,
    longest_wait_us = excluded.longest_wait_us
"""
_KNOWN = "SELECT id FROM queue WHERE site = %s AND id = ANY (%s)"


async def discover_queues(connection: Connection, site: str, queues: Sequence[str]) -> list[Queue]:
    """Makes queues that are not known yet, with the defaults; returns those it made.

    The site's head is locked, so nobody else makes them meanwhile.
    """
    if not queues:
        return []
    cursor = await connection.execute(_KNOWN, (site, list(queues)))
    known = {row[0] for row in await cursor.fetchall()}
    new = [Queue(QueueKey(site, queue)) for queue in queues if queue not in known]
    await write_queues(connection, new)
    return new


async def write_queues(connection: Connection, queues: Iterable[Queue]) -> None:
    """Writes queues over those of the same key."""
    rows = [_values(queue) for queue in queues]
    if rows:
        await connection.cursor().executemany(_WRITE, rows)


def queue_of(row: Sequence[Any]) -> Queue:
    """Returns the queue of a row of `SELECT_QUEUES`."""
    return Queue(
        key=QueueKey(row[0], row[1]),
        display_names=dict(sorted(row[2].items())),
        channel=Channel(row[3]),
        target=timedelta(microseconds=row[4]),
        short_abandon=timedelta(microseconds=row[5]),
        policy=Policy(row[6]),
        includes_other_leavers=row[7],
        applied=row[8],
        longest_wait=timedelta(microseconds=row[9]),
    )


def _values(queue: Queue) -> tuple[object, ...]:
    return (
        queue.key.site,
        queue.key.queue,
        Jsonb(dict(queue.display_names)),
        queue.channel.value,
        span_us(queue.target),
        span_us(queue.short_abandon),
        queue.policy.value,
        queue.includes_other_leavers,
        queue.applied,
        span_us(queue.longest_wait),
    )
