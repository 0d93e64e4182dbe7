"""The way of a change to an open board, by the number of agents of its site."""

from pathlib import Path

from tests.support.nats import running_nats
from tests.support.tree import running_tree
from tools.bench.figure import Figure, figure_from
from tools.bench.push.board import measure_board
from tools.bench.push.floor import measure_floor
from tools.bench.push.load import Load

_CALLS = 200
_MOST_CALLS_PER_SECOND = 10.0
# On shift, an agent changes twice in a thousand seconds.
_CHANGES_PER_SECOND = 0.002
_MILLISECONDS = 1_000


async def measure_push(folder: Path, size: int) -> Figure:
    """Starts the whole of Muster and measures at the pace at which so many agents change."""
    load = load_of(size)
    with running_nats() as nats:
        floor = await measure_floor(nats.url, load)
    async with running_tree(folder / "growth") as tree:
        seconds = await measure_board(tree, load, size)
    return figure_from(
        f"change to board, {size:,} agents",
        "ms",
        [value * _MILLISECONDS for value in seconds],
        floor_name="NATS publish to a bare event stream",
        floor_values=[value * _MILLISECONDS for value in floor],
        note=f"{load}; frames leave at most every 250 ms",
    )


def load_of(size: int) -> Load:
    """Returns what so many agents do."""
    changes_per_second = size * _CHANGES_PER_SECOND
    calls_per_second = min(changes_per_second, _MOST_CALLS_PER_SECOND)
    return Load(
        calls_per_second=calls_per_second,
        changes_per_call=round(changes_per_second / calls_per_second),
        call_count=min(_CALLS, round(calls_per_second * 20)),
    )
