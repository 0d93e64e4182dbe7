"""Requests of the board whose span is told as a clock on the wall shows it."""

from datetime import date, time

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from google.type.datetime_pb2 import DateTime
from muster.gateway.v1.board_service_pb2 import GetHeatmapRequest

from chassis.calendar import LocalTime
from chassis.errors import Refusal
from gateway.rpc.board_requests import wanted_board


def wanted_between(start: DateTime, end: DateTime) -> tuple[LocalTime | None, LocalTime | None]:
    request = GetHeatmapRequest(local_start=start, local_end=end)
    span = wanted_board("sites/bank", request).span
    return span.local_start, span.local_end


def test_local_times_are_read_to_the_minute() -> None:
    wanted = wanted_between(
        DateTime(year=2026, month=11, day=20, hours=8, minutes=31),
        DateTime(year=2026, month=11, day=22),
    )

    assert wanted == (
        LocalTime(date(2026, 11, 20), time(8, 31)),
        LocalTime(date(2026, 11, 22), time()),
    )


@pytest.mark.parametrize(
    "malformed",
    [
        DateTime(year=2026, month=2, day=30),
        DateTime(year=2026, month=2, day=3, hours=24),
        DateTime(year=2026, month=2, day=3, seconds=1),
        DateTime(year=2026, month=2, day=3, nanos=1),
        DateTime(year=2026, month=2, day=3, time_zone={"id": "Europe/Madrid"}),
        DateTime(month=2, day=3),
        DateTime(year=1, month=1, day=1),
        DateTime(year=9999, month=12, day=31),
    ],
)
def test_what_is_no_local_minute_names_its_field(malformed: DateTime) -> None:
    with pytest.raises(Refusal) as refused:
        wanted_between(DateTime(year=2026, month=1, day=1), malformed)

    assert [one.field for one in refused.value.violations] == ["local_end"]


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        ("day", GetHeatmapRequest(day=Date(year=1, month=1, day=1))),
        ("day", GetHeatmapRequest(day=Date(year=2200, month=1, day=1))),
        ("start_time", GetHeatmapRequest(start_time=Timestamp(seconds=-1))),
        ("start_time", GetHeatmapRequest(start_time=Timestamp(seconds=-62_135_596_800))),
        ("end_time", GetHeatmapRequest(end_time=Timestamp(seconds=253_402_300_799))),
        ("end_time", GetHeatmapRequest(end_time=Timestamp(seconds=253_402_300_800))),
    ],
)
def test_what_lies_where_the_calendar_ends_names_its_field(
    field: str, request_: GetHeatmapRequest
) -> None:
    with pytest.raises(Refusal) as refused:
        wanted_board("sites/bank", request_)

    (violation,) = refused.value.violations
    assert (violation.field, "1970 to 2199" in violation.description) == (field, True)
