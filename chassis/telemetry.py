"""What a process tells about itself: logs, metrics and traces, handed in and never global."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from io import StringIO
from typing import Any, TextIO, TypeVar, cast

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import (
    BatchSpanProcessor,
    SimpleSpanProcessor,
    SpanExporter,
)
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON, ParentBased, Sampler
from opentelemetry.trace import Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector
from structlog.typing import FilteringBoundLogger

from chassis.logs import open_log, take_over_libraries, trace_id

__all__ = [
    "DURATION_BUCKETS",
    "Telemetry",
    "configure_telemetry",
    "context_of",
    "silent_telemetry",
    "trace_headers",
    "trace_id",
]

DURATION_BUCKETS = (
    *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75),
    *(1.0, 2.5, 5.0, 7.5, 10.0),
)
"""The buckets of every duration, in seconds: those that OpenTelemetry advises."""

M = TypeVar("M")

_propagator = TraceContextTextMapPropagator()


@dataclass(frozen=True)
class Telemetry:
    """The means by which one process tells about itself."""

    process: str
    registry: CollectorRegistry
    tracer: Tracer
    log: FilteringBoundLogger
    provider: TracerProvider
    records_spans: bool
    _declared: dict[Callable[[CollectorRegistry], Any], Any] = field(default_factory=dict)

    def metrics(self, declare: Callable[[CollectorRegistry], M]) -> M:
        """The metrics that `declare` makes in the registry, made on first use and then shared."""
        if declare not in self._declared:
            self._declared[declare] = declare(self.registry)
        return cast("M", self._declared[declare])

    def close(self) -> None:
        """Sends the spans still in hand. It may block for seconds: call it off the event loop."""
        self.provider.shutdown()


def configure_telemetry(
    process: str,
    *,
    log_level: str,
    otlp_endpoint: str,
    replica: str = "",
    stream: TextIO | None = None,
) -> Telemetry:
    """The telemetry of a real process: logs to standard output, spans to the OTLP endpoint if any.

    Without an endpoint no span is recorded; trace ids are made and passed on all the same, so
    that logs of different processes can be joined.
    """
    log = open_log(stream or sys.stdout, process=process, replica=replica, level=log_level)
    take_over_libraries(log)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    build = Gauge(
        "muster_chassis_build_info",
        "Is 1; labels tell what runs.",
        ["process", "version"],
        registry=registry,
    )
    build.labels(process, version("muster")).set(1)
    if not otlp_endpoint:
        provider = _provider(process, replica, ALWAYS_OFF)
    else:
        provider = _provider(process, replica, ParentBased(ALWAYS_ON))
        provider.add_span_processor(BatchSpanProcessor(_exporter(otlp_endpoint)))
    tracer = provider.get_tracer("muster")
    return Telemetry(process, registry, tracer, log, provider, bool(otlp_endpoint))


def silent_telemetry(
    process: str = "test",
    *,
    stream: TextIO | None = None,
    spans: SpanExporter | None = None,
) -> Telemetry:
    """Telemetry for tests: nothing leaves, unless a stream for log lines or spans is handed in."""
    provider = _provider(process, "test", ALWAYS_ON if spans else ALWAYS_OFF)
    if spans:
        provider.add_span_processor(SimpleSpanProcessor(spans))
    log = open_log(stream or StringIO(), process=process, replica="test", level="debug")
    tracer = provider.get_tracer("muster")
    return Telemetry(process, CollectorRegistry(), tracer, log, provider, spans is not None)


def trace_headers(context: Context | None = None) -> dict[str, str]:
    """The W3C headers that carry the trace of the context (None: the present one) over a wire.

    Empty outside a trace.
    """
    headers: dict[str, str] = {}
    _propagator.inject(headers, context)
    return headers


def context_of(headers: Mapping[str, str]) -> Context:
    """The trace that came with the headers, to pass to the tracer as the parent's context."""
    return _propagator.extract(headers, context=Context())


def _provider(process: str, replica: str, sampler: Sampler) -> TracerProvider:
    resource = Resource(
        {
            "service.name": process,
            "service.namespace": "muster",
            "service.version": version("muster"),
            "service.instance.id": replica,
        }
    )
    return TracerProvider(sampler=sampler, resource=resource, shutdown_on_exit=False)


def _exporter(endpoint: str) -> SpanExporter:
    # A fifth of a process's start, for those alone who have a collector.
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - see above

    return OTLPSpanExporter(endpoint=endpoint, insecure=not endpoint.startswith("https:"))
