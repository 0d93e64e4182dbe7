"""The head of a site: the one row that puts everything of the site in one order.

Whoever commits something of a site locks its head first; several sites are locked in the order of
their names.
"""

from dataclasses import dataclass
from datetime import datetime

from chassis.database.pool import Connection


@dataclass(frozen=True, slots=True)
class Head:
    """How far a site has come: the last commit's place, and its hash where the owner chains."""

    site: str
    epoch: int
    seq: int
    hash: bytes = b""


async def lock_head(connection: Connection, site: str) -> Head:
    """Return the head of the site, locked until the transaction ends; a site without one begins at
    seq 0 of the epoch of the others, which is 1 until the database is restored.
    """
    head = await _select(connection, site, "FOR UPDATE")
    if head is None:
        await connection.execute(
            "INSERT INTO site_head (site, epoch, seq)"
            " SELECT %s, coalesce(max(epoch), 1), 0 FROM site_head ON CONFLICT DO NOTHING",
            (site,),
        )
        head = await _select(connection, site, "FOR UPDATE")
    if head is None:
        raise AssertionError(f"the head of {site} is never deleted")
    return head


async def move_head(connection: Connection, head: Head, recorded_time: datetime) -> None:
    """Make head, the place of the commit at hand, the new head of its site."""
    await connection.execute(
        "UPDATE site_head SET epoch = %s, seq = %s, hash = %s, recorded_time = %s WHERE site = %s",
        (head.epoch, head.seq, head.hash, recorded_time, head.site),
    )


async def read_head(connection: Connection, site: str) -> Head | None:
    """Return the head of the site without locking it, or None when nothing was committed there."""
    return await _select(connection, site, "")


async def _select(connection: Connection, site: str, lock: str) -> Head | None:
    cursor = await connection.execute(
        f"SELECT epoch, seq, hash FROM site_head WHERE site = %s {lock}",  # noqa: S608 (constants)
        (site,),
    )
    row = await cursor.fetchone()
    return None if row is None else Head(site, row[0], row[1], row[2] or b"")
