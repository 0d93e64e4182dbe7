"""Why a stream of reports ends, whatever the work in hand says while it is ended."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from muster.presence.v1 import presence_service_pb2
from muster.presence.v1 import source_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state

from chassis.errors import Refusal
from chassis.identity import Identity
from chassis.scope import EVERYTHING
from services.presence.app.heartbeats import HeartbeatAnswer
from services.presence.rpc.source_stream import ReportStream
from tests.unit.presence.builders import MORNING

OPEN = wire.StreamReportsRequest(
    open=wire.StreamReportsRequest.Open(source="pbx", source_kind=state.SOURCE_KIND_TELEPHONY)
)
BATCH = wire.StreamReportsRequest(
    batch=wire.StreamReportsRequest.Batch(
        number=1,
        reports=[presence_service_pb2.StateReport(agent="agents/ana", event_id="e-1")],
    )
)
NOTHING = wire.StreamReportsRequest()


async def test_a_message_that_is_refused_ends_the_stream_with_its_reason() -> None:
    begun = asyncio.Event()

    async def report_states(*_: object) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise RuntimeError("the connection was cut in the middle of a statement")

    async def beat(*_: object) -> HeartbeatAnswer:
        return HeartbeatAnswer(None, (), (), MORNING)

    async def write(_: wire.StreamReportsResponse) -> None:
        pass

    async def messages() -> AsyncIterator[wire.StreamReportsRequest]:
        yield OPEN
        yield BATCH
        await begun.wait()
        yield NOTHING

    fakes: tuple[Any, Any] = report_states, beat
    identity = Identity("accounts/pbx", frozenset(), EVERYTHING)
    stream = ReportStream(*fakes, identity, write)

    with pytest.raises(Refusal) as refused:
        await stream.run(messages())

    assert refused.value.reason == "INVALID_FIELD"
