"""Sends what a live source tells to the gateway: everything, in order, however long it takes."""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import grpc.aio
from muster.dispatch.v1 import contact_pb2, contact_service_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from muster.presence.v1 import presence_service_pb2, source_service_pb2, state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub

from cli.importing.calling import call_patiently

MOST_WAITING = 50_000
_CHANGES_PER_CALL = 1_000
_FIRST_BEAT = timedelta(seconds=2)

_C = TypeVar("_C")
Change = presence_service_pb2.StateReport | contact_pb2.ContactEvent
Refused = Callable[[Change, str], None]
"""Is told of a change that the server refuses for good, and why."""
Resend = Callable[[str], Sequence[Change]]
"""Returns how an agent stands now."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom the changes come from: the id of the source and that of its site."""

    source: str
    site: str


class LiveSender:
    """Takes changes from one source and sends them until each is answered.

    A gateway that is away delays, and loses nothing; changes wait in memory, at most 50,000, and
    whoever puts more waits as well. Repeats are harmless, since each change has its event id.
    """

    def __init__(self, channel: grpc.aio.Channel, origin: Origin, refused: Refused) -> None:
        self._presence = PresenceServiceStub(channel)
        self._contacts = ContactServiceStub(channel)
        self._sources = SourceServiceStub(channel)
        self._origin = origin
        self._refused = refused
        self._reports: deque[presence_service_pb2.StateReport] = deque()
        self._events: deque[contact_pb2.ContactEvent] = deque()
        self._moved = asyncio.Condition()

    async def put(self, changes: Sequence[Change]) -> None:
        """Takes changes over; waits while too many are on their way."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._waiting < MOST_WAITING)
            for change in changes:
                if isinstance(change, contact_pb2.ContactEvent):
                    self._events.append(change)
                else:
                    self._reports.append(change)
            self._moved.notify_all()

    async def drain(self) -> None:
        """Returns when everything put so far is answered."""
        async with self._moved:
            await self._moved.wait_for(lambda: not self._waiting)

    async def run(self) -> None:
        """Sends for ever. Raises the Refusal of a gateway that does not let this source in."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._send(self._reports, self._send_reports))
            tasks.create_task(self._send(self._events, self._send_events))

    async def beat(self, heard: asyncio.Event, resend: Resend) -> None:
        """Tells for ever that the source is alive, while it is heard, and sends again what was
        lost with it.
        """
        pause = _FIRST_BEAT
        request = source_service_pb2.HeartbeatRequest(
            source=self._origin.source, source_kind=state_pb2.SOURCE_KIND_TELEPHONY
        )
        while True:
            await heard.wait()
            request.client_time.GetCurrentTime()
            answer = await call_patiently(self._sources.Heartbeat, request, patience=math.inf)
            for agent in answer.resend:
                await self.put(resend(agent))
            if answer.HasField("lease"):
                pause = answer.lease.ToTimedelta() / 3
            await asyncio.sleep(pause.total_seconds())

    @property
    def _waiting(self) -> int:
        return len(self._reports) + len(self._events)

    async def _send(self, queue: deque[_C], send: Callable[[list[_C]], Awaitable[None]]) -> None:
        while True:
            async with self._moved:
                await self._moved.wait_for(lambda: bool(queue))
                part = [queue[place] for place in range(min(len(queue), _CHANGES_PER_CALL))]
            await send(part)
            async with self._moved:
                for _ in part:
                    queue.popleft()
                self._moved.notify_all()

    async def _send_reports(self, reports: list[presence_service_pb2.StateReport]) -> None:
        request = presence_service_pb2.ReportStatesRequest(
            source=self._origin.source,
            source_kind=state_pb2.SOURCE_KIND_TELEPHONY,
            reports=reports,
        )
        request.sent_time.GetCurrentTime()
        answer = await call_patiently(self._presence.ReportStates, request, patience=math.inf)
        for refusal in answer.refusals:
            self._refused(reports[refusal.index], f"{refusal.message} ({refusal.reason})")

    async def _send_events(self, events: list[contact_pb2.ContactEvent]) -> None:
        request = contact_service_pb2.ReportContactsRequest(
            site=f"sites/{self._origin.site}",
            source=self._origin.source,
            source_kind=contact_pb2.SOURCE_KIND_TELEPHONY,
            events=events,
        )
        answer = await call_patiently(self._contacts.ReportContacts, request, patience=math.inf)
        for refusal in answer.refusals:
            self._refused(events[refusal.index], f"{refusal.message} ({refusal.reason})")
