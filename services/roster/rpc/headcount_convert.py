"""Messages of the planned headcount to values and back."""

from collections.abc import Sequence
from datetime import timedelta

from muster.roster.v1 import shift_service_pb2 as pb

from chassis.errors import FieldViolation, invalid_fields
from services.roster.app.headcount_ports import Grouping, WantedHeadcount
from services.roster.domain.headcount import Grid, PlannedGroup
from services.roster.domain.people import Site
from services.roster.rpc.filters import filter_from
from services.roster.rpc.spans import instant_from, span_from

LONGEST_SPAN = timedelta(days=8)
INTERVALS = (timedelta(seconds=300), timedelta(seconds=900))
MOST_NUMBERS = 500_000

_GROUPINGS = {
    pb.GetPlannedHeadcountRequest.GROUPING_UNSPECIFIED: Grouping.NONE,
    pb.GetPlannedHeadcountRequest.GROUPING_TEAM: Grouping.TEAM,
    pb.GetPlannedHeadcountRequest.GROUPING_LINE: Grouping.LINE,
}


def wanted_headcount_from(site: Site, request: pb.GetPlannedHeadcountRequest) -> WantedHeadcount:
    """Reads whom to count, how and when; refuses what is missing or malformed."""
    grouping = _GROUPINGS.get(request.grouping)
    if grouping is None:
        raise invalid_fields([FieldViolation("grouping", "must be one of the groupings")])
    return WantedHeadcount(
        site=site.name,
        grid=_grid_from(request),
        grouping=grouping,
        filter=filter_from(request),
        known_time=instant_from(request, "known_time"),
    )


def headcount_to(groups: Sequence[PlannedGroup], grid: Grid) -> pb.GetPlannedHeadcountResponse:
    """Writes planned people; refuses what would be too large an answer."""
    columns = sum(1 + len(group.activities) for group in groups)
    if columns * grid.interval_count > MOST_NUMBERS:
        what = f"would make over {MOST_NUMBERS} numbers: take a shorter span, 900 s, or fewer teams"
        raise invalid_fields([FieldViolation("interval", what)])
    return pb.GetPlannedHeadcountResponse(
        groups=[_group_to(group) for group in groups], interval_count=grid.interval_count
    )


def _grid_from(request: pb.GetPlannedHeadcountRequest) -> Grid:
    span = span_from(request, LONGEST_SPAN)
    for field, instant in (("start_time", span.start_time), ("end_time", span.end_time)):
        if instant.microsecond:
            raise invalid_fields([FieldViolation(field, "must be in whole seconds")])
    interval = INTERVALS[0]
    if request.HasField("interval"):
        interval = timedelta(seconds=request.interval.seconds)
        if interval not in INTERVALS or request.interval.nanos:
            raise invalid_fields([FieldViolation("interval", "must be 300 s or 900 s")])
    return Grid(span, interval)


def _group_to(group: PlannedGroup) -> pb.PlannedGroup:
    return pb.PlannedGroup(
        group=group.group,
        working_seconds=group.working.tolist(),
        activities=[
            pb.PlannedActivity(kind=f"KIND_{kind}", person_seconds=seconds.tolist())
            for kind, seconds in group.activities.items()
        ],
    )
