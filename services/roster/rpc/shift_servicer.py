"""Serves `muster.roster.v1.ShiftService`."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from muster.roster.v1 import events_pb2, shift_service_pb2_grpc
from muster.roster.v1 import shift_service_pb2 as pb

from chassis.access import current_caller, current_scope
from chassis.errors import FieldViolation, invalid_fields
from services.roster.app.apply_shifts import ApplyShifts
from services.roster.app.ports import Page
from services.roster.app.shift_ports import ShiftReader, WantedShifts, place_of
from services.roster.domain.people import AgentName, Site, SiteName, is_name
from services.roster.domain.shifts import ShiftName, Span
from services.roster.rpc.convert import place_from
from services.roster.rpc.page_token import (
    decode_page_token,
    encode_page_token,
    invalid_page_token,
    list_of,
    page_limit,
)
from services.roster.rpc.servicer import unknown_site
from services.roster.rpc.shift_convert import published_to, shifts_from, version_to
from services.roster.wire.people import cursor_to

LONGEST_SPAN = timedelta(days=100)
_YEARS = range(1970, 2200)


class ShiftServicer(shift_service_pb2_grpc.ShiftServiceServicer):
    def __init__(self, apply_shifts: ApplyShifts, reader: ShiftReader) -> None:
        self._apply_shifts = apply_shifts
        self._reader = reader

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
        page = _page_of(request)
        rows = await self._reader.list_shifts(wanted, current_scope(), page)
        shown = rows[: page.limit - 1]
        token = encode_page_token(list_of(request), place_of(shown[-1])) if rows != shown else ""
        return pb.ListShiftsResponse(shifts=map(version_to, shown), next_page_token=token)

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
    start, end = _instant(request, "start_time"), _instant(request, "end_time")
    if start is None or end is None or not timedelta() < end - start <= LONGEST_SPAN:
        what = f"with start_time must name a span of at most {LONGEST_SPAN.days} days"
        raise invalid_fields([FieldViolation("end_time", what)])
    return WantedShifts(
        site=site.name,
        span=Span(start, end),
        agent=AgentName(request.agent) if request.agent else None,
        known_time=_instant(request, "known_time"),
    )


def _instant(request: pb.ListShiftsRequest, field: str) -> datetime | None:
    if not request.HasField(field):
        return None
    stamp: Timestamp = getattr(request, field)
    try:
        instant = stamp.ToDatetime(UTC)
    except (ValueError, OverflowError):
        instant = datetime.min.replace(tzinfo=UTC)
    if instant.year not in _YEARS:
        what = f"must lie in the years {_YEARS[0]} to {_YEARS[-1]}"
        raise invalid_fields([FieldViolation(field, what)])
    return instant


def _page_of(request: pb.ListShiftsRequest) -> Page:
    # One more than the page holds, which tells whether there is a next one.
    after = decode_page_token(list_of(request), request.page_token)
    try:
        datetime.fromisoformat(after.partition(" ")[0] or "2000-01-01")
    except ValueError:
        raise invalid_page_token() from None
    return Page(after=after, limit=page_limit(request.page_size) + 1)
