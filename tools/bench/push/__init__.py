"""How long a change takes to the board: from the call of ReportStates to the frame at a reader.

The whole of Muster runs as `muster up` starts it; reports go through the gateway, and a reader
follows the push stream. The floor is the simplest program that does the same: a bare NATS message
to a bare socket that speaks server-sent events.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.nats import running_nats
from tests.support.tree import Tree, running_tree
from tools.bench.figure import Figure, figure_from
from tools.bench.push.board import measure_board
from tools.bench.push.floor import measure_floor
from tools.bench.push.load import ALONE, STEADY, Load

_FLOOR = "NATS publish to a bare event stream"


def measure() -> Sequence[Figure]:
    """Starts everything, measures, and ends it."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        # Otherwise, as root, the data would lie where the dropped user can reach it, and stay.
        Path(folder).chmod(0o711)
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> Sequence[Figure]:
    async with running_tree(folder / "push") as tree:
        return [
            await _figure(tree, "change to board, steady", STEADY),
            await _figure(tree, "change to board, alone", ALONE),
        ]


async def _figure(tree: Tree, name: str, load: Load) -> Figure:
    with running_nats() as nats:
        floor = await measure_floor(nats.url, load)
    return figure_from(
        name,
        "ms",
        [seconds * 1000 for seconds in await measure_board(tree, load)],
        floor_name=_FLOOR,
        floor_values=[seconds * 1000 for seconds in floor],
        note=f"{load}; frames leave at most every 250 ms",
    )
