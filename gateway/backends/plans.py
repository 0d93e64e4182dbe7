"""The plan of whole sites, asked of roster in the gateway's own name and kept while it stands."""

import asyncio
from collections import OrderedDict
from datetime import datetime
from typing import TypeAlias

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from muster.roster.v1 import shift_pb2, shift_service_pb2_grpc
from muster.roster.v1 import shift_service_pb2 as pb

from chassis.rpc.deadline import deadline_passed
from gateway.app.board_ports import Plan, PlannedActivity, PlannedShift
from gateway.app.board_span import BoardSpan
from gateway.backends.refusals import refusing
from gateway.domain.heatmap import Place

_PAGE = 1000
_MOST_KEPT = 16
_PATIENCE_SECONDS = 2.0
_Key: TypeAlias = tuple[Place, datetime, datetime]


class RosterPlans:
    """Reads a plan once for everybody. Who gives up waiting takes nothing with her: what is being
    read serves the next one.
    """

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._shifts = shift_service_pb2_grpc.ShiftServiceStub(channel)
        self._readings: OrderedDict[_Key, asyncio.Task[Plan]] = OrderedDict()

    async def shifts_of(self, place: Place, span: BoardSpan) -> Plan:
        """Returns the shifts of a site that touch a span; they stand as long as the site's order
        is at that place. Refuses with DEADLINE_PASSED where reading them takes longer.
        """
        key = (place, span.start_time, span.end_time)
        reading = self._readings.get(key)
        if reading is None or _has_failed(reading):
            reading = self._readings[key] = asyncio.create_task(self._read(place.site, span))
            while len(self._readings) > _MOST_KEPT:
                self._readings.popitem(last=False)
        self._readings.move_to_end(key)
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await asyncio.shield(reading)
        except TimeoutError:
            raise deadline_passed() from None

    async def _read(self, site: str, span: BoardSpan) -> Plan:
        plan: dict[str, list[PlannedShift]] = {}
        request = pb.ListShiftsRequest(site=site, page_size=_PAGE)
        request.start_time.FromDatetime(span.start_time)
        request.end_time.FromDatetime(span.end_time)
        while True:
            with refusing():
                page = await self._shifts.ListShifts(request)
            for shift in page.shifts:
                plan.setdefault(shift.agent, []).append(_planned(shift))
            if not page.next_page_token:
                return {agent: sorted(shifts) for agent, shifts in plan.items()}
            request.page_token = page.next_page_token


def _has_failed(reading: asyncio.Task[Plan]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)


def _planned(shift: shift_pb2.Shift) -> PlannedShift:
    activities = tuple(
        PlannedActivity(one.kind, _ms(one.start_time), _ms(one.end_time))
        for one in shift.activities
    )
    return PlannedShift(_ms(shift.start_time), _ms(shift.end_time), activities)


def _ms(instant: Timestamp) -> int:
    # The library checks what it was told by roster, which takes four times as long.
    return instant.seconds * 1000 + instant.nanos // 1_000_000
