"""A small receiver of traces, in place of a collector."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import grpc
import grpc.aio
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.trace.v1 import trace_pb2


@dataclass(frozen=True, slots=True)
class Span:
    """A span as a process sent it."""

    process: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    links: tuple[str, ...]
    """The ids of the spans that it links to."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A step of a trace from one span to the next."""

    caller: str
    called: str


class Receiver(trace_service_pb2_grpc.TraceServiceServicer):
    """Keeps every span that it is sent."""

    def __init__(self) -> None:
        self.endpoint = ""
        self.spans: dict[str, Span] = {}
        self._news = asyncio.Event()

    async def Export(  # noqa: N802 - the protocol's name
        self,
        request: trace_service_pb2.ExportTraceServiceRequest,
        context: "grpc.aio.ServicerContext[object, object]",
    ) -> trace_service_pb2.ExportTraceServiceResponse:
        for resource in request.resource_spans:
            process = _service_name(resource)
            for scope in resource.scope_spans:
                for span in scope.spans:
                    self.spans[span.span_id.hex()] = Span(
                        process=process,
                        name=span.name,
                        trace_id=span.trace_id.hex(),
                        span_id=span.span_id.hex(),
                        parent_id=span.parent_span_id.hex(),
                        links=tuple(link.span_id.hex() for link in span.links),
                    )
        self._news.set()
        return trace_service_pb2.ExportTraceServiceResponse()

    def trace(self, trace_id: str) -> list[Span]:
        """The spans of one trace."""
        return [span for span in self.spans.values() if span.trace_id == trace_id]

    def edges(self, trace_id: str) -> set[Edge]:
        """The steps of one trace; a span is written as `process: name`."""
        return {
            Edge(_written(self.spans[before]), _written(span))
            for span in self.trace(trace_id)
            for before in (span.parent_id, *span.links)
            if before in self.spans
        }

    async def until(self, told: Callable[["Receiver"], bool], within_seconds: float = 60) -> None:
        """Waits for spans, which come in batches."""
        async with asyncio.timeout(within_seconds):
            while not told(self):
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def running_receiver() -> AsyncIterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()
    server = grpc.aio.server()
    add = trace_service_pb2_grpc.add_TraceServiceServicer_to_server
    add(receiver, server)  # type: ignore[no-untyped-call]  # generated without types
    port = server.add_insecure_port("127.0.0.1:0")
    receiver.endpoint = f"http://127.0.0.1:{port}"
    await server.start()
    yield receiver
    await server.stop(grace=None)


def _service_name(spans: trace_pb2.ResourceSpans) -> str:
    attributes = spans.resource.attributes
    return next(it.value.string_value for it in attributes if it.key == "service.name")


def _written(span: Span) -> str:
    return f"{span.process}: {span.name}"
