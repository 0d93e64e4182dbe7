"""What is known of sources as answers."""

from datetime import datetime, timedelta

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import source_service_pb2 as pb

from services.presence.app.heartbeats import HeartbeatAnswer
from services.presence.app.list_sources import Liveness
from services.presence.app.source_ports import ListedSource
from services.presence.domain.skew import estimate_skew, is_sensible


def heartbeat_answer(answer: HeartbeatAnswer) -> pb.HeartbeatResponse:
    """Returns what the source is to know."""
    return pb.HeartbeatResponse(
        lease=_duration(answer.lease),
        resend=answer.resend,
        refused_agents=answer.refused_agents,
        server_time=_timestamp(answer.server_time),
    )


def source_of(source: ListedSource, liveness: Liveness) -> pb.Source:
    """Returns a source with its lease and its clock."""
    out_of_bounds = bool(source.samples) and not is_sensible(source.samples[-1])
    is_known = bool(source.samples) and not out_of_bounds
    return pb.Source(
        source=source.client.source,
        source_kind=source.source_kind.value,  # type: ignore[arg-type]  # the wire's number
        agent=source.client.agent,
        state=liveness.value,  # type: ignore[arg-type]  # the wire's number
        lease=_duration(source.length),
        last_proof_time=_timestamp(source.proof_time),
        skew=_duration(estimate_skew(source.samples) if is_known else None),
        skew_time=_timestamp(source.measured_time),
        skew_out_of_bounds=out_of_bounds,
    )


def _duration(span: timedelta | None) -> Duration | None:
    if span is None:
        return None
    duration = Duration()
    duration.FromTimedelta(span)
    return duration


def _timestamp(instant: datetime | None) -> Timestamp | None:
    if instant is None:
        return None
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp
