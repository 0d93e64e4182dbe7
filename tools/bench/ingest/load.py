"""Callers that report through gRPC."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from muster.presence.v1 import presence_service_pb2 as wire
from muster.presence.v1 import state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub

from tools.bench.ingest.changes import BATCH_SIZE, Change, make_batches
from tools.bench.ingest.surroundings import Surroundings, site_name

_SLICE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The seconds of each call, and the changes a second in each half second of the run."""

    seconds: Sequence[float]
    changes_per_second: Sequence[float]


async def report_batches(
    around: Surroundings, *, callers: int, batches: int, run: str
) -> LoadResult:
    """Lets callers report one batch after the other, each for a site of its own."""
    prepared = [
        [make_request(batch) for batch in make_batches(site_name(number), batches, run)]
        for number in range(callers)
    ]
    return await report_side_by_side(around, prepared)


async def report_side_by_side(
    around: Surroundings, prepared: Sequence[Sequence[wire.ReportStatesRequest]]
) -> LoadResult:
    """Lets one caller for each sequence report its requests one after the other."""
    async with around.channel() as channel:
        stub = PresenceServiceStub(channel)
        await channel.channel_ready()
        start = time.perf_counter()
        calls = await asyncio.gather(*(_report(stub, requests) for requests in prepared))
    finished = sorted(end - start for ends in calls for _, end in ends)
    return LoadResult([end - begin for ends in calls for begin, end in ends], _rates(finished))


async def report_alone(around: Surroundings, count: int) -> LoadResult:
    """Reports single changes, each after the answer to the one before."""
    changes = [batch[0] for batch in make_batches(site_name(0), count, "alone")]
    async with around.channel() as channel:
        spans = await _report(PresenceServiceStub(channel), [make_request([c]) for c in changes])
    return LoadResult([end - begin for begin, end in spans], [])


async def _report(
    stub: PresenceServiceStub, requests: Sequence[wire.ReportStatesRequest]
) -> list[tuple[float, float]]:
    spans = []
    recorded = wire.ReportStatesResponse.OUTCOME_RECORDED
    for request in requests:
        begin = time.perf_counter()
        answer = await stub.ReportStates(request, timeout=30)
        spans.append((begin, time.perf_counter()))
        if set(answer.outcomes) != {recorded}:
            raise AssertionError(f"not all was recorded: {list(answer.refusals)[:3]}")
    return spans


def _rates(finished: Sequence[float]) -> list[float]:
    """Leaves out the last slice, in which callers are done one by one."""
    slices = max(int(finished[-1] / _SLICE_SECONDS), 1)
    counts = [0] * slices
    for end in finished:
        index = int(end / _SLICE_SECONDS)
        if index < slices:
            counts[index] += BATCH_SIZE
    return [count / _SLICE_SECONDS for count in counts]


def make_request(batch: Sequence[Change]) -> wire.ReportStatesRequest:
    """Makes the request of a batch."""
    return wire.ReportStatesRequest(
        source="bench",
        source_kind=state_pb2.SOURCE_KIND_TELEPHONY,
        reports=[_report_of(change) for change in batch],
    )


def _report_of(change: Change) -> wire.StateReport:
    report = wire.StateReport(
        event_id=change.event_id,
        agent=change.agent,
        state=change.state,  # type: ignore[arg-type]  # the wire's number
        contacts=change.contacts,
    )
    report.occurred_time.FromDatetime(change.occurred_time)
    return report
