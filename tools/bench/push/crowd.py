"""A thousand open boards: from the call of ReportStates to each of them, and what each costs the
gateway.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from chassis.clock import SystemClock
from chassis.identity import Identity, Signer
from chassis.scope import EVERYTHING
from tests.support.tree import Tree
from tools.bench.push.board import SITE, reporting
from tools.bench.push.hall import filled_hall
from tools.bench.push.load import Load, Stopwatch, keep_pace

STREAMS = 1_000
_OF_ONE_CALLER = 100
# Longer than what the slowest reader takes.
_AFTERWARDS_SECONDS = 2.0
_PERMISSIONS = frozenset(
    {"board.read", "dispatch.figures.read", "presence.reasons.read", "roster.people.read"}
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of a run."""

    seconds: list[float]
    missing_count: int
    bytes_a_stream: float


async def measure_crowd(tree: Tree, load: Load, topics: Sequence[str]) -> Crowd:
    """Returns the seconds from each call to its frame at each reader."""
    address = urlsplit(tree.http_url)
    stopwatch = Stopwatch(load.call_count)
    gateway = tree.child("gateway").process
    assert gateway
    async with reporting(tree, load) as reporter:
        before = resident_bytes(gateway.pid)
        requests = _requests(tree, topics)
        async with filled_hall(address.hostname or "", address.port or 0, requests) as hall:
            taken = resident_bytes(gateway.pid) - before
            await keep_pace(load, lambda number: reporter.report(number, stopwatch))
            await asyncio.sleep(_AFTERWARDS_SECONDS)
            heard = await hall.heard()
    seconds = times(stopwatch, heard["arrivals"])
    missing_count = load.call_count * len(requests) - len(seconds)
    return Crowd(seconds, missing_count, taken / len(requests))


def times(stopwatch: Stopwatch, arrivals: dict[str, list[float]]) -> list[float]:
    """Returns how long each mark took to each reader."""
    return [
        arrived - left
        for mark, left in stopwatch.left.items()
        for arrived in arrivals.get(mark, ())
    ]


def resident_bytes(process: int) -> int:
    """Returns the memory that a process has."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _requests(tree: Tree, topics: Sequence[str]) -> list[str]:
    """Readers with tokens such as the gateway gives those who are signed in: nobody opens all."""
    signer = Signer.load(tree.folder / ".muster" / "keys" / "gateway.key", "gateway")
    query = "&".join(f"topic={topic}/sites/{SITE}" for topic in topics)
    requests = []
    for number in range(STREAMS):
        subject = f"accounts/bench-{number // _OF_ONE_CALLER}"
        token = signer.sign(Identity(subject, _PERMISSIONS, EVERYTHING), SystemClock().now())
        head = f"GET /v1/push?{query} HTTP/1.1\r\nhost: bench\r\n"
        requests.append(f"{head}authorization: Bearer {token}\r\n\r\n")
    return requests
