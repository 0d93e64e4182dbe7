"""How figures grow from 1,000 over 10,000 to 100,000 agents: what presence takes in, the heatmap of
a whole site, and the way of a change to an open board.

The parts are those of the benchmarks `ingest`, `heatmap` and `push`, each beside its floor; each
size has processes of its own.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.bench.figure import Figure
from tools.bench.growth.heatmap import measure_heatmap
from tools.bench.growth.intake import measure_intake
from tools.bench.growth.push import measure_push
from tools.bench.ingest.surroundings import Surroundings, running_process

SIZES = (1_000, 10_000, 100_000)


def measure() -> Sequence[Figure]:
    """Measures at each size, and returns the sizes of each figure one under the other."""
    by_size = [_of_size(size) for size in SIZES]
    return [figure for sizes in zip(*by_size, strict=True) for figure in sizes]


def _of_size(size: int) -> Sequence[Figure]:
    with running_process("presence") as around:
        figures = asyncio.run(_of_presence(around, size))
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        # Otherwise, as root, the data would lie where the dropped user can reach it, and stay.
        Path(folder).chmod(0o711)
        return [*figures, asyncio.run(measure_push(Path(folder), size))]


async def _of_presence(around: Surroundings, size: int) -> Sequence[Figure]:
    return [await measure_intake(around, size), *await measure_heatmap(around, size)]
