"""What a board of 10,000 agents takes through the whole of Muster, over REST as binary protobuf,
and the day of one of them. The floors are the calls of presence that these rest on, in the same
run.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from tests.support.tree import running_tree
from tools.bench.board.desk import BoardDesk, open_desk
from tools.bench.board.floor import PresenceFloor, open_floor
from tools.bench.figure import Figure, figure_from, percentile
from tools.bench.heatmap.day import AGENTS, CHANGES, agent_names

_BOARDS, _DAYS = 20, 300
_MEGABYTE = 1_000_000
_MILLISECONDS = 1_000
_FILTERS = (
    {"lines": "lines/line-1"},
    {"lines": "lines/line-1", "skills": "skills/skill-3"},
    {"teams": "teams/heat-7", "states": "STATE_OFFLINE"},
    {"lines": "lines/line-0", "groupBy": "GROUPING_TEAM", "orderBy": "ORDER_TIME_IN_STATE"},
)


def measure() -> Sequence[Figure]:
    """Starts everything, fills a day, measures, and ends it."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        # Otherwise, as root, the data would lie where the dropped user can reach it, and stay.
        Path(folder).chmod(0o711)
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> Sequence[Figure]:
    async with (
        running_tree(folder / "board") as tree,
        open_desk(tree) as desk,
        open_floor(tree) as floor,
    ):
        await desk.fill()
        return [*await _boards(desk, floor), await _days(desk, floor)]


async def _boards(desk: BoardDesk, floor: PresenceFloor) -> Sequence[Figure]:
    cold = await _times(1, desk.whole_board)
    warm = await _times(_BOARDS, desk.read_board)
    size = desk.board_bytes / _MEGABYTE
    bare = await _times(_BOARDS, floor.site)
    filtered = [
        seconds
        for filters in _FILTERS
        for seconds in await _times(_BOARDS, partial(desk.read_board, **filters))
    ]
    note = f"{AGENTS:,} agents, {CHANGES} changes each, with plan; {size:.2f} MB"
    return [
        _figure("board, cold", cold, "GetSiteTimelines, warm", bare, note),
        _figure("board, warm", warm, "GetSiteTimelines, warm", bare, note),
        _figure(
            "board, filtered",
            filtered,
            "GetSiteTimelines, warm",
            bare,
            f"half of them and less; p95 {percentile(filtered, 0.95) * _MILLISECONDS:.0f} ms",
        ),
    ]


async def _days(desk: BoardDesk, floor: PresenceFloor) -> Figure:
    dice = random.Random(7)
    agents = iter([dice.choice(agent_names()) for _ in range(2 * _DAYS)])
    days = await _times(_DAYS, lambda: desk.read_day(next(agents)))
    bare = await _times(_DAYS, lambda: floor.agent(next(agents)))
    note = f"of {AGENTS:,} agents: timeline, log, shifts and contacts"
    return _figure("one agent's day", days, "GetAgentTimeline", bare, note)


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
