"""What presence, roster and dispatch know of one agent, asked in the name of the present caller."""

from collections.abc import Sequence
from datetime import datetime

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from muster.dispatch.v1 import contact_service_pb2, contact_service_pb2_grpc
from muster.presence.v1 import (
    presence_service_pb2,
    presence_service_pb2_grpc,
    timeline_service_pb2,
    timeline_service_pb2_grpc,
)
from muster.roster.v1 import shift_service_pb2, shift_service_pb2_grpc

from gateway.app.agent_day import AgentTimeline
from gateway.backends.refusals import refusing
from gateway.domain.state_times import Interval

_SECONDS = 2.0
"""What each owner gets: who does not answer by then is told as missing."""


class AgentBackends:
    """The owners of what is known of an agent."""

    def __init__(
        self, presence: grpc.aio.Channel, roster: grpc.aio.Channel, dispatch: grpc.aio.Channel
    ) -> None:
        self._timelines = timeline_service_pb2_grpc.TimelineServiceStub(presence)
        self._presence = presence_service_pb2_grpc.PresenceServiceStub(presence)
        self._shifts = shift_service_pb2_grpc.ShiftServiceStub(roster)
        self._contacts = contact_service_pb2_grpc.ContactServiceStub(dispatch)

    async def timeline(self, agent: str, start: datetime, end: datetime) -> AgentTimeline:
        """Returns her intervals."""
        request = timeline_service_pb2.GetAgentTimelineRequest(
            agent=agent, start_time=_timestamp(start), end_time=_timestamp(end)
        )
        with refusing():
            told = await self._timelines.GetAgentTimeline(request, timeout=_SECONDS)
        intervals = [
            Interval(
                one.start_time.ToMilliseconds(),
                one.end_time.ToMilliseconds(),
                one.state,
                one.reason,
            )
            for one in told.intervals
        ]
        return AgentTimeline(intervals, told.SerializeToString())

    async def log(self, agent: str, start: datetime, end: datetime) -> bytes:
        """Returns the first page of her log."""
        request = presence_service_pb2.ListStateLogRequest(
            agent=agent, start_time=_timestamp(start), end_time=_timestamp(end)
        )
        with refusing():
            page = await self._presence.ListStateLog(request, timeout=_SECONDS)
        packed: bytes = page.SerializeToString()
        return packed

    async def shifts(
        self, site: str, agent: str, start: datetime, end: datetime
    ) -> Sequence[bytes]:
        """Returns her shifts by start; a span has fewer than fit into a page."""
        request = shift_service_pb2.ListShiftsRequest(
            site=site, agent=agent, start_time=_timestamp(start), end_time=_timestamp(end)
        )
        with refusing():
            page = await self._shifts.ListShifts(request, timeout=_SECONDS)
        return [shift.SerializeToString() for shift in page.shifts]

    async def contacts(self, agent: str, start: datetime, end: datetime) -> bytes:
        """Returns the first page of her contacts."""
        request = contact_service_pb2.ListAgentContactsRequest(
            agent=agent, start_time=_timestamp(start), end_time=_timestamp(end)
        )
        with refusing():
            page = await self._contacts.ListAgentContacts(request, timeout=_SECONDS)
        packed: bytes = page.SerializeToString()
        return packed


def _timestamp(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp
