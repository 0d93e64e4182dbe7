"""Requests as the floor talks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state

from chassis.clock import SystemClock

NOON = SystemClock().now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
"""A full hour of the recent past."""

RECORDED = wire.ReportStatesResponse.OUTCOME_RECORDED
ALREADY = wire.ReportStatesResponse.OUTCOME_ALREADY_RECORDED
REFUSED = wire.ReportStatesResponse.OUTCOME_REFUSED


def timestamp(instant: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def a_report(agent: str, event_id: str, after: float = 0, **changes: object) -> wire.StateReport:
    """Ana went online so many seconds after noon, unless told otherwise."""
    values: dict[str, object] = {
        "state": state.STATE_ONLINE,
        "occurred_time": timestamp(NOON + timedelta(seconds=after)),
    }
    return wire.StateReport(
        event_id=event_id,
        agent=f"agents/{agent}",
        **(values | changes),  # type: ignore[arg-type]  # by name
    )


def a_request(
    *reports: wire.StateReport, source: str = "pbx", **changes: object
) -> wire.ReportStatesRequest:
    values: dict[str, object] = {"source_kind": state.SOURCE_KIND_TELEPHONY}
    return wire.ReportStatesRequest(
        source=source,
        reports=reports,
        **(values | changes),  # type: ignore[arg-type]  # by name
    )


def a_log_request(agent: str, **changes: object) -> wire.ListStateLogRequest:
    values: dict[str, object] = {
        "agent": f"agents/{agent}",
        "start_time": timestamp(NOON),
        "end_time": timestamp(NOON + timedelta(hours=1)),
    }
    return wire.ListStateLogRequest(**(values | changes))  # type: ignore[arg-type]  # by name


def event_ids(entries: Sequence[state.StateLogEntry]) -> list[str]:
    return [entry.event_id for entry in entries]
