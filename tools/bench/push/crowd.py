"""A thousand open boards: from a link on the bus to each of them, and what each costs the
gateway.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.component.gateway.behind import SITE
from tools.bench.push.hall import filled_hall
from tools.bench.push.load import Load, Stopwatch, keep_pace
from tools.bench.push.stage import Stage, set_stage

STREAMS = 1_000
# Longer than what the slowest reader takes.
_AFTERWARDS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of a run."""

    seconds: list[float]
    missing_count: int
    bytes_a_stream: float
    processor_seconds: float


async def measure_crowd(load: Load, topics: Sequence[str]) -> Crowd:
    """Returns the seconds from publishing each link to its frame at each reader."""
    stopwatch = Stopwatch(load.call_count)
    async with set_stage() as stage:
        before = _resident_bytes(stage.process)
        requests = _requests(stage, topics)
        async with filled_hall(stage.host, stage.port, requests) as hall:
            taken = _resident_bytes(stage.process) - before
            busy = _processor_seconds(stage.process)
            await keep_pace(load, lambda number: stage.publish(load, number, stopwatch))
            await asyncio.sleep(_AFTERWARDS_SECONDS)
            busy = _processor_seconds(stage.process) - busy
            heard = await hall.heard()
    seconds = times(stopwatch, heard["arrivals"])
    missing_count = load.call_count * len(requests) - len(seconds)
    return Crowd(seconds, missing_count, taken / len(requests), busy)


def times(stopwatch: Stopwatch, arrivals: dict[str, list[float]]) -> list[float]:
    """Returns how long each mark took to each reader."""
    return [
        arrived - left
        for mark, left in stopwatch.left.items()
        for arrived in arrivals.get(mark, ())
    ]


def _resident_bytes(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _requests(stage: Stage, topics: Sequence[str]) -> list[str]:
    """No caller may open all of them."""
    query = "&".join(f"topic={topic}/{SITE}" for topic in topics)
    head = f"GET /v1/push?{query} HTTP/1.1\r\nhost: bench\r\n"
    return [
        f"{head}authorization: Bearer {stage.tokens[number % len(stage.tokens)]}\r\n\r\n"
        for number in range(STREAMS)
    ]
