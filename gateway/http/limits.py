"""Bounds what the head of a request may hold, before anything reads it."""

from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.http_bounds import MOST_HEAD_BYTES
from gateway.http.problems import HeadTooLarge, problem

MOST_URL_BYTES = 8 * 1024
MOST_HEADERS = 100


class HeadLimits:
    """Refuses requests whose URL or headers are too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _judge(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await problem(refusal, "")(scope, receive, send)


def _judge(scope: Scope) -> HeadTooLarge | None:
    if len(scope["raw_path"]) + len(scope["query_string"]) > MOST_URL_BYTES:
        return HeadTooLarge(414, "url", f"is longer than {MOST_URL_BYTES} bytes; ask for less")
    if len(scope["headers"]) > MOST_HEADERS:
        return HeadTooLarge(431, "headers", f"are more than {MOST_HEADERS}; send fewer")
    # The server ends a head that grows too large while it arrives; this one came at once.
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEAD_BYTES:
        return HeadTooLarge(431, "headers", f"hold more than {MOST_HEAD_BYTES} bytes; send less")
    return None
