"""An owner that does nothing but commit messages, and a listener that writes down what it hears."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

from chassis.bus import Bus, Position, subject_of
from chassis.database import (
    Connection,
    Database,
    Head,
    OutboxRow,
    append_outbox,
    lock_head,
    move_head,
    read_outbox_after,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWNER = "presence"
EVENT = "said"


class Talker:
    """Commits numbered messages to its outbox, and replays them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.replayed: list[Position] = []

    async def say(self, site: str = "bank", *, count: int = 1) -> Position:
        """Commits messages of a site, one transaction each, and returns the last one's place."""
        for _ in range(count):
            async with self.database.transaction() as connection:
                head = await lock_head(connection, site)
                position = Position(site, head.epoch, head.seq + 1)
                await append_outbox(connection, said(position))
                await move_head(connection, Head(site, head.epoch, position.seq), NOON)
        return position

    async def restore(self, site: str = "bank") -> None:
        """Begins a new epoch of the site, as after a restore; the numbers go on."""
        async with self.database.transaction() as connection:
            head = await lock_head(connection, site)
            await move_head(connection, Head(site, head.epoch + 1, head.seq), NOON)

    async def forget(self, site: str, seq: int) -> None:
        """Drops what the outbox keeps of a site, up to and with seq."""
        async with self.database.transaction() as connection:
            await connection.execute(
                "DELETE FROM outbox WHERE site = %s AND seq <= %s", (site, seq)
            )

    async def replay(self, after: Position) -> AsyncIterator[tuple[Position, bytes]]:
        self.replayed.append(after)
        async with self.database.connection() as connection:
            rows = await read_outbox_after(connection, after.site, after.epoch, after.seq, 3)
        for row in rows:
            yield Position(row.site, row.epoch, row.seq), row.payload

    async def waiting_count(self) -> int:
        """How many messages are not marked as published."""
        async with self.database.connection() as connection:
            cursor = await connection.execute(
                "SELECT count(*) FROM outbox WHERE published_time IS NULL"
            )
            row = await cursor.fetchone()
        return int(row[0]) if row else 0

    async def publish(self, bus: Bus, *positions: Position) -> None:
        """Puts messages into the stream by hand, whether or not they were committed."""
        for position in positions:
            row = said(position)
            await bus.jetstream.publish(
                row.subject, row.payload, headers={"Nats-Msg-Id": str(position)}
            )

    async def all_published(self) -> bool:
        return await self.waiting_count() == 0


class Listener:
    """Writes down the places of what it hears, by site; in a table too where it has one."""

    def __init__(self) -> None:
        self.heard: dict[str, list[int]] = defaultdict(list)
        self.headers: list[Mapping[str, str]] = []
        self.expired: list[str] = []
        self.anew: Position | None = None
        self._failures = 0

    def fail_next(self, count: int = 1) -> None:
        self._failures = count

    async def apply(self, position: Position, payload: bytes, headers: Mapping[str, str]) -> None:
        self._fail_if_asked()
        assert payload == str(position).encode()
        self.heard[position.site].append(position.seq)
        self.headers.append(headers)

    async def apply_in_transaction(
        self,
        connection: Connection,
        position: Position,
        payload: bytes,
        headers: Mapping[str, str],
    ) -> None:
        await connection.execute(
            "INSERT INTO heard (site, seq) VALUES (%s, %s)", (position.site, position.seq)
        )
        await self.apply(position, payload, headers)

    async def begin_anew(self, site: str) -> Position | None:
        self.expired.append(site)
        return self.anew

    def _fail_if_asked(self) -> None:
        if self._failures:
            self._failures -= 1
            raise ValueError("the listener was asked to fail")


def said(position: Position) -> OutboxRow:
    subject = subject_of(OWNER, EVENT, position.site)
    payload = str(position).encode()
    return OutboxRow(position.site, position.epoch, position.seq, subject, payload, NOON)
