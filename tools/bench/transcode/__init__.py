"""How long a call over REST takes beside the same call over bare gRPC: one request after another,
token check and permission included in both.

The gateway and a roster that answers from memory run in a process of their own; the calls come from
this one, in turns of a few of each kind, so that what else the machine does falls on all alike.
"""

import asyncio
from collections.abc import Sequence

from tools.bench.figure import Figure, figure_from, percentile
from tools.bench.transcode.callers import FLOOR, calling
from tools.bench.transcode.desk import running_desk

TURNS = 60
CALLS_A_TURN = 50
_WARM_UP = 3
_MILLISECONDS = 1_000


def measure() -> Sequence[Figure]:
    """Starts the gateway, calls, and ends it."""
    with running_desk() as addresses:
        times = asyncio.run(_measure(addresses))
    note = f"floor p99 {percentile(times[FLOOR], 0.99):.3g} ms"
    return [
        figure_from(
            f"unary call, {name}",
            "ms",
            times[name],
            floor_name="bare gRPC to the service",
            floor_values=times[FLOOR],
            note=note,
        )
        for name in times
        if name != FLOOR
    ]


async def _measure(addresses: dict[str, str]) -> dict[str, list[float]]:
    async with calling(addresses) as callers:
        times: dict[str, list[float]] = {name: [] for name in callers}
        for turn in range(TURNS + _WARM_UP):
            for name, call in callers.items():
                taken = [await call() * _MILLISECONDS for _ in range(CALLS_A_TURN)]
                if turn >= _WARM_UP:
                    times[name] += taken
    return times
