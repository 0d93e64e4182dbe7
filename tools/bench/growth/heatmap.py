"""The heatmap of a whole site, by the number of its agents.

The day is one that is over, put where presence keeps such days packed: to report 60 changes for
each of 100,000 agents would take a quarter of an hour and change nothing of what is read.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import numpy as np

from chassis.database import Database
from services.presence.bus.changed import changed_from
from services.presence.domain.site_timelines import SiteTimelines
from services.presence.domain.state import State
from services.presence.store.snapshots import PostgresSiteSnapshots
from tools.bench.figure import Figure, figure_from
from tools.bench.growth.intake import site_of
from tools.bench.heatmap.day import CHANGES, DAY
from tools.bench.heatmap.floor import Floor
from tools.bench.heatmap.reader import Reader
from tools.bench.ingest.surroundings import Surroundings

# With reports of today, so that the day before is over.
SITE = site_of(0)
_REPEATS = 5
_SHIFT_START_MS = 8 * 3_600_000
# Sixty of these make eight hours on average, and never reach midnight.
_LONGEST_SECONDS = 960
_MILLISECONDS, _MEGABYTE = 1_000, 1_000_000


async def measure_heatmap(around: Surroundings, size: int) -> Sequence[Figure]:
    """Puts the day of a site in place, and reads all of it. Measured after the intake."""
    agents = [f"agents/heat-{number:06}" for number in range(size)]
    database = await Database.open(around.database_url, application="bench")
    try:
        await _keep_day(database, agents)
        return await _figures(Reader(database, SITE, agents), around.database_url, size)
    finally:
        await database.close()


async def _keep_day(database: Database, agents: Sequence[str]) -> None:
    snapshots = PostgresSiteSnapshots(database, changed_from)
    async with snapshots.open(SITE) as snapshot:
        place = snapshot.place
    await snapshots.store_day(place, make_day(agents), agents)


def make_day(agents: Sequence[str]) -> SiteTimelines:
    """Makes a shift with changes on full seconds for each agent."""
    dice = np.random.default_rng(60)
    gaps_ms = dice.integers(1, _LONGEST_SECONDS, (len(agents), CHANGES)) * 1_000
    begins = np.zeros((len(agents), CHANGES + 1), np.int64)
    begins[:, 1:] = _SHIFT_START_MS + gaps_ms.cumsum(axis=1)
    working = np.resize([State.ONLINE, State.BUSY, State.WRAP_UP], CHANGES - 1)
    states = np.concatenate(([State.UNOBSERVED], working, [State.OFFLINE])).astype(np.int64)
    start_ms = int(DAY.timestamp()) * 1_000
    return SiteTimelines(
        start_ms=start_ms,
        end_ms=start_ms + 86_400_000,
        agents=tuple(agents),
        reasons=("",),
        counts=np.full(len(agents), CHANGES + 1),
        openings_ms=np.full(len(agents), start_ms),
        offsets_ms=begins.ravel(),
        looks=np.tile(states, len(agents)),
    )


async def _figures(reader: Reader, url: str, size: int) -> Sequence[Figure]:
    exact = await reader.exact()
    floor = Floor(url, SITE)
    packed = await _times(lambda: asyncio.to_thread(floor.packed_rows))
    head = await _times(lambda: asyncio.to_thread(floor.head))
    cold = await _times(partial(reader.cold, reader.exact))
    cached = await _times(reader.exact)
    note = f"{CHANGES} changes each; {exact / _MEGABYTE:.2f} MB"
    return [
        figure_from(
            f"heatmap, cold, {size:,} agents",
            "ms",
            cold,
            floor_name="packed rows fetched",
            floor_values=packed,
            note=note,
        ),
        figure_from(
            f"heatmap, cached, {size:,} agents",
            "ms",
            cached,
            floor_name="head looked up",
            floor_values=head,
            note=note,
        ),
    ]


async def _times(action: Callable[[], Awaitable[object]]) -> list[float]:
    times = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        await action()
        times.append((time.perf_counter() - start) * _MILLISECONDS)
    return times
