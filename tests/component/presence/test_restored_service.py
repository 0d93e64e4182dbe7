"""What callers of presence notice of a restore: places of before have expired, and that is all."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import json_format
from muster.presence.v1 import presence_service_pb2, state_pb2
from muster.presence.v1 import record_service_pb2 as record_pb
from muster.presence.v1 import timeline_service_pb2 as wire

from chassis.rpc.channel import refusal_from
from tests.component.conftest import OwnerUrl
from tests.component.presence.record import a_record
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import ALREADY, NOON, a_report, a_request, timestamp
from tests.support.restoring import raised

BUSY, ONLINE = state_pb2.STATE_BUSY, state_pb2.STATE_ONLINE


@pytest.fixture
async def former(replicas: Replicas, owner_url: OwnerUrl) -> state_pb2.Cursor:
    """The place to which the log had come when it was restored."""
    async with replicas.apart() as before:
        presence = before.caller(await before.start())
        reports = [a_report(agent, f"{agent}-1", 60) for agent in ("ana", "bob")]
        answer = await presence.ReportStates(a_request(*reports))
    await raised(owner_url("presence"))
    cursor: state_pb2.Cursor = answer.cursors[0]
    return cursor


@pytest.fixture
async def replica(former: state_pb2.Cursor, replicas: Replicas) -> Replica:
    """Presence as it was started after the restore."""
    return await replicas.start()


async def test_a_place_of_before_has_expired_for_watches_and_replays(
    former: state_pb2.Cursor, replicas: Replicas, replica: Replica
) -> None:
    watch = wire.WatchAgentStatesRequest(after=former)
    replay = presence_service_pb2.ReplayChangesRequest(after=former)

    for call in (
        replicas.reader(replica).WatchAgentStates(watch),
        replicas.caller(replica).ReplayChanges(replay),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await anext(aiter(call))
        assert refusal_from(caught.value).reason == "CURSOR_EXPIRED"


async def test_a_new_snapshot_is_followed_without_a_gap(
    former: state_pb2.Cursor, replicas: Replicas, replica: Replica
) -> None:
    reader = replicas.reader(replica)
    page = await reader.ListAgentStates(wire.ListAgentStatesRequest(site="sites/bank"))
    watch = reader.WatchAgentStates(wire.WatchAgentStatesRequest(after=page.cursor))

    await replicas.caller(replica).ReportStates(a_request(a_report("ana", "ana-2", 120)))
    changes = await _first_changes(aiter(watch))

    assert [one.state for one in page.agent_states][:2] == [ONLINE, ONLINE]
    assert page.cursor.epoch > former.epoch
    assert page.cursor.seq == former.seq
    assert changes.cursor.epoch == page.cursor.epoch
    assert changes.cursor.seq == former.seq + 1


async def test_what_is_sent_again_after_the_restore_is_a_repeat(
    former: state_pb2.Cursor, replicas: Replicas, replica: Replica
) -> None:
    again = a_request(a_report("ana", "ana-1", 60))

    answer = await replicas.caller(replica).ReportStates(again)

    assert list(answer.outcomes) == [ALREADY]
    assert answer.cursors[0].seq == former.seq


async def test_a_timeline_holds_both_sides(replicas: Replicas, replica: Replica) -> None:
    await report_busy(replicas, replica)
    request = wire.GetAgentTimelineRequest(
        agent="agents/ana",
        start_time=timestamp(NOON),
        end_time=timestamp(NOON + timedelta(minutes=3)),
    )

    timeline = await replicas.reader(replica).GetAgentTimeline(request)

    assert [one.state for one in timeline.intervals][-2:] == [ONLINE, BUSY]


async def test_receipt_and_log_are_verified_over_both_sides(
    replicas: Replicas,
    replica: Replica,
    owner_url: OwnerUrl,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await report_busy(replicas, replica)
    monkeypatch.setenv("MUSTER_TOKEN", replicas.token())
    request = record_pb.GetReceiptRequest(agent="agents/ana", day=NOON.date().isoformat())
    file = tmp_path / "ana.receipt.json"
    file.write_text(json_format.MessageToJson(await replicas.record(replica).GetReceipt(request)))
    asked = ("--gateway", f"127.0.0.1:{replica.port}", "--site", "bank")

    async with a_record(owner_url("presence"), tmp_path, NOON) as book:
        receipt = await book.verify("receipt", str(file))
        log = await book.verify("log", *asked)

    assert receipt.exit_code == 0, receipt.output
    assert "VALID: 2 entries of agents/ana" in receipt.output
    assert log.exit_code == 0, log.output
    assert "restored from a backup before link 2" in log.output


async def report_busy(replicas: Replicas, replica: Replica) -> None:
    busy = a_report("ana", "ana-2", 120, state=BUSY)
    await replicas.caller(replica).ReportStates(a_request(busy))


async def _first_changes(watch: AsyncIterator[Any]) -> Any:
    return await anext(step.changes async for step in watch if step.HasField("changes"))
