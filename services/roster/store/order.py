"""The order of a site: each commit at its place, told by one message."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from chassis.database import (
    Connection,
    Database,
    OutboxRow,
    append_outbox,
    lock_head,
    move_head,
    read_head,
    read_outbox_after,
)
from services.roster.domain.people import Place, SiteName, id_of

_REPLAY_ROWS = 50


async def next_place(connection: Connection, site: SiteName) -> Place:
    """Returns the place of the commit at hand; until it ends nobody else gets one of the site."""
    head = await lock_head(connection, id_of(site))
    return Place(site, head.epoch, head.seq + 1)


async def take_place(
    connection: Connection, place: Place, subject: str, payload: bytes, recorded_time: datetime
) -> None:
    """Makes the place the head of its site and lays out the message that tells of it."""
    before = await lock_head(connection, id_of(place.site))
    head = replace(before, epoch=place.epoch, seq=place.seq)
    await move_head(connection, head, recorded_time)
    await append_outbox(
        connection,
        OutboxRow(
            site=head.site,
            epoch=head.epoch,
            seq=head.seq,
            subject=subject,
            payload=payload,
            recorded_time=recorded_time,
        ),
    )


async def replay(database: Database, after: Place) -> AsyncIterator[OutboxRow]:
    """Yields what a site's commits told after a place, up to its present head.

    Refuses with OUT_OF_RANGE/CURSOR_EXPIRED where that is not kept any more.
    """
    site, epoch, seq = id_of(after.site), after.epoch, after.seq
    async with database.connection() as connection:
        head = await read_head(connection, site)
    last = 0 if head is None else head.seq
    while True:
        # A connection is not held while a slow consumer takes its time.
        async with database.connection() as connection:
            rows = await read_outbox_after(connection, site, epoch, seq, _REPLAY_ROWS)
        for row in rows:
            if row.seq > last:
                return
            yield row
            seq = row.seq
        if seq >= last:
            return
