"""The gRPC server of a process, with everything around its methods that all of them share."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc
from grpc_reflection.v1alpha._async import ReflectionServicer

from chassis.access import Authenticator, require_rules
from chassis.health import Health
from chassis.ports import PortTakenError
from chassis.rpc.access import MUSTER_SERVICES, AccessLayer
from chassis.rpc.admission import AdmissionLayer
from chassis.rpc.call import Layer
from chassis.rpc.deadline import DeadlineLayer
from chassis.rpc.errors import ErrorLayer
from chassis.rpc.health import HealthService
from chassis.rpc.interceptor import LayeredInterceptor
from chassis.rpc.metrics import MetricsLayer, ServerMetrics
from chassis.rpc.tracing import TracingLayer
from chassis.telemetry import Telemetry

MOST_MESSAGE_BYTES = 16 * 1024 * 1024
"""The largest message that is taken: a day of 10,000 agents as columns is 4 MB."""

HEALTH_SERVICE = "grpc.health.v1.Health"


def server_layers(
    telemetry: Telemetry, authenticate: Authenticator, *around_access: Layer
) -> tuple[Layer, ...]:
    """The layers of every server, outermost first; the gateway puts them around HTTP as well.

    Those around the check of access know its refusals and no caller.
    """
    return (
        TracingLayer(telemetry),
        MetricsLayer(telemetry.metrics(ServerMetrics)),
        ErrorLayer(telemetry.log),
        AdmissionLayer(),
        DeadlineLayer(),
        *around_access,
        AccessLayer(authenticate),
    )


class RpcServer:
    """Serves the given services with health and reflection.

    It does not start if a method of Muster lacks its access rule.
    """

    def __init__(
        self,
        *,
        process: str,
        host: str,
        port: int,
        authenticate: Authenticator,
        telemetry: Telemetry,
        health: Health,
        max_connection_age: timedelta = timedelta(minutes=5),
        max_connection_age_grace: timedelta = timedelta(seconds=30),
    ) -> None:
        self.port = port
        self._host = host
        self._process = process
        self._telemetry = telemetry
        self._authenticate = authenticate
        self._around_access: list[Layer] = []
        self._health = health
        self._options = _options(max_connection_age, max_connection_age_grace)
        self._registered = _Registered()
        self._reflected: tuple[Sequence[str], DescriptorPool] | None = None
        self._running: tuple[grpc.aio.Server, HealthService, asyncio.Task[None]] | None = None

    def add(self, register: Callable[[Any, Any], None], servicer: object) -> None:
        """Adds a service, by the `add_..._to_server` function of its generated stubs."""
        register(servicer, self._registered)

    def add_generic(self, handler: grpc.GenericRpcHandler, services: Iterable[str] = ()) -> None:
        """Adds a handler that passes calls through; `services` are the names that it serves."""
        self._registered.handlers.append(handler)
        self._registered.services.extend(services)

    def add_layer(self, layer: Layer) -> None:
        """Puts a layer around the check of access."""
        self._around_access.append(layer)

    def reflect(self, services: Iterable[str], contracts: DescriptorPool) -> None:
        """Has reflection tell of these services as the contracts have them, and of nothing else
        but itself and health. Otherwise it tells all that the process knows.
        """
        self._reflected = tuple(services), contracts

    async def start(self) -> None:
        """Listens, and from then on `port` is the bound one. Serves by the health of the moment."""
        for service in self._registered.services:
            if service.startswith(MUSTER_SERVICES):
                require_rules(service)
        health = self._add_ground()
        layers = server_layers(self._telemetry, self._authenticate, *self._around_access)
        server = grpc.aio.server(
            handlers=self._registered.handlers,
            interceptors=[LayeredInterceptor(self._process, layers)],
            options=self._options,
        )
        try:
            self.port = server.add_insecure_port(_address(self._host, self.port))
        except RuntimeError as error:
            raise PortTakenError(self._host, self.port) from error
        await health.refresh()
        await server.start()
        self._running = server, health, asyncio.create_task(health.keep_fresh(), name="rpc-health")

    async def drain(self, grace: timedelta) -> None:
        """Says that it no longer serves, takes no new calls, and lets those in hand finish."""
        self._health.draining = True
        if self._running is None:
            return
        server, health, refreshing = self._running
        self._running = None
        refreshing.cancel()
        # Cancelled by the line above.
        with contextlib.suppress(asyncio.CancelledError):
            await refreshing
        await health.refresh()
        await server.stop(grace.total_seconds())

    def _add_ground(self) -> HealthService:
        names = tuple(self._registered.services)
        health = HealthService(self._health, names)
        self.add(health_pb2_grpc.add_HealthServicer_to_server, health)
        services, contracts = self._reflected or (names, None)
        reflecting = ReflectionServicer(
            (*services, HEALTH_SERVICE, reflection.SERVICE_NAME), contracts
        )
        self.add(reflection_pb2_grpc.add_ServerReflectionServicer_to_server, reflecting)
        return health


class _Registered:
    """Stands in for a server while services register, and notes their names."""

    def __init__(self) -> None:
        self.handlers: list[grpc.GenericRpcHandler] = []
        self.services: list[str] = []

    def add_generic_rpc_handlers(self, handlers: Iterable[grpc.GenericRpcHandler]) -> None:
        self.handlers.extend(handlers)

    def add_registered_method_handlers(
        self, service: str, _handlers: dict[str, "grpc.RpcMethodHandler[Any, Any]"]
    ) -> None:
        self.services.append(service)


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _options(age: timedelta, grace: timedelta) -> tuple[tuple[str, int], ...]:
    return (
        # Two processes on one port would share its calls without a word.
        ("grpc.so_reuseport", 0),
        # Clients come back to another replica, so that new ones get their share.
        ("grpc.max_connection_age_ms", _milliseconds(age)),
        ("grpc.max_connection_age_grace_ms", _milliseconds(grace)),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
        ("grpc.max_receive_message_length", MOST_MESSAGE_BYTES),
        ("grpc.max_send_message_length", MOST_MESSAGE_BYTES),
    )


def _milliseconds(span: timedelta) -> int:
    return round(span / timedelta(milliseconds=1))
