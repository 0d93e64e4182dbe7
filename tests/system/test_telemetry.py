"""Each process tells about itself, and a report can be followed through all of them."""

import httpx
import pytest

from chassis.clock import SystemClock
from tests.support.desk import Desk
from tests.support.otlp import Receiver, Span
from tests.support.tree import Tree

PROCESSES = ("roster", "presence-1", "presence-2", "dispatch", "analytics", "gateway")


async def metrics_of(tree: Tree, process: str) -> str:
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"http://{tree.child(process).addresses['admin']}/metrics")
    assert answer.status_code == httpx.codes.OK
    return answer.text


@pytest.mark.parametrize("process", PROCESSES)
async def test_each_process_says_what_it_is(tree: Tree, process: str) -> None:
    metrics = await metrics_of(tree, process)

    assert f'muster_chassis_build_info{{process="{process.partition("-")[0]}"' in metrics
    assert "process_resident_memory_bytes" in metrics


@pytest.mark.parametrize("process", PROCESSES)
async def test_each_process_is_live_and_ready(tree: Tree, process: str) -> None:
    admin = tree.child(process).addresses["admin"]

    async with httpx.AsyncClient(base_url=f"http://{admin}") as http:
        answers = [await http.get("/livez"), await http.get("/readyz")]

    assert [answer.status_code for answer in answers] == [httpx.codes.OK, httpx.codes.OK]


async def test_a_call_is_counted_by_its_method(tree: Tree, supervisor: Desk) -> None:
    await supervisor.open_site("metric-town", ["hal"])

    metrics = await metrics_of(tree, "roster")

    assert 'method="muster.roster.v1.RosterService/ApplyRoster"' in metrics


async def test_calls_are_spread_over_the_replicas(tree: Tree, supervisor: Desk) -> None:
    await supervisor.open_site("replica-town", ["jo"])
    for number in range(8):
        await supervisor.report("jo", "ONLINE", SystemClock().now(), f"spread-{number}")

    metrics = [await metrics_of(tree, replica) for replica in ("presence-1", "presence-2")]

    assert all('method="muster.presence.v1.PresenceService/ReportStates"' in it for it in metrics)


async def test_a_report_is_one_trace_from_the_gateway_to_the_live_board(
    traces: Receiver, supervisor: Desk
) -> None:
    await supervisor.open_site("trace-town", ["ivo"])

    await supervisor.report("ivo", "BUSY", SystemClock().now(), "traced")

    await traces.until(lambda it: len(the_trace(it)) >= 4)
    edges = {
        (edge.caller.partition(":")[0], edge.called.partition(":")[0])
        for edge in traces.edges(the_trace(traces)[0].trace_id)
    }
    assert {("gateway", "presence"), ("presence", "gateway")} <= edges, edges


def the_trace(traces: Receiver) -> list[Span]:
    """The trace of the last report."""
    reports = [
        span
        for span in traces.spans.values()
        if span.process == "presence" and span.name.endswith("/ReportStates")
    ]
    return traces.trace(reports[-1].trace_id) if reports else []
