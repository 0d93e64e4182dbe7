"""Puts around HTTP what is around every gRPC method: trace, metrics, deadline, access, one error
model.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from chassis.errors import Refusal
from chassis.rpc.call import Call, Layer, Proceed, run_layers
from chassis.rpc.origin import bind_origin
from chassis.telemetry import trace_id
from gateway.api.stated import PURPOSE_HEADER
from gateway.http.credentials import authorization_of
from gateway.http.problems import problem

Answer = Callable[[], Awaitable[Response]]
Tell = Callable[[Refusal, str], Response]
"""Makes the answer that tells a refusal, in the trace of that id."""

_UNKNOWN_METHOD = "/http/other"
_CARRIED = ("traceparent", "tracestate", PURPOSE_HEADER)


class Layered:
    """Answers requests through the layers of a server, of which the trace is the outermost."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)

    async def respond(
        self, request: Request, method: str | None, answer: Answer, tell: Tell = problem
    ) -> Response:
        """Answers for a method of the API (None: for none of them); refusals become problem
        documents, or what else tells of them.
        """
        headers = {name: request.headers[name] for name in _CARRIED if name in request.headers}
        authorization = authorization_of(request.headers)
        if authorization:
            headers["authorization"] = authorization
        call = Call(
            method=method or _UNKNOWN_METHOD,
            headers=headers,
            remaining_seconds=None,
            is_known=method is not None,
        )
        trace = ""

        async def note_trace(_call: Call, proceed: Proceed) -> Any:
            nonlocal trace
            trace = trace_id() or ""
            return await proceed()

        outermost, *others = self._layers
        address = request.client.host if request.client else ""
        try:
            with bind_origin(address, request.headers):
                response: Response = await run_layers(
                    [outermost, note_trace, *others], call, answer
                )
        except Refusal as refusal:
            return tell(refusal, trace)
        return response
