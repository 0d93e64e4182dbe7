"""How this replica does, told to the processes that show it to people."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any

from muster.process.v1 import process_service_pb2 as pb
from muster.process.v1 import process_service_pb2_grpc
from prometheus_client import CollectorRegistry

from chassis.errors import FieldViolation, invalid_fields
from chassis.figures import Figures, read_figures
from chassis.health import Health

MOST_METRICS = 50


@dataclass(frozen=True, slots=True)
class Replica:
    """One replica of a process."""

    process: str
    name: str
    start_time: datetime
    health: Health
    registry: CollectorRegistry

    async def describe(self, metrics: tuple[str, ...]) -> pb.Process:
        """Returns its health and those of the metrics that it has, read at this moment."""
        checks = await self.health.report()
        # Exposition of thousands of series takes long, and calls must go on.
        figures = await asyncio.to_thread(read_figures, self.registry, metrics)
        told = pb.Process(
            process=self.process,
            replica=self.name,
            version=version("muster"),
            draining=self.health.draining,
            checks=[
                pb.Process.Check(name=name, problem=why or "")
                for name, why in sorted(checks.items())
            ],
            gauges=_gauges(figures),
            histograms=_histograms(figures),
        )
        told.start_time.FromDatetime(self.start_time)
        return told


class ProcessServicer(process_service_pb2_grpc.ProcessServiceServicer):
    """ProcessService of every process."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    async def GetProcess(  # noqa: N802 - the name on the wire
        self, request: pb.GetProcessRequest, _context: Any
    ) -> pb.Process:
        """The replica that serves this, and those of the metrics asked for that it has."""
        if len(request.metrics) > MOST_METRICS:
            raise invalid_fields([FieldViolation("metrics", f"takes at most {MOST_METRICS}")])
        return await self._replica.describe(tuple(request.metrics))


def _gauges(figures: Figures) -> list[pb.Process.Gauge]:
    return [
        pb.Process.Gauge(metric=one.metric, sum=one.sum, largest=one.largest)
        for one in figures.gauges
    ]


def _histograms(figures: Figures) -> list[pb.Process.Histogram]:
    return [
        pb.Process.Histogram(metric=one.metric, bounds=one.bounds, counts=one.counts)
        for one in figures.histograms
    ]
