"""REST by the letter of the descriptors: finds the method, makes its request, writes its answer."""

import asyncio
from collections.abc import Sequence
from datetime import UTC
from functools import partial

from google.protobuf.message import Message
from muster.gateway.v1 import account_service_pb2
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chassis.access import access_of
from chassis.clock import Clock
from gateway.api.catalogue import Method
from gateway.api.invoke import Invoker
from gateway.http.binding import (
    BINARY,
    JSON,
    check_beside_body,
    malformed,
    part_of,
    read_body,
    read_parameters,
)
from gateway.http.credentials import (
    SESSION_HEADER,
    check_origin,
    cleared_cookie_header,
    cookie_header,
)
from gateway.http.json_form import to_json
from gateway.http.layered import Layered
from gateway.http.problems import WrongVerb, no_such_path
from gateway.http.reading import (
    is_encrypted,
    media_type_of,
    parse_query,
    read_content,
    wants_binary,
)
from gateway.http.routes import Match, Routes

# From here on JSON is written beside the event loop.
_LARGE_ANSWER = 32 * 1024
_ACCOUNTS = "/muster.gateway.v1.AccountService"


class Transcoder:
    """Answers the REST forms of the public methods, an ASGI application."""

    def __init__(self, routes: Routes, invoker: Invoker, layered: Layered, clock: Clock) -> None:
        self._routes = routes
        self._invoker = invoker
        self._layered = layered
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        raw_path = scope["raw_path"].decode("latin-1")
        match = self._routes.find(request.method, raw_path)
        if match is None:
            answer = partial(_nowhere, self._routes.verbs(raw_path))
            response = await self._layered.respond(request, None, answer)
        else:
            answer = partial(self._answer, request, match)
            response = await self._layered.respond(request, match.route.method.path, answer)
        await response(scope, receive, send)

    async def _answer(self, request: Request, match: Match) -> Response:
        method = match.route.method
        if not access_of(method.path).anonymous:
            check_origin(request.method, request.headers)
        message = await _read(request, match)
        content = await self._invoker.invoke(method, message.SerializeToString())
        answer = method.response(content)
        cookie = self._cookie(request, method, answer)
        response = await _write(answer, binary=wants_binary(request))
        if cookie:
            response.headers["set-cookie"] = cookie
        return response

    def _cookie(self, request: Request, method: Method, answer: Message) -> str | None:
        """Returns the cookie that signing in or out sets; a token that goes into the cookie leaves
        the answer.
        """
        secure = is_encrypted(request)
        if method.path == f"{_ACCOUNTS}/DeleteSession":
            return cleared_cookie_header(secure=secure)
        wanted = request.headers.get(SESSION_HEADER) == "cookie"
        if not (wanted and isinstance(answer, account_service_pb2.Session)):
            return None
        token, answer.token = answer.token, ""
        expire_time = answer.expire_time.ToDatetime(UTC)
        return cookie_header(token, expire_time, self._clock.now(), secure=secure)


async def _nowhere(verbs: Sequence[str]) -> Response:
    raise WrongVerb(verbs) if verbs else no_such_path()


async def _read(request: Request, match: Match) -> Message:
    message = match.route.method.request()
    query = parse_query(request)
    body = match.route.body
    if body:
        check_beside_body(body, query)
        try:
            content = await read_content(request)
        except ClientDisconnect:
            raise malformed("body", "ended early") from None
        read_body(part_of(message, body), content, media_type_of(request))
    read_parameters(message, match.variables, query)
    return message


async def _write(answer: Message, *, binary: bool) -> Response:
    if binary:
        return Response(answer.SerializeToString(), media_type=BINARY)
    if answer.ByteSize() < _LARGE_ANSWER:
        return Response(to_json(answer), media_type=JSON)
    return Response(await asyncio.to_thread(to_json, answer), media_type=JSON)
