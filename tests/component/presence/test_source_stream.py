"""What an adapter may rely on that reports on a stream."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import grpc
import pytest
from muster.presence.v1 import source_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub

from chassis.rpc.channel import refusal_from
from services.presence.rpc import source_stream
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import RECORDED, a_log_request, a_report, event_ids

OPEN = wire.StreamReportsRequest(
    open=wire.StreamReportsRequest.Open(source="pbx", source_kind=state.SOURCE_KIND_TELEPHONY)
)
BEAT = wire.StreamReportsRequest(beat=wire.StreamReportsRequest.Beat())


@pytest.fixture
def sources(replicas: Replicas, replica: Replica) -> SourceServiceStub:
    return replicas.source(replica)


def a_batch(number: int, *agents: str) -> wire.StreamReportsRequest:
    reports = [a_report(agent, f"e-{number}", number) for agent in agents]
    return wire.StreamReportsRequest(
        batch=wire.StreamReportsRequest.Batch(number=number, reports=reports)
    )


async def sent(call: Any, *messages: wire.StreamReportsRequest) -> list[wire.StreamReportsResponse]:
    """Sends messages and returns as many answers; what the server says by itself is none."""
    for message in messages:
        await call.write(message)
    answers: list[wire.StreamReportsResponse] = []
    while len(answers) < len(messages):
        told = await call.read()
        if told.HasField("answer") or told.beat.HasField("lease"):
            answers.append(told)
    return answers


async def reason_of(call: Any) -> str:
    """Reads until the stream ends, and returns why it was refused."""
    try:
        while await call.read() is not grpc.aio.EOF:
            pass
    except grpc.aio.AioRpcError as error:
        return refusal_from(error).reason
    return ""


async def test_each_batch_is_answered_under_its_number(
    presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    call = sources.StreamReports()

    (opened,) = await sent(call, OPEN)
    answers = await sent(call, a_batch(7, "ana", "bob"), a_batch(8, "ana", "nobody"))
    await call.done_writing()

    assert await call.read() is grpc.aio.EOF
    assert opened.beat.lease.seconds == 10
    by_number = {each.answer.number: each.answer.response for each in answers}
    assert list(by_number[7].outcomes) == [RECORDED, RECORDED]
    assert [refusal.reason for refusal in by_number[8].refusals] == ["UNKNOWN_AGENT"]
    log = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert event_ids(log) == ["e-7", "e-8"]


async def test_a_heartbeat_is_answered_with_the_lease(sources: SourceServiceStub) -> None:
    call = sources.StreamReports()

    answers = await sent(call, OPEN, BEAT)

    assert [answer.beat.lease.seconds for answer in answers] == [10, 10]


async def test_a_silent_stream_hears_of_the_server(
    sources: SourceServiceStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_stream, "BEAT_SECONDS", 0.05)
    call = sources.StreamReports()
    await sent(call, OPEN)

    told = await call.read()

    assert told.beat.HasField("server_time")
    assert not told.beat.HasField("lease")


async def test_a_stream_that_is_not_opened_is_refused(sources: SourceServiceStub) -> None:
    call = sources.StreamReports()

    await call.write(a_batch(1, "ana"))

    assert await reason_of(call) == "INVALID_FIELD"


async def test_an_empty_batch_ends_the_stream_with_its_reason(sources: SourceServiceStub) -> None:
    call = sources.StreamReports()
    await sent(call, OPEN)

    await call.write(a_batch(1))

    assert await reason_of(call) == "INVALID_FIELD"


async def test_more_batches_than_may_wait_are_refused(
    sources: SourceServiceStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_stream, "MOST_IN_HAND", 0)
    call = sources.StreamReports()
    await sent(call, OPEN)

    await call.write(a_batch(1, "ana"))

    assert await reason_of(call) == "OVERLOADED"


async def test_what_was_not_answered_is_sent_again_on_the_next_stream_without_harm(
    presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    first = sources.StreamReports()
    await sent(first, OPEN)
    await first.write(a_batch(1, "ana"))
    first.cancel()
    await asyncio.wait({asyncio.ensure_future(first.code())})

    second = sources.StreamReports()
    answers = await sent(second, OPEN, a_batch(1, "ana"))

    assert len(answers[1].answer.response.cursors) == 1
    log = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert event_ids(log) == ["e-1"]


def example_of_the_page() -> str:
    page = Path("docs/how-to/report-states.md").read_text("utf-8")
    return page.partition("```python\n")[2].partition("```")[0]


async def test_the_example_of_the_how_to_page_works(replicas: Replicas, replica: Replica) -> None:
    around = {"TARGET": f"127.0.0.1:{replica.port}", "TOKEN": replicas.token()}

    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        example_of_the_page(),
        env={**os.environ, **around, "AGENT": "agents/ana"},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()

    assert output.decode().splitlines() == ["lease of 10 s", "batch 1 has []", "asked again for []"]
