"""An agent takes home what proves her day, and anybody checks it without asking us."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import json_format
from muster.presence.v1 import record_service_pb2 as wire
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.record_service_pb2_grpc import RecordServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.conftest import OwnerUrl
from tests.component.presence.record import Attacker, Record, a_record
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import NOON, a_report, a_request
from tests.component.presence.roster import FakeRoster
from tests.support.waiting import eventually

TODAY = NOON.date().isoformat()


@pytest.fixture
def record(replicas: Replicas, replica: Replica) -> RecordServiceStub:
    return replicas.record(replica)


@pytest.fixture
async def book(owner_url: OwnerUrl, tmp_path: Path) -> AsyncIterator[Record]:
    """The same record, kept by hand, with the same keys."""
    async with a_record(owner_url("presence"), tmp_path, NOON + timedelta(days=2)) as made:
        yield made


async def save(record: RecordServiceStub, folder: Path, agent: str = "ana") -> Path:
    request = wire.GetReceiptRequest(agent=f"agents/{agent}", day=TODAY)
    file = folder / f"{agent}.receipt.json"
    file.write_text(json_format.MessageToJson(await record.GetReceipt(request)))
    return file


async def report(presence: PresenceServiceStub, *event_ids: str) -> None:
    for number, event_id in enumerate(event_ids):
        reports = [a_report(agent, event_id, number) for agent in ("ana", "bob", "eve")]
        await presence.ReportStates(a_request(*reports))


async def test_a_receipt_is_valid_by_the_key_alone(
    presence: PresenceServiceStub, record: RecordServiceStub, book: Record, tmp_path: Path
) -> None:
    await report(presence, "e-1", "e-2")

    verdict = await book.verify("receipt", str(await save(record, tmp_path)))

    assert verdict.exit_code == 0, verdict.output
    assert f"VALID: 2 entries of agents/ana on {TODAY} (UTC)" in verdict.output
    assert "ONLINE from pbx by accounts/ana" in verdict.output
    assert "0 of 2 links are proven by the daily roots given" in verdict.output


async def test_a_receipt_holds_the_names_of_nobody_else(
    presence: PresenceServiceStub, record: RecordServiceStub
) -> None:
    await report(presence, "e-1")

    receipt = await record.GetReceipt(wire.GetReceiptRequest(agent="agents/bob", day=TODAY))

    assert {opening.value for opening in receipt.openings} == {"agents/bob", "accounts/ana"}


async def test_the_receipt_of_a_closed_day_is_proven_by_its_root(
    presence: PresenceServiceStub, record: RecordServiceStub, book: Record, tmp_path: Path
) -> None:
    await report(presence, "e-1", "e-2", "e-3")
    await book.keep()
    (root,) = book.roots_folder.rglob("*.root.json")

    file = await save(record, tmp_path)
    verdict = await book.verify("receipt", str(file), "--root", str(root), "--json")

    assert verdict.json["valid"], verdict.output
    assert verdict.json["rooted_links"] == verdict.json["links"] == 3


def forge_a_state(receipt: dict[str, Any]) -> None:
    entry = receipt["links"][0]["entries"][0]
    entry["hashedBytes"] = entry["hashedBytes"][:-8] + "AAAAAAA="


def forge_a_place(receipt: dict[str, Any]) -> None:
    receipt["links"][0]["entries"][0]["position"] = 2


def forge_a_time(receipt: dict[str, Any]) -> None:
    receipt["links"][0]["link"]["recordedTime"] = "2026-01-01T00:00:00Z"


def forge_a_name(receipt: dict[str, Any]) -> None:
    receipt["agent"] = "agents/eve"


def forge_a_salt(receipt: dict[str, Any]) -> None:
    receipt["openings"][0]["value"] = "agents/eve"


def forge_a_signature(receipt: dict[str, Any]) -> None:
    receipt["links"][0]["checkpoint"]["signature"] = "A" * 86 + "=="


@pytest.mark.parametrize(
    "forge",
    [
        forge_a_state,
        forge_a_place,
        forge_a_time,
        forge_a_name,
        forge_a_salt,
        forge_a_signature,
    ],
)
async def test_a_forged_receipt_is_found_out(
    presence: PresenceServiceStub,
    record: RecordServiceStub,
    book: Record,
    tmp_path: Path,
    forge: Any,
) -> None:
    await report(presence, "e-1")
    file = await save(record, tmp_path)
    receipt = json.loads(file.read_text())
    forge(receipt)
    file.write_text(json.dumps(receipt))

    verdict = await book.verify("receipt", str(file))

    assert verdict.exit_code == 1
    assert verdict.output.startswith("TAMPERED")


async def test_what_was_altered_after_it_was_signed_gets_no_receipt(
    presence: PresenceServiceStub, record: RecordServiceStub, book: Record
) -> None:
    await report(presence, "e-1", "e-2")
    await book.keep()
    attacker = Attacker(book.url)
    attacker.run("UPDATE state_log SET state = 5 WHERE event_id = 'e-1' AND agent = 'agents/ana'")
    attacker.make_links_again()

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await record.GetReceipt(wire.GetReceiptRequest(agent="agents/ana", day=TODAY))

    assert refusal_from(caught.value).reason == "LOG_DISAGREES"


async def test_the_receipt_of_an_agent_who_moved_holds_both_sites(
    presence: PresenceServiceStub, record: RecordServiceStub, roster: FakeRoster
) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-1")))
    await roster.move("ana", "shop")
    numbers = count(2)

    async def reported_at_the_new_site() -> bool:
        answer = await presence.ReportStates(a_request(a_report("ana", f"e-{next(numbers)}")))
        return bool(answer.cursors[0].site == "sites/shop")

    await eventually(reported_at_the_new_site)

    receipt = await record.GetReceipt(wire.GetReceiptRequest(agent="agents/ana", day=TODAY))

    assert {link.link.place.site for link in receipt.links} == {"sites/bank", "sites/shop"}


async def test_somebody_elses_receipt_is_not_found(
    replicas: Replicas, replica: Replica, presence: PresenceServiceStub
) -> None:
    await report(presence, "e-1")
    own = replicas.record(replica, scope=Scope(frozenset(), frozenset({"agents/ana"})))

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await own.GetReceipt(wire.GetReceiptRequest(agent="agents/bob", day=TODAY))

    assert refusal_from(caught.value).reason == "UNKNOWN_AGENT"
    receipt = await own.GetReceipt(wire.GetReceiptRequest(agent="agents/ana", day=TODAY))
    assert len(receipt.links) == 1


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (wire.GetReceiptRequest(agent="ana", day=TODAY), "agent"),
        (wire.GetReceiptRequest(agent="agents/ana", day="22.11.2026"), "day"),
        (wire.GetReceiptRequest(agent="agents/ana", day=TODAY, zone="Mars/Olympus"), "zone"),
    ],
)
async def test_a_malformed_request_names_the_field(
    record: RecordServiceStub, request_: wire.GetReceiptRequest, field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await record.GetReceipt(request_)

    assert [violation.field for violation in refusal_from(caught.value).violations] == [field]


async def test_checkpoints_are_listed_page_by_page(
    presence: PresenceServiceStub, record: RecordServiceStub, book: Record
) -> None:
    for event_id in ("e-1", "e-2", "e-3"):
        await report(presence, event_id)
        await book.keep()

    request = wire.ListCheckpointsRequest(site="sites/bank", page_size=1)
    seqs = []
    while True:
        page = await record.ListCheckpoints(request)
        seqs += [checkpoint.place.seq for checkpoint in page.checkpoints]
        request.page_token = page.next_page_token
        if not request.page_token:
            break

    assert seqs == sorted(set(seqs))
    assert seqs[-1] == 3


async def test_the_last_checkpoint_is_found_without_the_others(
    presence: PresenceServiceStub, record: RecordServiceStub, book: Record
) -> None:
    for event_id in ("e-1", "e-2"):
        await report(presence, event_id)
        await book.keep()

    last = await record.ListCheckpoints(
        wire.ListCheckpointsRequest(site="sites/bank", last_only=True)
    )

    assert [checkpoint.place.seq for checkpoint in last.checkpoints] == [2]
    assert not last.next_page_token


async def test_the_root_of_a_day_is_read_by_its_name(
    presence: PresenceServiceStub, record: RecordServiceStub, book: Record
) -> None:
    await report(presence, "e-1")
    await book.keep()
    name = f"sites/bank/dailyRoots/{datetime.now(UTC).date().isoformat()}"  # noqa: TID251 - recorded now

    root = await record.GetDailyRoot(wire.GetDailyRootRequest(name=name))
    (listed,) = (
        await record.ListDailyRoots(wire.ListDailyRootsRequest(site="sites/bank"))
    ).daily_roots

    assert root == listed
    assert root.exported
    other = wire.GetDailyRootRequest(name="sites/bank/dailyRoots/2020-01-01")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await record.GetDailyRoot(other)
    assert refusal_from(caught.value).reason == "NO_DAILY_ROOT"


async def test_what_is_recorded_is_signed_without_anybody_asking(
    presence: PresenceServiceStub, record: RecordServiceStub
) -> None:
    await report(presence, "e-1")

    async def signed() -> bool:
        request = wire.ListCheckpointsRequest(site="sites/bank")
        return bool((await record.ListCheckpoints(request)).checkpoints)

    await eventually(signed)


async def test_of_two_replicas_one_keeps_the_record(
    replicas: Replicas, presence: PresenceServiceStub, record: RecordServiceStub
) -> None:
    other = replicas.record(await replicas.start())
    await report(presence, "e-1")
    request = wire.ListCheckpointsRequest(site="sites/bank")

    async def signed() -> bool:
        return bool((await record.ListCheckpoints(request)).checkpoints)

    await eventually(signed)
    assert await other.ListCheckpoints(request) == await record.ListCheckpoints(request)
    assert len((await record.ListCheckpoints(request)).checkpoints) == 1
