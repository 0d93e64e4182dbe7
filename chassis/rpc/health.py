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
        self._is_leaving = False
        self._changed = asyncio.Condition()

    async def refresh(self) -> None:
        """Asks the checks and tells the watchers what changed.

        A process that leaves asks nothing any more: its grace is for the calls in hand.
        """
        is_fine = not self._health.draining and is_ready(await self._health.report())
        async with self._changed:
            # A drain that began meanwhile has the last word.
            self._is_leaving = self._health.draining
            self._status = SERVING if is_fine and not self._is_leaving else NOT_SERVING
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
        if request.service not in self._names:
            yield health_pb2.HealthCheckResponse(status=SERVICE_UNKNOWN)
            # The protocol keeps the stream open: the service might come.
            await self._end()
            return
        told = SERVICE_UNKNOWN
        while True:
            if told != self._status:
                told = self._status
                yield health_pb2.HealthCheckResponse(status=told)
            elif self._is_leaving:
                return
            else:
                await self._change_from(told)

    async def _change_from(self, told: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._is_leaving or self._status != told)

    async def _end(self) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._is_leaving)
