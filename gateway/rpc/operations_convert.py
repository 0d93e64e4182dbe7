"""How Muster does, as its message."""

from datetime import datetime, timedelta

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from muster.gateway.v1 import operations_service_pb2 as pb

from gateway.app.operations import Operations, SiteFreshness
from gateway.domain.replicas import Figure, Replica
from gateway.domain.site_sources import Chain, SourceHealth
from gateway.domain.sources.source import Source
from gateway.rpc.board_convert import to_missing, to_timestamp


def to_operations(told: Operations) -> pb.Operations:
    """Writes how Muster does."""
    return pb.Operations(
        processes=[_process(one) for one in told.replicas],
        sites=[_site(one) for one in told.sites],
        platforms=[_platform(one) for one in told.platforms],
        missing=to_missing(told.missing),
        server_time=to_timestamp(told.read_time),
    )


def _process(replica: Replica) -> pb.Operations.Process:
    return pb.Operations.Process(
        process=replica.process,
        replica=replica.name,
        state=f"STATE_{replica.state}",
        version=replica.version,
        start_time=_time(replica.start_time),
        problems=[
            pb.Operations.Problem(check=one.check, message=one.message, code=one.code)
            for one in replica.problems
        ],
        figures=[_figure(one) for one in replica.figures],
    )


def _figure(figure: Figure) -> pb.Operations.Figure:
    latency = figure.latency
    if latency is None:
        return pb.Operations.Figure(metric=figure.metric, value=figure.value)
    return pb.Operations.Figure(
        metric=figure.metric,
        median_seconds=latency.median_seconds,
        p99_seconds=latency.p99_seconds,
        measured_count=latency.measured_count,
        window=_duration(latency.window),
    )


def _site(told: SiteFreshness) -> pb.Operations.Site:
    last = told.coverage.last_time if told.coverage else None
    return pb.Operations.Site(
        site=told.site.name,
        display_name=told.site.display_name,
        last_occurred_time=_time(last),
        sources=[_source(one) for one in told.sources],
        chain=_chain(told.chain) if told.chain and told.chain.link_count else None,
    )


def _source(source: SourceHealth) -> pb.Operations.Source:
    return pb.Operations.Source(
        source=source.source,
        source_kind=source.kind,  # type: ignore[arg-type]  # the number as presence sent it
        state=source.state,  # type: ignore[arg-type]  # the number as presence sent it
        client_count=source.client_count,
        lost_count=source.lost_count,
        last_proof_time=_time(source.last_proof_time),
        skew=_duration(source.skew) if source.skew is not None else None,
    )


def _chain(chain: Chain) -> pb.Operations.Chain:
    return pb.Operations.Chain(
        link_count=chain.link_count,
        checkpoint_time=_time(chain.checkpoint_time),
        unsigned_count=max(0, chain.link_count - chain.signed_count),
    )


def _platform(source: Source) -> pb.Operations.Platform:
    return pb.Operations.Platform(
        name=f"sources/{source.id}",
        display_name=source.display_name,
        site=source.site,
        pending_count=source.pending_count,
        mapped=source.active_version > 0,
    )


def _time(instant: datetime | None) -> Timestamp | None:
    return to_timestamp(instant) if instant else None


def _duration(span: timedelta) -> Duration:
    duration = Duration()
    duration.FromTimedelta(span)
    return duration
