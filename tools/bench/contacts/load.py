"""Callers that report and read through gRPC."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from muster.dispatch.v1 import contact_pb2
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from tools.bench.contacts.calls import make_batches
from tools.bench.ingest.surroundings import Surroundings, site_name


async def report_batches(
    around: Surroundings, *, callers: int, batches: int, run: str
) -> list[float]:
    """Lets callers report one batch after the other, each for a site of its own.

    Returns the seconds of each call.
    """
    prepared = [
        [_request(number, batch) for batch in make_batches(site_name(number), batches, run)]
        for number in range(callers)
    ]
    async with around.channel() as channel:
        stub = ContactServiceStub(channel)
        await channel.channel_ready()
        calls = await asyncio.gather(*(_report(stub, requests) for requests in prepared))
    return [seconds for each in calls for seconds in each]


async def report_alone(around: Surroundings, count: int) -> list[float]:
    """Reports single events, each after the answer to the one before."""
    events = [batch[0] for batch in make_batches(site_name(0), count, "alone")]
    async with around.channel() as channel:
        return await _report(ContactServiceStub(channel), [_request(0, [it]) for it in events])


async def read_figures(around: Surroundings, count: int) -> list[float]:
    """Reads the figures of the first site so often."""
    request = wire.GetQueueFiguresRequest(site=f"sites/{site_name(0)}")
    async with around.channel_of_somebody("dispatch.figures.read") as channel:
        read = ContactServiceStub(channel).GetQueueFigures
        return [await _timed(read, request) for _ in range(count)]


async def _report(
    stub: ContactServiceStub, requests: Sequence[wire.ReportContactsRequest]
) -> list[float]:
    return [await _timed(stub.ReportContacts, request) for request in requests]


async def _timed(method: Any, request: Any) -> float:
    begin = time.perf_counter()
    answer = await method(request, timeout=30)
    seconds = time.perf_counter() - begin
    refusals = getattr(answer, "refusals", ())
    if refusals:
        raise AssertionError(f"not all was recorded: {list(refusals)[:3]}")
    return seconds


def _request(site: int, events: Sequence[contact_pb2.ContactEvent]) -> wire.ReportContactsRequest:
    return wire.ReportContactsRequest(
        site=f"sites/{site_name(site)}",
        source="bench",
        source_kind=contact_pb2.SOURCE_KIND_TELEPHONY,
        events=events,
    )
