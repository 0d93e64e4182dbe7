"""Each process tells about itself, and a report can be followed through all of them."""

from itertools import count

import httpx
import pytest

from chassis.clock import SystemClock
from tests.support.desk import ANSWERED_WITHIN_SECONDS, Desk
from tests.support.otlp import Receiver, Span
from tests.support.tree import Tree
from tests.support.waiting import eventually

PROCESSES = ("roster", "presence-1", "presence-2", "dispatch", "analytics", "gateway")
REPORT = 'method="muster.presence.v1.PresenceService/ReportStates"'
THERE_AND_BACK = {("gateway", "presence"), ("presence", "gateway")}


async def metrics_of(tree: Tree, process: str) -> str:
    async with httpx.AsyncClient(timeout=ANSWERED_WITHIN_SECONDS) as http:
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

    async with httpx.AsyncClient(
        base_url=f"http://{admin}", timeout=ANSWERED_WITHIN_SECONDS
    ) as http:
        answers = [await http.get("/livez"), await http.get("/readyz")]

    assert [answer.status_code for answer in answers] == [httpx.codes.OK, httpx.codes.OK]


async def test_a_call_is_counted_by_its_method(tree: Tree, supervisor: Desk) -> None:
    await supervisor.open_site("metric-town", ["hal"])

    metrics = await metrics_of(tree, "roster")

    assert 'method="muster.roster.v1.RosterService/ApplyRoster"' in metrics


async def test_calls_are_spread_over_the_replicas(tree: Tree, supervisor: Desk) -> None:
    await supervisor.open_site("replica-town", ["jo"])
    numbers = count()

    async def each_got_some() -> bool:
        now = SystemClock().now()
        await supervisor.report("jo", "ONLINE", now, f"spread-{next(numbers)}")
        metrics = [await metrics_of(tree, replica) for replica in ("presence-1", "presence-2")]
        return all(REPORT in it for it in metrics)

    await eventually(each_got_some)


async def test_a_report_is_one_trace_from_the_gateway_to_the_live_board(
    traces: Receiver, supervisor: Desk
) -> None:
    await supervisor.open_site("trace-town", ["ivo"])

    await supervisor.report("ivo", "BUSY", SystemClock().now(), "traced")

    await traces.until(lambda it: edges_of_report(it) >= THERE_AND_BACK)


def edges_of_report(traces: Receiver) -> set[tuple[str, str]]:
    """From which process to which the trace of the last report went."""
    return {
        (edge.caller.partition(":")[0], edge.called.partition(":")[0])
        for span in the_trace(traces)[:1]
        for edge in traces.edges(span.trace_id)
    }


def the_trace(traces: Receiver) -> list[Span]:
    """The trace of the last report."""
    reports = [
        span
        for span in traces.spans.values()
        if span.process == "presence" and span.name.endswith("/ReportStates")
    ]
    return traces.trace(reports[-1].trace_id) if reports else []
