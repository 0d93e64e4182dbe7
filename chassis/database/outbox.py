"""The outbox: what a commit tells the others, stored with the commit.

One row a commit and site. Rows are published in the order of their site, stay for a day, and are
the record from which a consumer that missed something reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from chassis.database.heads import read_head
from chassis.database.pool import Connection
from chassis.errors import Code, Refusal
from chassis.telemetry import trace_headers

_COLUMNS = "site, epoch, seq, subject, payload, headers, recorded_time"
_PRUNE_ROWS = 5000


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message at its place in the order of its site."""

    site: str
    epoch: int
    seq: int
    subject: str
    payload: bytes
    recorded_time: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


async def append_outbox(connection: Connection, row: OutboxRow) -> None:
    """Store the row, with the current trace in its headers unless it brings one."""
    await connection.execute(
        f"INSERT INTO outbox ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s)",  # noqa: S608 - constants
        (
            row.site,
            row.epoch,
            row.seq,
            row.subject,
            row.payload,
            Jsonb({**trace_headers(), **row.headers}),
            row.recorded_time,
        ),
    )


async def read_outbox_after(
    connection: Connection, site: str, epoch: int, seq: int, limit: int
) -> list[OutboxRow]:
    """Return the rows that follow (epoch, seq) at the site in order, published or not, at most
    limit.

    Refuses with OUT_OF_RANGE (CURSOR_EXPIRED) when one of them is not kept any more, or the cursor
    is of another epoch or ahead of the site.
    """
    head = await read_head(connection, site)
    if head is None:
        if (epoch, seq) == (1, 0):
            return []
        raise _expired(site, epoch, seq)
    if epoch != head.epoch or seq > head.seq:
        raise _expired(site, epoch, seq)
    cursor = await connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE site = %s AND epoch = %s AND seq > %s"  # noqa: S608 - constants
        " ORDER BY seq LIMIT %s",
        (site, epoch, seq, limit),
    )
    rows = [_row(values) for values in await cursor.fetchall()]
    # A commit has one row, so what follows is without holes or not kept whole.
    if seq < head.seq and (not rows or rows[-1].seq != seq + len(rows)):
        raise _expired(site, epoch, seq)
    return rows


async def read_unpublished(connection: Connection, site: str, limit: int) -> list[OutboxRow]:
    """Return the oldest rows of the site that are not marked as published, in order."""
    cursor = await connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE site = %s AND published_time IS NULL"  # noqa: S608 - constants
        " ORDER BY epoch, seq LIMIT %s",
        (site, limit),
    )
    return [_row(values) for values in await cursor.fetchall()]


async def mark_published(connection: Connection, last: OutboxRow, now: datetime) -> None:
    """Mark the rows of the site up to and with the last one as published."""
    await connection.execute(
        "UPDATE outbox SET published_time = %s WHERE site = %s AND published_time IS NULL"
        " AND (epoch, seq) <= (%s, %s)",
        (now, last.site, last.epoch, last.seq),
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """What of a site waits to be published."""

    site: str
    count: int
    oldest_time: datetime


async def read_backlogs(connection: Connection) -> Sequence[Backlog]:
    """Return the sites with unpublished rows."""
    cursor = await connection.execute(
        "SELECT site, count(*), min(recorded_time) FROM outbox WHERE published_time IS NULL"
        " GROUP BY site"
    )
    return [Backlog(*values) for values in await cursor.fetchall()]


async def prune_outbox(connection: Connection, before: datetime) -> int:
    """Delete rows that were published before that instant, some thousands at most, and return how
    many.

    A caller repeats it until it returns 0; so no statement runs long.
    """
    cursor = await connection.execute(
        "DELETE FROM outbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM outbox"
        " WHERE published_time < %s LIMIT %s))",
        (before, _PRUNE_ROWS),
    )
    return cursor.rowcount


def _row(values: TupleRow) -> OutboxRow:
    site, epoch, seq, subject, payload, headers, recorded_time = values
    return OutboxRow(site, epoch, seq, subject, payload, recorded_time, headers)


def _expired(site: str, epoch: int, seq: int) -> Refusal:
    return Refusal(
        Code.OUT_OF_RANGE,
        "CURSOR_EXPIRED",
        f"what follows {epoch}:{seq} of site {site} is not kept any more",
        metadata={"site": site, "epoch": str(epoch), "seq": str(seq)},
    )
