"""Counting how queues stand, from the stays themselves."""

from collections.abc import Collection
from time import perf_counter
from typing import Any

from chassis.calendar import ZoneDay
from chassis.database import Connection, Database, read_head
from services.dispatch.app.ports import SiteFigures
from services.dispatch.domain.event import FIRST_EPOCH, Place
from services.dispatch.domain.figures import QueueFigures
from services.dispatch.domain.service_level import StayCounts
from services.dispatch.domain.words import StayOutcome
from services.dispatch.store.queue_rows import SELECT_QUEUES, queue_of
from services.dispatch.telemetry import DispatchTelemetry

_QUEUES = (
    f"{SELECT_QUEUES} WHERE site = %(site)s AND (%(all)s OR id = ANY (%(queues)s)) ORDER BY id"
)
_WAITING = f"""
SELECT queue, count(*)::integer, min(enqueue_time) FROM queue_stay
WHERE site = %(site)s AND outcome = {StayOutcome.WAITING.value} AND queue = ANY (%(queues)s)
GROUP BY queue
"""  # noqa: S608 - constants


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
)
_ENDED = f"""
SELECT stay.queue, {", ".join(_COUNTS)}
FROM queue_stay AS stay JOIN queue ON queue.site = stay.site AND queue.id = stay.queue
WHERE stay.site = %(site)s AND stay.queue = ANY (%(queues)s)
    AND stay.enqueue_time >= %(start)s AND stay.enqueue_time < %(end)s
GROUP BY stay.queue
"""  # noqa: S608 - constants


class PostgresFigures:
    """How queues stand in PostgreSQL."""

    def __init__(self, database: Database, telemetry: DispatchTelemetry) -> None:
        self._database = database
        self._telemetry = telemetry

    async def read_figures(self, day: ZoneDay, site: str, queues: Collection[str]) -> SiteFigures:
        """Counts queues as the port says: head and stays of one instant of the database."""
        start = perf_counter()
        values = {"site": site, "queues": list(queues), "all": not queues}
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            place = await _place(connection, site)
            found = [queue_of(row) for row in await _select(connection, _QUEUES, values)]
            values["queues"] = [queue.key.queue for queue in found]
            waiting = {row[0]: row[1:] for row in await _select(connection, _WAITING, values)}
            span = {"start": day.start_time, "end": day.end_time}
            ended = {row[0]: row[1:] for row in await _select(connection, _ENDED, values | span)}
        figures = []
        for queue in found:
            count, oldest = waiting.get(queue.key.queue, (0, None))
            counts = StayCounts(*ended.get(queue.key.queue, ()))
            figures.append(QueueFigures(queue, count, oldest, counts))
        self._telemetry.figures_seconds.observe(perf_counter() - start)
        return SiteFigures(place, day, tuple(figures))

    async def read_heads(self) -> list[Place]:
        """Reads the heads as the port says."""
        async with self._database.connection() as connection:
            cursor = await connection.execute("SELECT site, epoch, seq FROM site_head")
            return [Place(*row) for row in await cursor.fetchall()]


async def _place(connection: Connection, site: str) -> Place:
    head = await read_head(connection, site)
    return Place(site, FIRST_EPOCH, 0) if head is None else Place(site, head.epoch, head.seq)


async def _select(connection: Connection, query: str, values: dict[str, Any]) -> list[Any]:
    cursor = await connection.execute(query, values, binary=True)
    return await cursor.fetchall()
