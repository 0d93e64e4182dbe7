"""`POST /v1/sources/{source}/events`: what a platform pushes, proven by its own signature instead
of a session.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from prometheus_client import Counter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from chassis.errors import Refusal
from gateway.app.receive_events import Received
from gateway.domain.sources.body import LARGEST_BODY
from gateway.http.layered import Layered
from gateway.http.problems import TooLarge
from gateway.http.refusing import malformed

ReceivePush = Callable[[str, Mapping[str, str], bytes], Awaitable[Received]]


class SourceEventsEndpoint:
    """Takes pushes, an ASGI application."""

    def __init__(self, receive_push: ReceivePush, layered: Layered, pushes: Counter) -> None:
        self._receive_push = receive_push
        self._layered = layered
        self._pushes = pushes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        # No method of the API: whoever pushes has no identity, but a secret of her own.
        response = await self._layered.respond(request, None, partial(self._answer, request))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            content = await _read(request)
            source = str(request.path_params["source"])
            received = await self._receive_push(source, request.headers, content)
        except Refusal as refusal:
            self._pushes.labels(refusal.reason.lower()).inc()
            raise
        self._pushes.labels("accepted").inc()
        counts = {"newCount": received.new_count, "repeatedCount": received.repeated_count}
        return JSONResponse(counts, 202)


async def _read(request: Request) -> bytes:
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > LARGEST_BODY:
                raise TooLarge(LARGEST_BODY)
    except ClientDisconnect:
        raise malformed("body", "ended early") from None
    return bytes(content)
