"""A day of 10,000 agents as presence reads it: cold, cached, from the log, and how large it is.

The day is reported to real presence through gRPC, on a real PostgreSQL; then the use case and its
answer are timed in this process, over the same database, without the wire. The floor of a cold
reading is the same packed rows fetched by bare psycopg from the same table, that of the log the raw
rows of its entries by COPY, that of a cached one the head of the site looked up.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from chassis.database import Database
from tools.bench.figure import Figure, figure_from
from tools.bench.heatmap.day import AGENTS, CHANGES, SITE, agent_names, fill
from tools.bench.heatmap.floor import Floor
from tools.bench.heatmap.reader import Reader
from tools.bench.ingest.surroundings import Surroundings, running_process

REPEATS = 15
_MILLISECONDS = 1_000
_MEGABYTE = 1_000_000
_INTERVAL_BYTES = 4
Action = Callable[[], Awaitable[object]]


def measure() -> Sequence[Figure]:
    """Starts the processes, reports the day, measures, and ends them."""
    with running_process("presence") as around:
        return asyncio.run(_measure(around))


async def _measure(around: Surroundings) -> Sequence[Figure]:
    await fill(around)
    database = await Database.open(around.database_url, application="bench")
    try:
        return await _figures(Reader(database, SITE, agent_names()), around.database_url)
    finally:
        await database.close()


async def _figures(reader: Reader, url: str) -> list[Figure]:
    exact, strips = await reader.exact(), await reader.strips()
    floor = Floor(url, SITE)
    packed = await _times(lambda: asyncio.to_thread(floor.packed_rows))
    head = await _times(lambda: asyncio.to_thread(floor.head))
    raw = await _times(lambda: asyncio.to_thread(floor.raw_rows), 3)
    figures = []
    for name, read in (("exact", reader.exact), ("strips", reader.strips)):
        cold = await _times(partial(reader.cold, read))
        figures.append(_time(f"heatmap, {name}, cold", cold, "packed rows fetched", packed))
        cached = await _times(read)
        figures.append(_time(f"heatmap, {name}, cached", cached, "head looked up", head))
    from_log = await _times(reader.from_log, 3)
    figures.append(_time("heatmap, fold of the log", from_log, "raw rows by COPY", raw))
    columns = f"{reader.columns_size / _MEGABYTE:.2f} MB are columns, the rest names"
    figures.append(_size("heatmap, exact, size", exact, columns))
    figures.append(_size("heatmap, strips, size", strips, ""))
    return figures


def _time(name: str, times: list[float], floor: str, floor_times: list[float]) -> Figure:
    note = f"{AGENTS:,} agents, {CHANGES} changes each"
    return figure_from(name, "ms", times, floor_name=floor, floor_values=floor_times, note=note)


def _size(name: str, size: int, note: str) -> Figure:
    intervals = AGENTS * (CHANGES + 1) * _INTERVAL_BYTES / _MEGABYTE
    floor = "4 bytes an interval"
    return figure_from(
        name, "MB", [size / _MEGABYTE], floor_name=floor, floor_values=[intervals], note=note
    )


async def _times(action: Action, repeats: int = REPEATS) -> list[float]:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        await action()
        times.append((time.perf_counter() - start) * _MILLISECONDS)
    return times
