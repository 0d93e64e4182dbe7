"""How long a change takes to the board: from the call of ReportStates to the frame at a reader.

The whole of Muster runs as `muster up` starts it; reports go through the gateway, and a reader
follows the push stream. A thousand readers are measured from the bus on, at a gateway alone. The
floor is the simplest program that does the same: a bare NATS message to bare sockets that speak
server-sent events.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.nats import running_nats
from tests.support.tree import Tree, running_tree
from tools.bench.figure import Figure, figure_from, percentile
from tools.bench.push.board import AGENTS, measure_board
from tools.bench.push.crowd import STREAMS, Crowd, measure_crowd
from tools.bench.push.floor import measure_crowd_floor, measure_floor
from tools.bench.push.load import ALONE, CROWD_AT_ONCE, CROWD_STEADY, STEADY, Load

_ALL_TOPICS = ("board", "waiting", "roster")
_FLOOR = "NATS publish to a bare event stream"
_AIM = "aim: p99 under 1,000"


def measure() -> Sequence[Figure]:
    """Starts everything, measures, and ends it."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        # Otherwise, as root, the data would lie where the dropped user can reach it, and stay.
        Path(folder).chmod(0o711)
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> Sequence[Figure]:
    async with running_tree(folder / "push") as tree:
        figures = [
            await _figure(tree, "change to board, steady", STEADY),
            await _figure(tree, "change to board, alone", ALONE),
        ]
    return [
        *figures,
        *await _crowd_figures("beyond the tick", CROWD_AT_ONCE, ["board"]),
        *await _crowd_figures("tick included", CROWD_STEADY, ["board"]),
        *await _crowd_figures("three topics", CROWD_AT_ONCE, _ALL_TOPICS),
    ]


async def _crowd_figures(name: str, load: Load, topics: Sequence[str]) -> Sequence[Figure]:
    with running_nats() as nats:
        floor = await measure_crowd_floor(nats.url, load, STREAMS)
    crowd = await measure_crowd(load, topics)
    floor_name = f"NATS publish to {STREAMS} bare event streams"
    note = (
        f"{load}; {crowd.missing_count} missing; floor p99"
        f" {percentile(floor.seconds, 0.99) * 1000:.3g} ms;"
        f" {crowd.bytes_a_stream / 1024:.3g} KiB a stream"
    )
    return [
        figure_from(
            f"link on the bus to {STREAMS} boards, {name}",
            "ms",
            [seconds * 1000 for seconds in crowd.seconds],
            floor_name=floor_name,
            floor_values=[seconds * 1000 for seconds in floor.seconds],
            note=note,
        ),
        figure_from(
            f"processor time of a link at a board, {name}",
            "us",
            [_microseconds(crowd)],
            floor_name=floor_name,
            floor_values=[_microseconds(floor)],
        ),
    ]


def _microseconds(crowd: Crowd) -> float:
    """Returns the processor time of the server for each link that came to a reader."""
    return crowd.processor_seconds / len(crowd.seconds) * 1_000_000


async def _figure(tree: Tree, name: str, load: Load) -> Figure:
    with running_nats() as nats:
        floor = await measure_floor(nats.url, load)
    return figure_from(
        name,
        "ms",
        [seconds * 1000 for seconds in await measure_board(tree, load)],
        floor_name=_FLOOR,
        floor_values=[seconds * 1000 for seconds in floor],
        note=f"{AGENTS:,} agents, {load}; frames leave at most every 250 ms; {_AIM}",
    )
