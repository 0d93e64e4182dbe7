"""The replicas of all processes, each asked by itself."""

import asyncio
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

import grpc
from muster.process.v1 import process_service_pb2 as pb
from muster.process.v1 import process_service_pb2_grpc

from chassis.rpc.process import Replica as OwnReplica
from gateway.domain.latencies import RecentCounts
from gateway.domain.replicas import Figure, Problem, Replica, ReplicaState, state_of

OpenChannel = Callable[[str], AbstractAsyncContextManager[grpc.aio.Channel]]

METRICS = (
    "muster_bus_consumer_pending_messages",
    "muster_bus_outbox_oldest_seconds",
    "muster_bus_outbox_pending_messages",
    "muster_bus_publish_seconds",
    "muster_chassis_loop_lag_seconds",
    "muster_dispatch_commit_seconds",
    "muster_dispatch_contact_lag_seconds",
    "muster_dispatch_figures_seconds",
    "muster_gateway_push_change_age_seconds",
    "muster_gateway_push_readers",
    "muster_gateway_source_event_age_seconds",
    "muster_gateway_source_pending_events",
    "muster_presence_commit_seconds",
    "muster_presence_pending_reports",
    "muster_presence_state_lag_seconds",
)
"""The lags and latencies that are shown, of whichever process has them."""

_SECONDS = 2.0
_MOST_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class _Key:
    replica: str
    metric: str
    start_time: datetime


class ProcessReplicas:
    """Finds the replicas behind each target and asks them; this one it asks without a call."""

    def __init__(
        self, own: OwnReplica, targets: Mapping[str, str], open_channel: OpenChannel
    ) -> None:
        self._own = own
        self._targets = {process: target for process, target in targets.items() if target}
        self._open = open_channel
        self._recent: dict[_Key, RecentCounts] = {}

    async def read(self, now: datetime) -> Sequence[Replica]:
        """Returns them by process, then by name."""
        behind = asyncio.gather(
            *(self._behind(process, target, now) for process, target in self._targets.items())
        )
        own, others = await asyncio.gather(self._own.describe(METRICS), behind)
        replicas = [self._told(own, now), *(one for found in others for one in found)]
        return sorted(replicas, key=lambda one: (one.process, one.name))

    async def _behind(self, process: str, target: str, now: datetime) -> list[Replica]:
        try:
            addresses = await find_addresses(target)
        except OSError as error:
            return [_silent(process, target, "UNAVAILABLE", f"the name is not found: {error}")]
        return await asyncio.gather(*(self._ask(process, one, now) for one in addresses))

    async def _ask(self, process: str, address: str, now: datetime) -> Replica:
        try:
            async with self._open(address) as channel:
                stub = process_service_pb2_grpc.ProcessServiceStub(channel)
                request = pb.GetProcessRequest(metrics=METRICS)
                return self._told(await stub.GetProcess(request, timeout=_SECONDS), now)
        except grpc.aio.AioRpcError as error:
            return _silent(process, address, error.code().name, error.details() or "")

    def _told(self, told: pb.Process, now: datetime) -> Replica:
        problems = [Problem(one.name, one.problem) for one in told.checks if one.problem]
        return Replica(
            told.process,
            told.replica,
            state_of(draining=told.draining, problems=problems),
            told.version,
            told.start_time.ToDatetime(UTC),
            problems,
            [
                *map(_gauge, told.gauges),
                *(self._latency(told, one, now) for one in told.histograms),
            ],
        )

    def _latency(self, told: pb.Process, one: pb.Process.Histogram, now: datetime) -> Figure:
        key = _Key(told.replica, one.metric, told.start_time.ToDatetime(UTC))
        while len(self._recent) >= _MOST_REMEMBERED and key not in self._recent:
            del self._recent[next(iter(self._recent))]
        recent = self._recent.setdefault(key, RecentCounts(key.start_time))
        return Figure(one.metric, latency=recent.latency(one.bounds, list(one.counts), now))


async def find_addresses(target: str) -> list[str]:
    """Returns the targets of the single replicas behind one: `ipv4:a:1,b:2` lists them, and a name
    as `dns:///a:1` is looked up. OSError if there is none of that name.
    """
    if target.startswith("ipv4:"):
        return [f"ipv4:{one}" for one in target.removeprefix("ipv4:").split(",")]
    if not target.startswith("dns:///"):
        return [target]
    host, _, port = target.removeprefix("dns:///").rpartition(":")
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, family=socket.AF_INET, type=socket.SOCK_STREAM)
    return sorted({f"ipv4:{address[4][0]}:{port}" for address in found})


def _gauge(gauge: pb.Process.Gauge) -> Figure:
    is_time = gauge.metric.endswith("_seconds")
    return Figure(gauge.metric, value=gauge.largest if is_time else gauge.sum)


def _silent(process: str, address: str, code: str, message: str) -> Replica:
    return Replica(process, address, ReplicaState.SILENT, problems=[Problem("call", message, code)])
