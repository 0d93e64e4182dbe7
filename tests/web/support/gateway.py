"""A gateway that answers by script: the real wire forms, no process behind them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from muster.dispatch.v1.contact_service_pb2 import OpenRecordingResponse
from muster.dispatch.v1.queue_pb2 import SiteQueueFigures
from muster.gateway.v1.account_service_pb2 import Account, Session
from muster.gateway.v1.board_service_pb2 import AgentDay, Waiting
from muster.gateway.v1.operations_service_pb2 import Operations
from muster.gateway.v1.push_pb2 import BoardChanges, RosterChanges
from muster.gateway.v1.wall_service_pb2 import Wall
from muster.presence.v1.policy_service_pb2 import PresencePolicy
from muster.presence.v1.presence_service_pb2 import ListStateLogResponse
from muster.presence.v1.record_service_pb2 import Receipt
from muster.roster.v1.people_pb2 import Site
from muster.roster.v1.roster_service_pb2 import ListSitesResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.web.support.agent_day import agent_day
from tests.web.support.day import BoardDay
from tests.web.support.my_day import OwnDay

STATIC = Path(__file__).parents[3] / "gateway" / "static"
PASSWORD = "correct horse"
_LONGEST_SECONDS = 30
_Place = tuple[int, int]
"""Epoch and number of what a topic told last."""
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Refused:
    """A problem document to answer with."""

    status: int
    reason: str
    trace: str = "4bf92f3577b34da6a3ce929d0e0e4736"
    retry_after_seconds: int | None = None


@dataclass
class Script:
    """What the gateway knows and how it answers; a test changes it as it goes."""

    day: BoardDay = field(default_factory=BoardDay)
    days: dict[str, BoardDay] = field(default_factory=dict)
    sites: list[Site] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    logs: dict[str, ListStateLogResponse] = field(default_factory=dict)
    agent_days: dict[str, AgentDay] = field(default_factory=dict)
    own: OwnDay = field(default_factory=OwnDay)
    receipt: Receipt = field(default_factory=Receipt)
    recording: OpenRecordingResponse = field(default_factory=OpenRecordingResponse)
    recording_purposes: list[str] = field(default_factory=list)
    policy: PresencePolicy = field(default_factory=PresencePolicy)
    waiting: Waiting = field(default_factory=Waiting)
    wall: Wall = field(default_factory=Wall)
    wall_tokens: list[str] = field(default_factory=list)
    operations: Operations = field(default_factory=Operations)
    signed_in: bool = True
    refusals: dict[str, Refused] = field(default_factory=dict)
    pushes: bool = True
    snapshot_count: int = 0
    heatmap_requests: list[str] = field(default_factory=list)
    log_requests: list[str] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    wants_purpose: bool = False
    exports: list[str] = field(default_factory=list)
    push_requests: list[str] = field(default_factory=list)
    push_topics: list[str] = field(default_factory=list)
    is_holding_heatmaps: bool = False
    code: str = ""
    password: str = PASSWORD


@dataclass(frozen=True)
class _Told:
    """What those who follow a topic are told, and its place there; without one, all there is."""

    event: str
    topic: str
    data: str
    place: _Place | None = None

    def frame(self, topics: Iterable[str]) -> bytes:
        """Returns the frame for a stream of topics, whose places its id tells in their order."""
        place = "-" if self.place is None else f"{self.place[0]}:{self.place[1]}"
        places = ",".join(place if topic == self.topic else "-" for topic in topics)
        return f"event: {self.event}\nid: {places}\ndata: {self.data}\n\n".encode()


@dataclass(eq=False)
class _Stream:
    """An open stream, with the places from which on its topics are followed."""

    places: dict[str, _Place | None]
    frames: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)

    def lacks(self, told: _Told) -> bool:
        """Whether the stream follows the topic, and began before this place of it."""
        if told.topic not in self.places:
            return False
        begun = self.places[told.topic]
        return told.place is None or begun is None or told.place > begun


class ScriptedGateway:
    """Serves the built app and a script; frames are pushed from the test's thread."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._loop: asyncio.AbstractEventLoop | None = None
        self._streams: set[_Stream] = set()
        self._told: list[_Told] = []
        self._is_followed = Event()
        self.app: ASGIApp = _Secured(
            Starlette(
                routes=[
                    *script.own.routes,
                    Route("/v1/accounts/me", self._account),
                    Route("/v1/sessions", self._sign_in, methods=["POST"]),
                    Route("/v1/oneTimeCodes:redeem", self._redeem, methods=["POST"]),
                    Route("/v1/sessions/current", self._sign_out, methods=["DELETE"]),
                    Route("/v1/sites", self._sites),
                    Route("/v1/sites/{site}/heatmap", self._heatmap),
                    Route("/v1/sites/{site}/heatmap:export", self._export),
                    Route("/v1/sites/{site}/waiting", self._waiting),
                    Route("/v1/sites/{site}/wall", self._wall),
                    Route("/v1/operations", self._operations),
                    Route("/v1/sites/{site}/presencePolicy", self._policy),
                    Route("/v1/agents/{agent}/stateLog", self._log),
                    Route("/v1/agents/{agent}/day", self._agent_day),
                    Route("/v1/agents/{agent}/receipt", self._receipt),
                    Route(
                        "/v1/contacts/{contact}/recordings/{recording}:open",
                        self._recording,
                        methods=["POST"],
                    ),
                    Route("/v1/push", self._push),
                    Mount("/assets", StaticFiles(directory=STATIC / "assets")),
                    Route("/favicon.svg", lambda _: FileResponse(STATIC / "favicon.svg")),
                    Route("/{page:path}", lambda _: FileResponse(STATIC / "index.html")),
                ]
            )
        )

    def push(self, changes: BoardChanges) -> None:
        """Tells whoever follows a site's states of changes."""
        cursor = changes.cursor
        data = json.dumps(MessageToDict(changes))
        self._tell(_Told("states", f"board/{cursor.site}", data, (cursor.epoch, cursor.seq)))

    def tell_queues(self, figures: SiteQueueFigures) -> None:
        """Tells whoever follows a site's queues how they stand."""
        data = json.dumps(MessageToDict(figures))
        self._tell(_Told("waiting", f"waiting/{figures.cursor.site}", data))

    def tell_roster(self) -> None:
        """Tells whoever follows the site's roster that people or shifts changed."""
        site = self.script.day.site
        changes = RosterChanges(parts=[RosterChanges.PART_PEOPLE])
        changes.cursor.site, changes.cursor.epoch, changes.cursor.seq = site, 1, 7
        self._tell(_Told("roster", f"roster/{site}", json.dumps(MessageToDict(changes))))

    def tell_missing(self, topic: str) -> None:
        """Tells whoever follows a topic that it stands still."""
        data = json.dumps({"topic": topic, "reason": "BACKEND_UNAVAILABLE"})
        self._tell(_Told("missing", topic, data))

    def resync(self) -> None:
        """Tells every open stream that only a snapshot helps, and ends it."""
        topic = next(topic for topic in self.script.push_topics if topic.startswith("board/"))
        self._send(f'event: resync\ndata: {{"topic":"{topic}","reason":"BEHIND"}}\n\n'.encode())
        self.drop_streams()

    def drop_streams(self) -> None:
        """Ends every open stream, as a restart of the gateway does."""
        self._send(None)

    def _tell(self, told: "_Told") -> None:
        """Tells the streams that are open, and those that open later at a place before it: pages
        open their stream anew with each topic that they come to want.
        """

        def deliver() -> None:
            self._told.append(told)
            for stream in self._streams:
                if stream.lacks(told):
                    stream.frames.put_nowait(told.frame(stream.places))

        self._in_loop(deliver)

    def _send(self, frame: bytes | None) -> None:
        def deliver() -> None:
            for stream in self._streams:
                stream.frames.put_nowait(frame)

        self._in_loop(deliver)

    def _in_loop(self, deliver: Callable[[], None]) -> None:
        assert self._is_followed.wait(_LONGEST_SECONDS), "no stream was opened"
        assert self._loop is not None
        self._loop.call_soon_threadsafe(deliver)

    async def _account(self, _: Request) -> Response:
        if not self.script.signed_in:
            return _problem(Refused(401, "SIGN_IN_REQUIRED"))
        return self._refusal("account") or _json(self.script.account)

    async def _sign_in(self, request: Request) -> Response:
        if refusal := self._refusal("sessions"):
            return refusal
        body = await request.json()
        assert request.headers["x-muster-session"] == "cookie"
        if body["password"] != self.script.password:
            return _problem(Refused(401, "WRONG_CREDENTIALS"))
        self.script.signed_in = True
        return _json(Session(account=self.script.account))

    async def _redeem(self, request: Request) -> Response:
        assert request.headers["x-muster-csrf"] == "1"
        if refusal := self._refusal("oneTimeCodes"):
            return refusal
        body = await request.json()
        if body["code"] != self.script.code:
            return _problem(Refused(401, "WRONG_CODE"))
        self.script.password = body["newPassword"]
        return JSONResponse({})

    async def _sign_out(self, request: Request) -> Response:
        assert request.headers["x-muster-csrf"] == "1"
        self.script.signed_in = False
        return JSONResponse({})

    async def _sites(self, _: Request) -> Response:
        return self._refusal("sites") or _json(ListSitesResponse(sites=self.script.sites))

    async def _heatmap(self, request: Request) -> Response:
        self.script.snapshot_count += 1
        self.script.heatmap_requests.append(str(request.query_params))
        while self.script.is_holding_heatmaps:  # noqa: ASYNC110 - set by the thread of the test
            await asyncio.sleep(0.01)
        if not self.script.signed_in:
            return _problem(Refused(401, "SIGN_IN_REQUIRED"))
        if refusal := self._refusal("heatmap"):
            return refusal
        assert request.headers["accept"] == "application/x-protobuf"
        asked = [request.query_params.get(f"day.{part}", "") for part in ("year", "month", "day")]
        day = self.script.days.get("-".join(asked), self.script.day)
        if "localStart.year" in request.query_params:
            ends = _local(request, "localStart"), _local(request, "localEnd")
            day = replace(day, local=ends)
        return Response(day.heatmap().SerializeToString(), media_type="application/x-protobuf")

    async def _waiting(self, _: Request) -> Response:
        return self._refusal("waiting") or _json(self.script.waiting)

    async def _wall(self, request: Request) -> Response:
        self.script.wall_tokens.append(request.headers.get("authorization", ""))
        if refusal := self._refusal("wall"):
            return refusal
        self.script.wall.server_time.GetCurrentTime()
        return Response(self.script.wall.SerializeToString(), media_type="application/x-protobuf")

    async def _operations(self, _: Request) -> Response:
        if refusal := self._refusal("operations"):
            return refusal
        self.script.operations.server_time.GetCurrentTime()
        return _json(self.script.operations)

    async def _policy(self, _: Request) -> Response:
        return _json(self.script.policy)

    async def _export(self, request: Request) -> Response:
        self.script.exports.append(str(request.query_params))
        named = {"content-disposition": "attachment; filename*=UTF-8''Harbour%202026-03-10.csv"}
        return self._refusal("export") or Response(b"agent\n", media_type="text/csv", headers=named)

    async def _log(self, request: Request) -> Response:
        agent = request.path_params["agent"]
        self.script.log_requests.append(agent)
        return (
            self._lack_of_purpose(request)
            or self._refusal("stateLog")
            or _json(self.script.logs.get(agent, ListStateLogResponse()))
        )

    async def _agent_day(self, request: Request) -> Response:
        agent = request.path_params["agent"]
        log = self.script.logs.get(agent, ListStateLogResponse())
        day = self.script.agent_days.get(agent) or agent_day(self.script.day, agent, log)
        return self._lack_of_purpose(request) or self._refusal("agentDay") or _json(day)

    async def _receipt(self, _: Request) -> Response:
        return self._refusal("receipt") or _json(self.script.receipt)

    async def _recording(self, request: Request) -> Response:
        assert request.headers["x-muster-csrf"] == "1"
        self.script.recording_purposes.append((await request.json())["purpose"])
        return self._refusal("recording") or _json(self.script.recording)

    def _lack_of_purpose(self, request: Request) -> Response | None:
        stated = request.headers.get("x-muster-purpose", "")
        if self.script.wants_purpose and not stated:
            return _problem(Refused(400, "PURPOSE_REQUIRED"), purposes="coaching, dispute, other")
        self.script.purposes.append(stated)
        return None

    async def _push(self, request: Request) -> Response:
        self.script.push_requests.append(str(request.query_params))
        self.script.push_topics = request.query_params.getlist("topic")
        self._loop = asyncio.get_running_loop()
        self._is_followed.set()
        if not self.script.pushes:
            return _problem(Refused(503, "BACKEND_UNAVAILABLE"))
        cursors = map(_place, request.query_params.getlist("cursor"))
        stream = _Stream(dict(zip(self.script.push_topics, cursors, strict=True)))
        return StreamingResponse(self._frames(stream), media_type="text/event-stream")

    async def _frames(self, stream: "_Stream") -> AsyncIterator[bytes]:
        for told in filter(stream.lacks, self._told):
            stream.frames.put_nowait(told.frame(stream.places))
        self._streams.add(stream)
        try:
            yield b'retry: 2000\n\nevent: heartbeat\ndata: {"serverTime":""}\n\n'
            while (frame := await stream.frames.get()) is not None:
                yield frame
        finally:
            self._streams.discard(stream)

    def _refusal(self, answer: str) -> Response | None:
        refused = self.script.refusals.get(answer)
        return _problem(refused) if refused else None


class _Secured:
    """Adds the content policy that the real gateway sends with every page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                assert isinstance(headers, list)
                headers.append((b"content-security-policy", CONTENT_POLICY.encode()))
            await send(message)

        await self._app(scope, receive, send_secured)  # type: ignore[arg-type] # Starlette's message is a mutable mapping


def _place(cursor: str) -> _Place | None:
    epoch, _, seq = cursor.partition(":")
    return (int(epoch), int(seq)) if cursor else None


def _local(request: Request, field_name: str) -> datetime:
    parts = ("year", "month", "day", "hours", "minutes")
    numbers = [int(request.query_params[f"{field_name}.{part}"]) for part in parts]
    return datetime(*numbers)  # type: ignore[arg-type] # noqa: DTZ001 - five numbers of a clock, whose zone the day knows


def _json(message: Message) -> Response:
    return JSONResponse(MessageToDict(message))


def _problem(refused: Refused, **metadata: str) -> Response:
    document = {
        "type": f"urn:muster:{refused.reason}",
        "title": refused.reason,
        "status": refused.status,
        "detail": f"refused: {refused.reason}",
        "reason": refused.reason,
        "trace": refused.trace,
        "metadata": metadata,
    }
    headers = (
        {"retry-after": str(refused.retry_after_seconds)} if refused.retry_after_seconds else None
    )
    return JSONResponse(
        document, refused.status, headers=headers, media_type="application/problem+json"
    )
