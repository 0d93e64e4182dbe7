"""Requests for timelines as domain values. What is malformed is refused here, field by field."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from muster.presence.v1 import timeline_service_pb2 as pb
from muster.presence.v1.presence_service_pb2 import ListStateLogRequest

from chassis.calendar import Axis, NoSuchDay, UnknownTimeZone, ZoneDay, find_zone
from services.presence.app.read_timelines import Selection
from services.presence.domain.report import is_code
from services.presence.domain.state import State
from services.presence.rpc.requests import (
    Spanning,
    ensure_in_bounds,
    instant_or_none,
    malformed,
    site_of,
    span_of,
)
from services.presence.rpc.timeline_answers import milliseconds_of

MOST_AGENTS, MOST_TEAMS = 1_000, 100
_AXIS = timedelta(hours=24)
_DAY_MINUTES = 24 * 60


class Selecting(Protocol):
    """A request that selects agents of a site."""

    @property
    def agents(self) -> Sequence[str]: ...

    @property
    def teams(self) -> Sequence[str]: ...


def span_ms_of(request: Spanning) -> range:
    """Returns the span of a read, its first and past its last millisecond."""
    span = span_of(request)
    start_ms, end_ms = milliseconds_of(span.start_time), milliseconds_of(span.end_time)
    if end_ms == start_ms:
        raise malformed("end_time", "give an instant at least a millisecond after start_time")
    return range(start_ms, end_ms)


def selection_of(site: str, request: Selecting) -> Selection:
    """Returns whom of a site a request means."""
    agents = _names(request.agents, "agents", MOST_AGENTS)
    return Selection(site_of(site), agents, _names(request.teams, "teams", MOST_TEAMS))


def known_by_of(
    request: pb.GetSiteTimelinesRequest | pb.GetAgentTimelineRequest | ListStateLogRequest,
) -> datetime | None:
    """Returns the instant as of whose knowledge to answer, or None for now."""
    if not request.HasField("as_known_at_time"):
        return None
    instant = instant_or_none(request.as_known_at_time)
    if instant is None:
        raise malformed("as_known_at_time", "give an instant, or leave it away")
    return instant


def states_of(numbers: Sequence[int]) -> frozenset[State]:
    """Returns the states of a filter."""
    try:
        return frozenset(map(State, numbers))
    except ValueError:
        raise malformed("states", "give named states") from None


def axis_of(request: pb.GetHeatmapCellsRequest) -> Axis:
    """Returns the axis that a request asks for."""
    try:
        find_zone(request.time_zone)
        if request.WhichOneof("axis") == "day":
            day = ZoneDay(_date_of(request), request.time_zone, _day_start_of(request))
            return Axis(day.start_time, day.end_time, day.zone)
    except UnknownTimeZone:
        raise malformed("time_zone", "give an IANA time zone such as `Europe/Madrid`") from None
    except NoSuchDay:
        raise malformed("day", f"{request.time_zone} has no such day") from None
    start = instant_or_none(request.start_time)
    if start is None:
        raise malformed("day", "give a day, or the start_time of the axis")
    ensure_in_bounds(start.year, "start_time")
    if request.day_start_minutes:
        raise malformed("day_start_minutes", "belongs to a day; leave it away with start_time")
    return Axis(start, start + _AXIS, request.time_zone)


def _names(names: Sequence[str], collection: str, most: int) -> frozenset[str]:
    if len(names) > most:
        raise malformed(collection, f"give at most {most}")
    for index, name in enumerate(names):
        prefix, _, code = name.partition("/")
        if prefix != collection or not is_code(code):
            raise malformed(f"{collection}[{index}]", f"give a name such as `{collection}/north`")
    return frozenset(names)


def _date_of(request: pb.GetHeatmapCellsRequest) -> date:
    try:
        day = date(request.day.year, request.day.month, request.day.day)
    except ValueError:
        raise malformed("day", "give a date with year, month and day") from None
    ensure_in_bounds(day.year, "day")
    return day


def _day_start_of(request: pb.GetHeatmapCellsRequest) -> time:
    if not 0 <= request.day_start_minutes < _DAY_MINUTES:
        raise malformed("day_start_minutes", f"give 0 to {_DAY_MINUTES - 1}")
    hours, minutes = divmod(request.day_start_minutes, 60)
    return time(hours, minutes)
