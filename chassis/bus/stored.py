"""Positions that are stored with the writes of a consumer's own owner."""

from chassis.bus.position import Position
from chassis.database import Connection


class PositionMoved(Exception):  # noqa: N818 (a fact, as all refusals)
    """Another replica has applied the message meanwhile: this one must not commit."""

    def __init__(self, position: Position) -> None:
        super().__init__(f"{position} was applied by another replica")
        self.position = position


async def read_sites(connection: Connection, consumer: str) -> set[str]:
    """Return the sites of which the consumer has applied something."""
    cursor = await connection.execute(
        "SELECT site FROM consumer_position WHERE consumer = %s", (consumer,)
    )
    return {row[0] for row in await cursor.fetchall()}


async def read_position(connection: Connection, consumer: str, site: str) -> Position | None:
    """Return how far the site was applied, or None when nothing was."""
    cursor = await connection.execute(
        "SELECT epoch, seq FROM consumer_position WHERE consumer = %s AND site = %s FOR UPDATE",
        (consumer, site),
    )
    row = await cursor.fetchone()
    return None if row is None else Position(site, row[0], row[1])


async def store_position(connection: Connection, consumer: str, position: Position) -> None:
    """Move the site's position forward; raise PositionMoved when it stands there already."""
    cursor = await connection.execute(
        "INSERT INTO consumer_position (consumer, site, epoch, seq) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (consumer, site) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq"
        " WHERE (consumer_position.epoch, consumer_position.seq) < (excluded.epoch, excluded.seq)",
        (consumer, position.site, position.epoch, position.seq),
    )
    if cursor.rowcount != 1:
        raise PositionMoved(position)
