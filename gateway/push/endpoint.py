"""`GET /v1/push`: the push stream, one topic a stream."""

import re
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from muster.gateway.v1 import board_service_pb2
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chassis.access import Authenticator, bind_caller, check_access, current_caller
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope as RowScope
from gateway.domain.feed import Position
from gateway.http.credentials import authorization_of
from gateway.http.layered import Layered
from gateway.http.problems import WrongVerb
from gateway.push.events import EventStream
from gateway.push.feeds import Audience, Feeds
from gateway.push.reader import Ground, Reader

CheckSite = Callable[[str], Awaitable[object]]
"""Refuses a site that does not exist or that the present caller may not see."""

MOST_STREAMS = 200
"""How many streams one caller may have open at a replica: many walls of boards, and an end."""

_NAME = "/http/push"
# Who sees the board sees its changes: the rule of the snapshot is the rule of the stream.
_BOARD = board_service_pb2.DESCRIPTOR.services_by_name["BoardService"]
_RULE = f"/{_BOARD.full_name}/{_BOARD.methods_by_name['GetHeatmap'].name}"
_TOPIC = re.compile(r"board/(sites/[a-z0-9-]{1,63})")
_NOT_ANY_MORE = frozenset({Code.UNAUTHENTICATED, Code.PERMISSION_DENIED, Code.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for."""

    site: str
    position: Position | None


class PushEndpoint:
    """Opens push streams, an ASGI application."""

    def __init__(
        self,
        ground: Ground,
        feeds: Feeds,
        layered: Layered,
        authenticate: Authenticator,
        check_site: CheckSite,
    ) -> None:
        self._ground = ground
        self._feeds = feeds
        self._layered = layered
        self._authenticate = authenticate
        self._check_site = check_site
        self._streams: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        response = await self._layered.respond(request, _NAME, partial(self._open, request))
        await response(scope, receive, send)

    async def _open(self, request: Request) -> Response:
        if request.method != "GET":
            raise WrongVerb(["GET"])
        asked = read_asked(request)
        audience = await self._audience(asked.site)
        still_allowed = partial(
            self._still_allowed, authorization_of(request.headers) or "", asked.site, audience
        )
        feed = self._feeds.of(asked.site)
        reader = Reader(self._ground, feed, audience, asked.position, still_allowed)
        subject = current_caller().identity.subject
        self._check_room(subject)
        return EventStream(self._counted(subject, reader.frames()), self._ground.metrics)

    def _check_room(self, subject: str) -> None:
        if self._streams[subject] >= MOST_STREAMS:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_STREAMS",
                f"{subject} has {MOST_STREAMS} push streams open; close some",
                retry_after=timedelta(seconds=10),
            )

    async def _counted(
        self, subject: str, frames: AsyncGenerator[bytes, None]
    ) -> AsyncGenerator[bytes, None]:
        self._streams[subject] += 1
        try:
            async with aclosing(frames):
                async for frame in frames:
                    yield frame
        finally:
            self._streams[subject] -= 1
            if not self._streams[subject]:
                del self._streams[subject]

    async def _audience(self, site: str) -> Audience:
        """Returns whose rows of the site the present caller sees; refuses who may not see the board
        of the site.
        """
        caller = current_caller()
        check_access(_RULE, caller)
        await self._check_site(site)
        return audience_of(caller.identity.scope, site)

    async def _still_allowed(self, authorization: str, site: str, audience: Audience) -> bool:
        try:
            caller = await self._authenticate(authorization.partition(" ")[2].strip())
            with bind_caller(caller):
                return await self._audience(site) == audience
        except Refusal as refusal:
            # A service that is away for the moment takes nobody's access.
            return refusal.code not in _NOT_ANY_MORE


def audience_of(scope: RowScope, site: str) -> Audience:
    """Returns whose rows of a site a scope shows."""
    return None if scope.sees_site(site) else scope.agents


def read_asked(request: Request) -> Asked:
    """Reads topic and cursor; the place that a browser repeats when it reconnects wins."""
    topics = request.query_params.getlist("topic")
    topic = _TOPIC.fullmatch(topics[0]) if len(topics) == 1 else None
    if topic is None:
        raise invalid_fields([FieldViolation("topic", "is one of the form board/sites/<site>")])
    cursor = request.headers.get("last-event-id") or request.query_params.get("cursor", "")
    try:
        return Asked(topic[1], Position.parse(cursor) if cursor else None)
    except ValueError:
        raise invalid_fields([FieldViolation("cursor", "is <epoch>:<seq>")]) from None
