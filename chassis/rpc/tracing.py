"""A span for every call, as served and as made, named by its method."""

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from opentelemetry.context import Context, attach, detach
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    get_current_span,
    set_span_in_context,
)

from chassis.errors import Code, Refusal
from chassis.rpc.call import Call, Proceed, RelayedError
from chassis.telemetry import Telemetry, context_of

OUR_FAULT = frozenset({Code.INTERNAL, Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.UNIMPLEMENTED})

_ids = RandomIdGenerator()


class TracingLayer:
    """Continues the trace that came with the call, or begins one.

    Where spans go nowhere none is made, since that costs more than all other layers together; the
    trace goes on from the caller's span.
    """

    def __init__(self, telemetry: Telemetry) -> None:
        self._telemetry = telemetry

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        """Answers as `proceed` does, inside the trace."""
        context = context_of(call.headers)
        if self._telemetry.records_spans:
            return await self._in_span(call, context, proceed)
        token = attach(_with_trace(context))
        try:
            return await proceed()
        finally:
            detach(token)

    async def _in_span(self, call: Call, context: Context, proceed: Proceed) -> Any:
        with self._span(call.method, context) as span:
            try:
                answer = await proceed()
            except (Refusal, RelayedError) as error:
                end_with(span, str(error.code))
                raise
            end_with(span, "OK")
            return answer

    def _span(self, method: str, context: Context) -> AbstractContextManager[Span]:
        return self._telemetry.tracer.start_as_current_span(
            span_name(method),
            context=context,
            kind=SpanKind.SERVER,
            attributes=attributes_of(method),
            # Refusals are answers; what else is raised is logged with the trace id.
            record_exception=False,
            set_status_on_exception=False,
        )


def start_client_span(telemetry: Telemetry, method: str) -> tuple[Span | None, Context | None]:
    """The span of a call to somebody else, if spans are recorded, and the context to send along."""
    if not telemetry.records_spans:
        return None, None
    span = telemetry.tracer.start_span(
        span_name(method), kind=SpanKind.CLIENT, attributes=attributes_of(method)
    )
    return span, set_span_in_context(span)


def span_name(method: str) -> str:
    """The span's name: the method without its first slash."""
    return method.removeprefix("/")


@lru_cache(maxsize=1024)
def attributes_of(method: str) -> dict[str, str]:
    """The attributes that say which method it is."""
    service, _, name = span_name(method).partition("/")
    return {"rpc.system": "grpc", "rpc.service": service, "rpc.method": name}


def end_with(span: Span, code: str) -> None:
    """Notes the status code; an error only where the one who serves is to blame."""
    span.set_attribute("rpc.grpc.status_code", code)
    if code in OUR_FAULT:
        span.set_status(Status(StatusCode.ERROR, code))


def _with_trace(context: Context) -> Context:
    if get_current_span(context).get_span_context().is_valid:
        return context
    fresh = SpanContext(_ids.generate_trace_id(), _ids.generate_span_id(), is_remote=False)
    return set_span_in_context(NonRecordingSpan(fresh), context)
