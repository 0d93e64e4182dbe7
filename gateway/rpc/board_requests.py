"""Requests of the board as what they ask for. What is malformed is refused here, field by field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Literal, TypeAlias, TypeVar

from google.type import date_pb2, datetime_pb2
from muster.gateway.v1 import board_service_pb2 as pb
from muster.presence.v1 import state_pb2

from chassis.access import current_caller
from chassis.calendar import LocalTime
from chassis.errors import FieldViolation, Refusal, invalid_fields
from gateway.app.board_people import ALL_SITES, MOST_SITES, Viewer, WantedSites
from gateway.app.board_span import AxisStart, WantedSpan
from gateway.app.export_heatmap import Format
from gateway.app.join_board import WantedBoard
from gateway.domain.board_rows import Filters, Grouping, Order

MOST_VALUES = 100
LANGUAGES = ("en", "zh-Hans")
_ID = "[a-z0-9-]{1,63}"
# Those that presence and roster know, far from where the calendar ends.
_YEARS = range(1970, 2200)
_AXES: Mapping[int, AxisStart] = {
    pb.AXIS_START_UNSPECIFIED: AxisStart.MIDNIGHT,
    pb.AXIS_START_MIDNIGHT: AxisStart.MIDNIGHT,
    pb.AXIS_START_OPERATING_DAY: AxisStart.OPERATING_DAY,
    pb.AXIS_START_LAST_24_HOURS: AxisStart.LAST_24_HOURS,
}
_ORDERS: Mapping[int, Order] = {
    pb.GetHeatmapRequest.ORDER_UNSPECIFIED: Order.NAME,
    pb.GetHeatmapRequest.ORDER_NAME: Order.NAME,
    pb.GetHeatmapRequest.ORDER_TEAM: Order.TEAM,
    pb.GetHeatmapRequest.ORDER_STATE: Order.STATE,
    pb.GetHeatmapRequest.ORDER_TIME_IN_STATE: Order.TIME_IN_STATE,
    pb.GetHeatmapRequest.ORDER_SHIFT_START: Order.SHIFT_START,
    pb.GetHeatmapRequest.ORDER_AMOUNT: Order.AMOUNT,
}
_GROUPINGS: Mapping[int, Grouping] = {
    pb.GetHeatmapRequest.GROUPING_UNSPECIFIED: Grouping.NONE,
    pb.GetHeatmapRequest.GROUPING_TEAM: Grouping.TEAM,
    pb.GetHeatmapRequest.GROUPING_LINE: Grouping.LINE,
    pb.GetHeatmapRequest.GROUPING_STATE: Grouping.STATE,
    pb.GetHeatmapRequest.GROUPING_SKILL: Grouping.SKILL,
    pb.GetHeatmapRequest.GROUPING_SITE: Grouping.SITE,
}

_FORMATS: Mapping[int, Format] = {
    pb.ExportHeatmapRequest.FORMAT_CSV: Format.CSV,
    pb.ExportHeatmapRequest.FORMAT_PNG: Format.PNG,
}

Spanning: TypeAlias = pb.GetHeatmapRequest | pb.GetAgentDayRequest
"""A request that chooses a span."""

T = TypeVar("T")


def viewer() -> Viewer:
    """Returns whose rows the present caller sees."""
    identity = current_caller().identity
    return Viewer(identity.scope, identity.history_scope)


def wanted_board(site: str, request: pb.GetHeatmapRequest) -> WantedBoard:
    """Returns which board is asked for."""
    span = replace(
        wanted_span(request),
        local_start=_local_time(request, "local_start"),
        local_end=_local_time(request, "local_end"),
    )
    return WantedBoard(
        wanted_sites(site, request.sites),
        span,
        Filters(
            _names(request.teams, "teams"),
            _names(request.lines, "lines"),
            _names(request.skills, "skills"),
            frozenset(_state(state, "states") for state in request.states),
            long_breaks=request.long_breaks,
        ),
        _known(_ORDERS, request.order_by, "order_by"),
        request.descending,
        _state(request.amount_state, "amount_state") if request.amount_state else 0,
        _known(_GROUPINGS, request.group_by, "group_by"),
    )


def wanted_sites(site: str, only: Sequence[str]) -> WantedSites:
    """Returns of which sites a request is."""
    if site != ALL_SITES and not re.fullmatch(f"sites/{_ID}", site):
        raise _malformed("site", "is sites/ and an id of [a-z0-9-]{1,63}, or sites/- for all")
    return WantedSites(site, _names(only, "sites", MOST_SITES))


def site_name(site: str) -> str:
    """Returns the name of a site, checked."""
    if not re.fullmatch(f"sites/{_ID}", site):
        raise _malformed("site", "is sites/ and an id of [a-z0-9-]{1,63}")
    return site


def wanted_span(request: Spanning) -> WantedSpan:
    """Returns which span is asked for."""
    return WantedSpan(
        _instant(request, "start_time"),
        _instant(request, "end_time"),
        _day(request.day) if request.HasField("day") else None,
        request.time_zone,
        _known(_AXES, request.axis_start, "axis_start"),
    )


def wanted_file(request: pb.ExportHeatmapRequest) -> tuple[Format, str]:
    """Returns the form of the file that is asked for, and its language."""
    form = _FORMATS.get(request.format)
    if form is None:
        raise _malformed("format", "is FORMAT_CSV or FORMAT_PNG")
    language = request.language_code or "en"
    if language not in LANGUAGES:
        raise _malformed("language_code", f"is one of {', '.join(LANGUAGES)}")
    return form, language


def agent_name(agent: str) -> str:
    """Returns the name of an agent, checked."""
    if not re.fullmatch(f"agents/{_ID}", agent):
        raise _malformed("agent", "is agents/ and an id of [a-z0-9-]{1,63}")
    return agent


def _names(names: Sequence[str], collection: str, most: int = MOST_VALUES) -> frozenset[str]:
    if len(names) > most:
        raise _malformed(collection, f"takes at most {most}")
    for index, name in enumerate(names):
        if not re.fullmatch(f"{collection}/{_ID}", name):
            raise _malformed(f"{collection}[{index}]", f"is {collection}/ and an id")
    return frozenset(names)


def _state(number: int, field: str) -> int:
    if number not in state_pb2.State.values() or not number:
        raise _malformed(field, "takes states by name, for example STATE_BUSY")
    return number


def _known(values: Mapping[int, T], number: int, field: str) -> T:
    if number not in values:
        raise _malformed(field, "takes one of its named values")
    return values[number]


def _instant(request: Spanning, field: Literal["start_time", "end_time"]) -> datetime | None:
    if not request.HasField(field):
        return None
    try:
        instant: datetime = getattr(request, field).ToDatetime(UTC)
    except (ValueError, OverflowError):
        raise _out_of_bounds(field) from None
    _ensure_in_bounds(instant.year, field)
    return instant


def _local_time(
    request: pb.GetHeatmapRequest, field: Literal["local_start", "local_end"]
) -> LocalTime | None:
    if not request.HasField(field):
        return None
    wanted: datetime_pb2.DateTime = getattr(request, field)
    if wanted.WhichOneof("time_offset") or wanted.seconds or wanted.nanos:
        raise _malformed(field, "is a date and a full minute without an offset: time_zone tells it")
    try:
        local = LocalTime(
            date(wanted.year, wanted.month, wanted.day), time(wanted.hours, wanted.minutes)
        )
    except ValueError:
        raise _malformed(field, "is a date of the calendar and a time of the day") from None
    _ensure_in_bounds(wanted.year, field)
    return local


def _day(wanted: date_pb2.Date) -> date:
    try:
        day = date(wanted.year, wanted.month, wanted.day)
    except ValueError:
        raise _malformed("day", "is a date of the calendar with year, month and day") from None
    _ensure_in_bounds(day.year, "day")
    return day


def _ensure_in_bounds(year: int, field: str) -> None:
    if year not in _YEARS:
        raise _out_of_bounds(field)


def _out_of_bounds(field: str) -> Refusal:
    return _malformed(field, f"lies in the years {_YEARS[0]} to {_YEARS[-1]}")


def _malformed(field: str, description: str) -> Refusal:
    return invalid_fields([FieldViolation(field, description)])
