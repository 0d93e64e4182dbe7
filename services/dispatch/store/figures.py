"""Counting how queues stand, from the stays themselves."""

from collections.abc import Collection, Sequence
from datetime import datetime
from time import perf_counter
from typing import Any

from chassis.calendar import ZoneDay
from chassis.database import Connection, Database, read_head
from services.dispatch.app.ports import SiteFigures
from services.dispatch.domain.event import FIRST_EPOCH, Place
from services.dispatch.domain.figures import QueueFigures
from services.dispatch.domain.service_level import StayCounts
from services.dispatch.domain.words import StayOutcome
from services.dispatch.store.queue_rows import QUEUE_COLUMN_COUNT, SELECT_QUEUES, queue_of
from services.dispatch.telemetry import DispatchTelemetry


def _count(outcome: StayOutcome, condition: str = "") -> str:
    return f"count(*) FILTER (WHERE stay.outcome = {outcome.value} {condition})::integer"


_COUNTS = (
    _count(StayOutcome.ANSWERED),
    _count(StayOutcome.ANSWERED, "AND stay.wait_us <= queue.target_us"),
    _count(StayOutcome.ABANDONED),
    _count(StayOutcome.ABANDONED, "AND stay.wait_us < queue.short_abandon_us"),
    _count(StayOutcome.TIMED_OUT),
    _count(StayOutcome.OVERFLOWED),
    _count(StayOutcome.CALLBACK),
    # A stay that is told to go on for longer than anybody waits.
    _count(StayOutcome.WAITING, "AND stay.enqueue_time < queue.believable_from"),
)
_QUEUES = f"""
SELECT queue.*, %(now)s - longest_wait_us * interval '1 microsecond' AS believable_from
FROM ({SELECT_QUEUES}) AS queue
"""  # noqa: S608 - constants
# One look into the index for each queue, whatever the planner knows of the tables.
_FIGURES = f"""
SELECT queue.*, waiting.*, ended.* FROM ({_QUEUES}) AS queue
CROSS JOIN LATERAL (
    SELECT count(*)::integer, min(stay.enqueue_time) FROM queue_stay AS stay
    WHERE stay.site = queue.site AND stay.queue = queue.id
        AND stay.outcome = {StayOutcome.WAITING.value}
        AND stay.enqueue_time >= queue.believable_from
) AS waiting
CROSS JOIN LATERAL (
    SELECT {", ".join(_COUNTS)} FROM queue_stay AS stay
    WHERE stay.site = queue.site AND stay.queue = queue.id
        AND stay.enqueue_time >= %(start)s AND stay.enqueue_time < %(end)s
) AS ended
WHERE queue.site = %(site)s AND (%(all)s OR queue.id = ANY (%(queues)s)) ORDER BY queue.id
"""  # noqa: S608 - constants


class PostgresFigures:
    """How queues stand in PostgreSQL."""

    def __init__(self, database: Database, telemetry: DispatchTelemetry) -> None:
        self._database = database
        self._telemetry = telemetry

    async def read_figures(
        self, day: ZoneDay, now: datetime, site: str, queues: Collection[str]
    ) -> SiteFigures:
        """Counts queues as the port says: head and stays of one instant of the database."""
        start = perf_counter()
        values = {
            "site": site,
            "queues": list(queues),
            "all": not queues,
            "start": day.start_time,
            "end": day.end_time,
            "now": now,
        }
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            place = await _place(connection, site)
            cursor = await connection.execute(_FIGURES, values, binary=True)
            figures = tuple(map(_figures_of, await cursor.fetchall()))
        self._telemetry.figures_seconds.observe(perf_counter() - start)
        return SiteFigures(place, day, figures)

    async def read_heads(self) -> list[Place]:
        """Reads the heads as the port says."""
        async with self._database.connection() as connection:
            cursor = await connection.execute("SELECT site, epoch, seq FROM site_head")
            return [Place(*row) for row in await cursor.fetchall()]


async def _place(connection: Connection, site: str) -> Place:
    head = await read_head(connection, site)
    return Place(site, FIRST_EPOCH, 0) if head is None else Place(site, head.epoch, head.seq)


def _figures_of(row: Sequence[Any]) -> QueueFigures:
    _, waiting, oldest, *counts, lost = row[QUEUE_COLUMN_COUNT:]
    return QueueFigures(queue_of(row), waiting, oldest, StayCounts(*counts), lost)
