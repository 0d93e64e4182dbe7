"""REST by the letter of the descriptors: finds the method, makes its request, writes its answer."""

from collections.abc import Sequence
from datetime import UTC
from functools import partial

from google.protobuf.message import Message
from muster.gateway.v1 import account_service_pb2
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chassis.access import access_of
from chassis.clock import Clock
from gateway.api.catalogue import Method
from gateway.api.invoke import Invoker
from gateway.http.answers import Wanted, write_bytes, write_message
from gateway.http.binding import BINARY, fill_from_body, fill_from_path, takes_anything
from gateway.http.credentials import (
    SESSION_HEADER,
    check_origin,
    cleared_cookie_header,
    cookie_header,
)
from gateway.http.layered import Layered
from gateway.http.parameters import fill_from_query
from gateway.http.problems import WrongVerb, no_such_path
from gateway.http.reading import (
    is_encrypted,
    media_type_of,
    parse_query,
    read_content,
)
from gateway.http.routes import Match, Routes

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
        wanted = Wanted.of(request.method, request.headers)
        if wanted.binary and match.route.answers_whole_message and wanted.is_read:
            # They are the service's own bytes.
            return await write_bytes(content, BINARY, wanted)
        answer = method.response(content)
        cookie = self._cookie(request, method, answer)
        response = await write_message(answer, match.route.response_body, wanted)
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
    route = match.route
    message = route.method.request()
    if route.body:
        content = await read_content(request)
        anything = takes_anything(message, route.body)
        media_type = media_type_of(request, anything=anything)
        fill_from_body(message, route.body, content, media_type)
    fill_from_path(message, route.path_fields, match.parts)
    fill_from_query(message, route, parse_query(request))
    return message
