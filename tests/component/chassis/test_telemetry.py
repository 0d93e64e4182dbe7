import json
from typing import Any

import grpc
import pytest
from muster.roster.v1 import roster_service_pb2 as wire
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from chassis.errors import Code, Refusal
from chassis.telemetry import silent_telemetry
from tests.component.chassis.conftest import COPIER, NOBODY, Places

LIST_SITES = "muster.roster.v1.RosterService/ListSites"
COPY_AGENTS = "muster.roster.v1.RosterService/CopyAgents"


async def test_the_span_of_a_call_hangs_below_the_one_that_made_it(places: Places) -> None:
    place = await places.start()
    spans = InMemorySpanExporter()
    places.caller = silent_telemetry("caller", spans=spans)

    await places.stub(place.target).ListSites(wire.ListSitesRequest())

    made, served = spans.get_finished_spans()[0], place.spans.get_finished_spans()[0]
    assert (made.name, made.kind) == (LIST_SITES, SpanKind.CLIENT)
    assert (served.name, served.kind) == (LIST_SITES, SpanKind.SERVER)
    assert served.parent is not None
    assert served.parent.span_id == made.context.span_id
    assert served.attributes is not None
    assert served.attributes["rpc.grpc.status_code"] == "OK"


async def test_log_lines_of_a_call_share_its_trace_though_nothing_is_exported(
    places: Places,
) -> None:
    place = await places.start()

    async def log_something(_request: Any) -> wire.ListSitesResponse:
        place.telemetry.log.info("sites.listed")
        return wire.ListSitesResponse()

    place.roster.list_sites = log_something
    with places.caller.tracer.start_as_current_span("test") as span:
        await places.stub(place.target).ListSites(wire.ListSitesRequest())

    line = json.loads(place.log.getvalue())
    assert line["trace_id"] == f"{span.get_span_context().trace_id:032x}"


async def test_calls_are_counted_by_method_and_status(places: Places) -> None:
    place = await places.start()
    await places.stub(place.target).ListSites(wire.ListSitesRequest())
    with pytest.raises(grpc.aio.AioRpcError):
        await places.stub(place.target, NOBODY).ListSites(wire.ListSitesRequest())
    _ = [
        part
        async for part in places.stub(place.target, COPIER).CopyAgents(wire.CopyAgentsRequest())
    ]

    counted = {
        (sample.labels["method"], sample.labels["code"]): sample.value
        for metric in place.telemetry.registry.collect()
        for sample in metric.samples
        if sample.name == "muster_rpc_server_calls_total"
    }
    assert counted == {
        (LIST_SITES, "OK"): 1,
        (LIST_SITES, "PERMISSION_DENIED"): 1,
        (COPY_AGENTS, "OK"): 1,
    }


async def test_the_caller_counts_what_became_of_its_calls(places: Places) -> None:
    place = await places.start()

    async def refuse(_request: Any) -> wire.ListSitesResponse:
        raise Refusal(Code.ABORTED, "STALE", "read it again")

    place.roster.list_sites = refuse
    with pytest.raises(grpc.aio.AioRpcError):
        await places.stub(place.target).ListSites(wire.ListSitesRequest())

    value = places.caller.registry.get_sample_value(
        "muster_rpc_client_calls_total", {"method": LIST_SITES, "code": "ABORTED"}
    )
    assert value == 1


async def test_methods_that_do_not_exist_make_no_series_of_their_own(places: Places) -> None:
    place = await places.start()
    for name in ("Sing", "Dance"):
        call: Any = places.channel(place.target).unary_unary(
            f"/muster.roster.v1.RosterService/{name}"
        )
        with pytest.raises(grpc.aio.AioRpcError):
            await call(b"")

    value = place.telemetry.registry.get_sample_value(
        "muster_rpc_server_calls_total", {"method": "other", "code": "UNIMPLEMENTED"}
    )
    assert value == 2
