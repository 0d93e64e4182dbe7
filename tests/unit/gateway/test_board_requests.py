"""Requests of the board whose span is told as a clock on the wall shows it."""

from datetime import date, time

import pytest
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
    ],
)
def test_what_is_no_local_minute_names_its_field(malformed: DateTime) -> None:
    with pytest.raises(Refusal) as refused:
        wanted_between(DateTime(year=2026, month=1, day=1), malformed)

    assert [one.field for one in refused.value.violations] == ["local_end"]
