"""A person is erased: nobody can name her any more, and what was proven is still proven."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import grpc
import psycopg
import pytest
from google.protobuf import json_format
from muster.presence.v1 import record_service_pb2 as wire
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.record_service_pb2_grpc import RecordServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from services.presence.app.record_ports import Erasure
from services.presence.store.erasure import PostgresErasures
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.presence.record import Attacker, Record, a_note, a_record
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import NOON, a_report, a_request
from tests.support.waiting import eventually

_ANA = "agents/ana"
_TEXT = "left early for the dentist"


@pytest.fixture
def record(replicas: Replicas, replica: Replica) -> RecordServiceStub:
    return replicas.record(replica)


@pytest.fixture
async def book(owner_url: OwnerUrl, tmp_path: Path) -> AsyncIterator[Record]:
    """The same record, kept by hand, with the same keys."""
    async with a_record(owner_url("presence"), tmp_path, NOON + timedelta(days=2)) as made:
        yield made


@pytest.fixture
async def written(presence: PresenceServiceStub, book: Record) -> None:
    """A day of three agents, with a note on Ana, closed and exported."""
    for number, event_id in enumerate(("e-1", "e-2")):
        reports = [a_report(agent, event_id, number) for agent in ("ana", "bob", "eve")]
        await presence.ReportStates(a_request(*reports))
    await book.write(a_note(_TEXT, event_id="n", occurred_time=NOON, actor="accounts/bob"))
    await book.keep()


def an_erasure(**changes: object) -> wire.EraseAgentRequest:
    values: dict[str, object] = {
        "agent": _ANA,
        "request_id": str(uuid4()),
        "reason": "asked for it",
    }
    return wire.EraseAgentRequest(**(values | changes))  # type: ignore[arg-type]  # by name


def places_of(url: str, words: str) -> list[str]:
    """Every table of presence that holds the words in some row."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'presence'::regnamespace"
            " AND relkind = 'r'"
        ).fetchall()
        return [
            name
            for (name,) in tables
            if connection.execute(
                f"SELECT 1 FROM {name} AS t WHERE position(%s IN t::text) > 0"
                f" OR position(%s IN t::text) > 0 LIMIT 1".encode(),
                (words, words.encode().hex()),
            ).fetchone()
        ]


_SENDS_ALL = """
CREATE FUNCTION send_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE outbox SET published_time = now() WHERE published_time IS NULL; RETURN NULL;
END $$;
CREATE TRIGGER send_all AFTER DELETE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION send_all();
"""


async def erase(record: RecordServiceStub, request: wire.EraseAgentRequest) -> str:
    """Asks until all is done: what was not sent out yet keeps it waiting."""
    pseudonyms = []

    async def is_completed() -> bool:
        answer = await record.EraseAgent(request)
        pseudonyms.append(answer.pseudonym)
        return bool(answer.completed)

    await eventually(is_completed)
    assert len(set(pseudonyms)) == 1
    return str(pseudonyms[0])


@pytest.mark.usefixtures("written")
async def test_no_table_holds_her_name_or_what_was_written_of_her(
    record: RecordServiceStub, book: Record
) -> None:
    assert "state_log" in str(places_of(book.url, _ANA))

    pseudonym = await erase(record, an_erasure())

    assert places_of(book.url, _ANA) == []
    assert places_of(book.url, _TEXT) == []
    assert "person" in places_of(book.url, pseudonym)


async def test_what_is_sent_in_the_midst_of_an_erasure_goes_too(
    book: Record, database: OpenDatabase
) -> None:
    await book.write(a_note(_TEXT, event_id="n", occurred_time=NOON))
    Attacker(book.url).run(_SENDS_ALL)
    erasures = PostgresErasures(await database("presence"))
    erasure = Erasure(uuid4(), (_ANA,), ("agents/erased-1",), book.clock.now(), False)

    taken = await erasures.begin(erasure, "asked for it")

    assert not await erasures.go_on(taken, book.clock.now())
    assert await erasures.go_on(taken, book.clock.now())
    assert places_of(book.url, _ANA) == []


@pytest.mark.usefixtures("written")
async def test_the_chain_and_its_exported_root_stay_valid(
    record: RecordServiceStub, book: Record
) -> None:
    await erase(record, an_erasure())

    verdict = await book.verify_log("--json")

    assert verdict.exit_code == 0, verdict.output
    assert verdict.json[0]["erased_names"] == 2


@pytest.mark.usefixtures("written")
async def test_the_signed_in_see_which_salts_an_erasure_explains(
    record: RecordServiceStub,
    book: Record,
    replicas: Replicas,
    replica: Replica,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MUSTER_TOKEN", replicas.token())
    gateway = f"127.0.0.1:{replica.port}"
    arguments = ("log", "--gateway", gateway, "--site", "bank", "--json")
    await erase(record, an_erasure())

    erased = await book.verify(*arguments)
    Attacker(book.url).run("UPDATE person SET salt = NULL WHERE name = 'agents/bob'")
    emptied = await book.verify(*arguments)

    assert erased.exit_code == 0, erased.output
    assert erased.json[0]["erased_names"] == 2
    assert emptied.exit_code == 1
    assert emptied.json[0]["erased_names"] == 2
    assert "'agents/bob' is gone, and no erasure" in emptied.json[0]["faults"][0]["what"]


@pytest.mark.usefixtures("written")
async def test_her_receipt_of_before_and_those_of_others_stay_valid(
    record: RecordServiceStub, book: Record, tmp_path: Path
) -> None:
    files = []
    for agent in ("ana", "bob"):
        request = wire.GetReceiptRequest(agent=f"agents/{agent}", day=NOON.date().isoformat())
        files.append(tmp_path / f"{agent}.json")
        files[-1].write_text(json_format.MessageToJson(await record.GetReceipt(request)))

    await erase(record, an_erasure())

    for file in files:
        verdict = await book.verify("receipt", str(file))
        assert verdict.exit_code == 0, verdict.output


@pytest.mark.usefixtures("written")
async def test_other_names_of_hers_are_erased_with_her(
    record: RecordServiceStub, book: Record
) -> None:
    await erase(record, an_erasure(aliases=["accounts/bob"]))

    assert places_of(book.url, "accounts/bob") == []
    assert (await book.verify_log()).exit_code == 0


@pytest.mark.usefixtures("written")
async def test_who_reports_under_the_name_again_is_another_person(
    presence: PresenceServiceStub, record: RecordServiceStub, book: Record
) -> None:
    pseudonym = await erase(record, an_erasure())

    await presence.ReportStates(a_request(a_report("ana", "new", 9)))

    with psycopg.connect(book.url) as connection:
        rows = connection.execute(
            "SELECT count(DISTINCT digest) FROM person WHERE name IN (%s, %s)", (pseudonym, _ANA)
        ).fetchone()
    assert rows == (2,)
    assert (await book.verify_log()).exit_code == 0


@pytest.mark.usefixtures("written")
async def test_an_erasure_that_was_killed_on_its_way_is_completed(
    replicas: Replicas, record: RecordServiceStub, book: Record, database: OpenDatabase
) -> None:
    request = an_erasure()
    taken = Erasure(
        UUID(request.request_id), (_ANA,), ("agents/erased-1",), book.clock.now(), False
    )
    await PostgresErasures(await database("presence")).begin(taken, request.reason)

    await replicas.start()

    async def nothing_left() -> bool:
        return places_of(book.url, _ANA) == []

    await eventually(nothing_left)
    assert (await record.EraseAgent(request)).completed
    assert (await book.verify_log()).exit_code == 0


@pytest.mark.usefixtures("written")
async def test_who_may_not_see_her_cannot_erase_her(replicas: Replicas, replica: Replica) -> None:
    elsewhere = replicas.record(replica, scope=Scope(frozenset({"sites/shop"})))

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await elsewhere.EraseAgent(an_erasure())

    assert refusal_from(caught.value).reason == "UNKNOWN_AGENT"


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("alias", ["agents/tom", "accounts/bob"])
async def test_her_other_names_are_only_those_that_the_caller_may_erase(
    replicas: Replicas, replica: Replica, book: Record, alias: str
) -> None:
    of_bank = replicas.record(replica, scope=Scope(frozenset({"sites/bank"})))

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await of_bank.EraseAgent(an_erasure(aliases=[alias]))

    refusal = refusal_from(caught.value)
    assert (refusal.reason, refusal.metadata["agent"]) == ("UNKNOWN_AGENT", alias)
    assert places_of(book.url, _ANA)


@pytest.mark.usefixtures("written")
async def test_the_id_of_one_erasure_does_not_pass_for_that_of_another(
    record: RecordServiceStub, book: Record
) -> None:
    request = an_erasure()
    await erase(record, request)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await record.EraseAgent(an_erasure(agent="agents/eve", request_id=request.request_id))

    assert refusal_from(caught.value).reason == "REQUEST_ID_REUSED"
    assert places_of(book.url, "agents/eve")
    assert (await record.EraseAgent(request)).completed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agent": "ana"}, "agent"),
        ({"request_id": "1"}, "request_id"),
        ({"reason": ""}, "reason"),
        ({"aliases": ["ana"]}, "aliases[0]"),
    ],
)
async def test_a_malformed_request_names_the_field(
    record: RecordServiceStub, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await record.EraseAgent(an_erasure(**changes))

    assert [violation.field for violation in refusal_from(caught.value).violations] == [field]
