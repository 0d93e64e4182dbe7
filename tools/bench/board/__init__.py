"""What a board of 5,000 and of 10,000 agents takes through the whole of Muster, over REST as binary
protobuf, and the day of one of them. The floors are the calls of presence that these rest on, in
the same run.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from tests.support.tree import running_tree
from tools.bench.board.desk import BenchSite, BoardDesk, open_desks
from tools.bench.board.floor import PresenceFloor, open_floor
from tools.bench.figure import Figure, figure_from, percentile
from tools.bench.heatmap.day import CHANGES

_BOARDS, _DAYS = 20, 300
_MEGABYTE = 1_000_000
_MILLISECONDS = 1_000
# The first of them is the size of the goal.
_AIMED_SIZE, _AIM_P95_MS = 5_000, 300
_SITES = (BenchSite("board-5k", _AIMED_SIZE), BenchSite("board-10k", 10_000))


def measure() -> Sequence[Figure]:
    """Starts everything, fills a day, measures, and ends it."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        # Otherwise, as root, the data would lie where the dropped user can reach it, and stay.
        Path(folder).chmod(0o711)
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> Sequence[Figure]:
    async with (
        running_tree(folder / "board") as tree,
        open_desks(tree, _SITES) as desks,
        open_floor(tree) as bare,
    ):
        figures: list[Figure] = []
        for site, desk in zip(_SITES, desks, strict=True):
            await desk.fill()
            figures += await _boards(site, desk, bare)
        return [*figures, await _days(_SITES[-1], desks[-1], bare)]


async def _boards(site: BenchSite, desk: BoardDesk, bare: PresenceFloor) -> Sequence[Figure]:
    cold = await _times(1, desk.whole_board)
    warm = await _times(_BOARDS, desk.read_board)
    size = desk.board_bytes / _MEGABYTE
    timelines = await _times(_BOARDS, partial(bare.site, site.name))
    filtered = [
        seconds
        for filters in _filters(site)
        for seconds in await _times(_BOARDS, partial(desk.read_board, **filters))
    ]
    whole = f"{CHANGES} changes each, with plan; {size:.2f} MB"
    p95 = percentile(filtered, 0.95) * _MILLISECONDS
    part = f"half of them and less; p95 {p95:.0f} ms{_aim(site)}"
    return [
        _figure(
            f"board of {site.size:,}, {kind}", values, "GetSiteTimelines, warm", timelines, note
        )
        for kind, values, note in (
            ("cold", cold, whole),
            ("warm", warm, whole),
            ("filtered", filtered, part),
        )
    ]


def _filters(site: BenchSite) -> Sequence[dict[str, str]]:
    return (
        {"lines": "lines/line-1"},
        {"lines": "lines/line-1", "skills": "skills/skill-3"},
        {"teams": f"teams/{site.id}-7", "states": "STATE_OFFLINE"},
        {"lines": "lines/line-0", "groupBy": "GROUPING_TEAM", "orderBy": "ORDER_TIME_IN_STATE"},
    )


def _aim(site: BenchSite) -> str:
    return f", aim {_AIM_P95_MS}" if site.size == _AIMED_SIZE else ""


async def _days(site: BenchSite, desk: BoardDesk, bare: PresenceFloor) -> Figure:
    dice = random.Random(7)
    agents = iter(dice.choices(site.agents, k=2 * _DAYS))
    days = await _times(_DAYS, lambda: desk.read_day(next(agents)))
    timelines = await _times(_DAYS, lambda: bare.agent(next(agents)))
    note = f"of {site.size:,} agents: timeline, log, shifts and contacts"
    return _figure("one agent's day", days, "GetAgentTimeline", timelines, note)


def _figure(
    name: str, seconds: Sequence[float], floor: str, bare: Sequence[float], note: str
) -> Figure:
    values, floors = ([one * _MILLISECONDS for one in column] for column in (seconds, bare))
    return figure_from(name, "ms", values, floor_name=floor, floor_values=floors, note=note)


async def _times(repeats: int, action: Callable[[], Awaitable[object]]) -> list[float]:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        await action()
        times.append(time.perf_counter() - start)
    return times
