"""The health of the process by the protocol grpc.health.v1, for probes and balancers."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from chassis.health import Health, is_ready

PERIOD_SECONDS = 1.0

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
SERVICE_UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN


class HealthService(health_pb2_grpc.HealthServicer):  # type: ignore[misc] # comes untyped
    """Answers for the process (the empty name) and for each service, which stand and fall together.

    A watch ends when the process drains, so that watchers do not hold up its end.
    """

    def __init__(self, health: Health, services: Iterable[str]) -> None:
        self._health = health
        self._names = frozenset({"", *services})
        self._status = NOT_SERVING
        self._changed = asyncio.Condition()

    async def refresh(self) -> None:
        """Asks the checks and tells the watchers what changed."""
        status = SERVING if is_ready(await self._health.report()) else NOT_SERVING
        # A drain that began meanwhile has the last word.
        status = NOT_SERVING if self._health.draining else status
        async with self._changed:
            if status != self._status or self._health.draining:
                self._status = status
                self._changed.notify_all()

    async def keep_fresh(self) -> None:
        """Refreshes every second until it is cancelled."""
        while True:
            await asyncio.sleep(PERIOD_SECONDS)
            await self.refresh()

    async def Check(  # noqa: N802 - the name on the wire
        self, request: health_pb2.HealthCheckRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> health_pb2.HealthCheckResponse:
        """The present status of a service."""
        if request.service not in self._names:
            await context.abort(grpc.StatusCode.NOT_FOUND, "there is no such service here")
        return health_pb2.HealthCheckResponse(status=self._status)

    async def Watch(  # noqa: N802 - the name on the wire
        self, request: health_pb2.HealthCheckRequest, _context: grpc.aio.ServicerContext[Any, Any]
    ) -> AsyncIterator[health_pb2.HealthCheckResponse]:
        """The present status of a service and each later one."""
        is_here = request.service in self._names
        told = self._status if is_here else SERVICE_UNKNOWN
        yield health_pb2.HealthCheckResponse(status=told)
        while not self._health.draining:
            await self._news_since(told)
            if is_here and told != self._status:
                told = self._status
                yield health_pb2.HealthCheckResponse(status=told)

    async def _news_since(self, told: int) -> None:
        async with self._changed:
            # What changed while the watcher was being told must not be waited for again.
            if told in {self._status, SERVICE_UNKNOWN} and not self._health.draining:
                await self._changed.wait()
