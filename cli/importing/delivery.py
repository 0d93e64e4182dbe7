"""Sends the reports of a file to the gateway."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import grpc.aio
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2, state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub

from cli.importing.calling import call_patiently
from cli.importing.sessions import Report

REPORTS_PER_CALL = 2_000

Sent = Callable[[int], None]
"""Is told how many reports are done."""

_Response = presence_service_pb2.ReportStatesResponse


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the reports; `refused_rows` are the rows that a refused one tells of."""

    recorded_count: int
    already_recorded_count: int
    refused_by_reason: Mapping[str, int]
    refused_rows: frozenset[int]


async def send_reports(
    channel: grpc.aio.Channel,
    source: str,
    reports: Sequence[Report],
    sent: Sent,
) -> Delivery:
    """Sends the reports in their order; repeating it changes nothing."""
    presence = PresenceServiceStub(channel)
    fates: Counter[int] = Counter()
    reasons: Counter[str] = Counter()
    rows: set[int] = set()
    for part in _parts(reports):
        answer: _Response = await call_patiently(presence.ReportStates, _request(source, part))
        fates.update(answer.outcomes)
        reasons.update(refusal.reason for refusal in answer.refusals)
        rows.update(row for refusal in answer.refusals for row in part[refusal.index].rows)
        sent(fates.total())
    return Delivery(
        recorded_count=fates[_Response.OUTCOME_RECORDED],
        already_recorded_count=fates[_Response.OUTCOME_ALREADY_RECORDED],
        refused_by_reason=dict(sorted(reasons.items())),
        refused_rows=frozenset(rows),
    )


def _parts(reports: Sequence[Report]) -> Iterator[Sequence[Report]]:
    for start in range(0, len(reports), REPORTS_PER_CALL):
        yield reports[start : start + REPORTS_PER_CALL]


def _request(source: str, reports: Sequence[Report]) -> presence_service_pb2.ReportStatesRequest:
    return presence_service_pb2.ReportStatesRequest(
        source=source,
        source_kind=state_pb2.SOURCE_KIND_IMPORT,
        reports=[_message(report) for report in reports],
    )


def _message(report: Report) -> presence_service_pb2.StateReport:
    occurred = Timestamp()
    occurred.FromDatetime(report.occurred_time)
    return presence_service_pb2.StateReport(
        event_id=report.event_id,
        agent=report.agent,
        state=f"STATE_{report.state}",
        reason=report.reason,
        activity=f"ACTIVITY_{report.activity}",
        occurred_time=occurred,
        contacts=report.contacts,
        inferred=report.inferred,
        source_sequence=report.source_sequence,
    )
