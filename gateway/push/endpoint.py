"""`GET /v1/push`: several topics over one stream."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chassis.access import Authenticator, Caller, current_caller
from chassis.errors import Code, Refusal
from gateway.domain.topics import Topic
from gateway.http.credentials import authorization_of
from gateway.http.layered import Layered
from gateway.http.problems import WrongVerb
from gateway.push.asking import Asked, read_asked
from gateway.push.events import EventStream
from gateway.push.following import Following
from gateway.push.frames import refused_frame
from gateway.push.opening import Topics
from gateway.push.reader import Ground, Reader

_NAME = "/http/push"
# Of these topics the others need not know; what else goes wrong concerns the whole stream.
_OF_ONE_TOPIC = frozenset({Code.PERMISSION_DENIED, Code.NOT_FOUND})
_NOT_ANY_MORE = frozenset({Code.UNAUTHENTICATED, Code.PERMISSION_DENIED})


@dataclass(frozen=True, slots=True)
class Door:
    """What stands before every stream."""

    layered: Layered
    authenticate: Authenticator
    charge: Callable[[int], None]
    """Takes from the present caller what so many watches cost, or refuses with RATE_LIMITED."""


class PushEndpoint:
    """Opens push streams, an ASGI application."""

    def __init__(self, ground: Ground, topics: Topics, door: Door) -> None:
        self._ground = ground
        self._topics = topics
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        response = await self._door.layered.respond(request, _NAME, partial(self._open, request))
        await response(scope, receive, send)

    async def _open(self, request: Request) -> Response:
        if request.method != "GET":
            raise WrongVerb(["GET"])
        asked = read_asked(request.query_params, request.headers)
        self._door.charge(len(asked))
        caller = current_caller()
        results = await asyncio.gather(*(self._try_to_open(one, caller) for one in asked))
        refused = [one for one in results if isinstance(one, tuple)]
        if len(refused) == len(asked):
            raise refused[0][1]
        # Last, so that nothing is opened between looking for room and taking it.
        self._ground.streams.check_room(caller.identity.subject)
        bearer = (authorization_of(request.headers) or "").partition(" ")[2].strip()
        still_allowed = partial(self._still_allowed, bearer, caller)
        opened = [None if isinstance(one, tuple) else one for one in results]
        reader = Reader(self._ground, caller.identity.subject, opened, still_allowed)
        first = [refused_frame(topic, why.reason, why.message) for topic, why in refused]
        return EventStream(reader.frames(first), self._ground.metrics)

    async def _try_to_open(self, asked: Asked, caller: Caller) -> Following | tuple[Topic, Refusal]:
        try:
            return await self._topics.open(asked, caller)
        except Refusal as refusal:
            if refusal.code not in _OF_ONE_TOPIC:
                raise
            return asked.topic, refusal

    async def _still_allowed(self, bearer: str, opened_by: Caller) -> bool:
        """Tells whether the caller may do and see what she could when the stream was opened. Where
        that is another thing now, she opens another stream.
        """
        try:
            caller = await self._door.authenticate(bearer)
        except Refusal as refusal:
            # A database that is away for the moment takes nobody's access.
            return refusal.code not in _NOT_ANY_MORE
        return caller.identity == opened_by.identity
