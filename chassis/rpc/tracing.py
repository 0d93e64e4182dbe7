"""A span for every call, as served and as made, named by its method."""

from typing import Any

from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer

from chassis.errors import Code, Refusal
from chassis.rpc.call import Call, Proceed, RelayedError
from chassis.telemetry import context_of

OUR_FAULT = frozenset({Code.INTERNAL, Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.UNIMPLEMENTED})


class TracingLayer:
    """Continues the trace that came with the call, or begins one."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        """Answers as `proceed` does, inside the span."""
        with self._tracer.start_as_current_span(
            span_name(call.method),
            context=context_of(call.headers),
            kind=SpanKind.SERVER,
            attributes=attributes_of(call.method),
            # Refusals are answers; what else is raised is logged with the trace id.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                answer = await proceed()
            except (Refusal, RelayedError) as error:
                end_with(span, str(error.code))
                raise
            end_with(span, "OK")
            return answer


def span_name(method: str) -> str:
    """The span's name: the method without its first slash."""
    return method.removeprefix("/")


def attributes_of(method: str) -> dict[str, str]:
    """The attributes that say which method it is."""
    service, _, name = span_name(method).partition("/")
    return {"rpc.system": "grpc", "rpc.service": service, "rpc.method": name}


def end_with(span: Span, code: str) -> None:
    """Notes the status code; an error only where the one who serves is to blame."""
    span.set_attribute("rpc.grpc.status_code", code)
    if code in OUR_FAULT:
        span.set_status(Status(StatusCode.ERROR, code))
