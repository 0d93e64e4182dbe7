"""Serves `muster.roster.v1.ShiftService`."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from muster.roster.v1 import events_pb2, shift_service_pb2_grpc
from muster.roster.v1 import shift_service_pb2 as pb

from chassis.access import current_caller, current_scope, current_scopes
from chassis.clock import Clock
from chassis.rpc.pages import cut, page_size, place_after
from services.roster.app.apply_shifts import ApplyShifts
from services.roster.app.headcount_ports import HeadcountReader
from services.roster.app.ports import Page
from services.roster.app.shift_ports import ShiftReader, WantedShifts, place_of
from services.roster.domain.headcount import count_planned
from services.roster.domain.people import AgentName, Site, SiteName, is_name
from services.roster.domain.shifts import ShiftName
from services.roster.rpc.convert import place_from
from services.roster.rpc.headcount_convert import headcount_to, wanted_headcount_from
from services.roster.rpc.servicer import unknown_site
from services.roster.rpc.shift_convert import published_to, shifts_from, version_to
from services.roster.rpc.spans import instant_from, span_from
from services.roster.wire.people import cursor_to

LONGEST_SPAN = timedelta(days=100)


class ShiftServicer(shift_service_pb2_grpc.ShiftServiceServicer):
    def __init__(
        self,
        apply_shifts: ApplyShifts,
        reader: ShiftReader,
        headcounts: HeadcountReader,
        clock: Clock,
    ) -> None:
        self._apply_shifts = apply_shifts
        self._reader = reader
        self._headcounts = headcounts
        self._clock = clock

    async def ApplyShifts(  # noqa: N802 - named by the proto
        self, request: pb.ApplyShiftsRequest, context: Any
    ) -> pb.ApplyShiftsResponse:
        site = await self._get_site(request.site)
        if not current_scope().sees_site(site.name):
            raise unknown_site(request.site)
        published = await self._apply_shifts.apply(
            site,
            shifts_from(request.shifts),
            [ShiftName(name) for name in request.cancelled_shifts],
            publisher=current_caller().identity.subject,
            validate_only=request.validate_only,
        )
        return published_to(published)

    async def ListShifts(  # noqa: N802 - named by the proto
        self, request: pb.ListShiftsRequest, context: Any
    ) -> pb.ListShiftsResponse:
        site = await self._get_site(request.site)
        wanted = _wanted(site, request)
        page = Page(place_after(request, _place_from) or "", page_size(request) + 1)
        scope = current_scopes().of_span(
            wanted.span.start_time, self._clock.now(), wanted.known_time
        )
        found = await self._reader.list_shifts(wanted, scope, page)
        rows, token = cut(found, request, lambda version: [place_of(version)])
        return pb.ListShiftsResponse(shifts=map(version_to, rows), next_page_token=token)

    async def GetPlannedHeadcount(  # noqa: N802 - named by the proto
        self, request: pb.GetPlannedHeadcountRequest, context: Any
    ) -> pb.GetPlannedHeadcountResponse:
        wanted = wanted_headcount_from(await self._get_site(request.site), request)
        planned = await self._headcounts.list_planned(wanted, current_scope())
        # Tens of thousands of shifts take a while, and others are not to wait for that.
        groups = await asyncio.to_thread(count_planned, planned, wanted.grid)
        return headcount_to(groups, wanted.grid)

    async def ReplayShiftChanges(  # noqa: N802 - named by the proto
        self, request: pb.ReplayShiftChangesRequest, context: Any
    ) -> AsyncIterator[events_pb2.ShiftsChanged]:
        after = place_from(request.after)
        if not is_name(after.site, "sites"):
            raise unknown_site(after.site)
        async for place, recorded_time, payload in self._reader.replay_shift_changes(after):
            event = events_pb2.ShiftsChanged.FromString(payload)
            event.cursor.CopyFrom(cursor_to(place))
            event.recorded_time.FromDatetime(recorded_time)
            yield event

    async def _get_site(self, name: str) -> Site:
        if is_name(name, "sites"):
            site = await self._reader.find_site(SiteName(name), current_scope())
            if site is not None:
                return site
        raise unknown_site(name)


def _wanted(site: Site, request: pb.ListShiftsRequest) -> WantedShifts:
    return WantedShifts(
        site=site.name,
        span=span_from(request, LONGEST_SPAN),
        agent=AgentName(request.agent) if request.agent else None,
        known_time=instant_from(request, "known_time"),
    )


def _place_from(part: object) -> str:
    place = str(part)
    datetime.fromisoformat(place.partition(" ")[0])
    return place
