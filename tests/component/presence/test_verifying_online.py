"""`muster verify` through the API, as whoever is signed in."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from typer.testing import CliRunner

from chassis.scope import Scope
from cli.verify.commands import app
from cli.verify.online import GatewayRecord
from tests.component.conftest import OwnerUrl
from tests.component.presence.record import Attacker, Record, Verdict, a_record
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import NOON, a_report, a_request, timestamp

_YESTERDAY = NOON - timedelta(days=1)


@pytest.fixture
async def book(owner_url: OwnerUrl, tmp_path: Path) -> AsyncIterator[Record]:
    """The same record, kept by hand, with the same keys."""
    async with a_record(owner_url("presence"), tmp_path, NOON + timedelta(days=2)) as made:
        yield made


@pytest.fixture(autouse=True)
def signed_in(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_TOKEN", replicas.token())


async def report_yesterday(presence: PresenceServiceStub) -> None:
    for number in range(3):
        time = timestamp(_YESTERDAY + timedelta(minutes=number))
        reports = [
            a_report(agent, f"e-{number}", occurred_time=time, state=1 + 4 * (number % 2))
            for agent in ("ana", "bob", "eve")[: number + 1]
        ]
        await presence.ReportStates(a_request(*reports))


async def report_at_the_shop(presence: PresenceServiceStub) -> None:
    await presence.ReportStates(
        a_request(a_report("tom", "s-1", occurred_time=timestamp(_YESTERDAY)))
    )


async def verify_cache(replica: Replica) -> Verdict:
    arguments = ["cache", "--site", "bank", "--day", _YESTERDAY.date().isoformat()]
    arguments += ["--gateway", f"127.0.0.1:{replica.port}"]
    result = await asyncio.to_thread(CliRunner().invoke, app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Verdict(result.exit_code, result.output)


async def test_a_log_is_verified_through_the_api(
    replica: Replica, presence: PresenceServiceStub, book: Record
) -> None:
    await report_yesterday(presence)
    await book.keep()
    gateway = f"127.0.0.1:{replica.port}"
    arguments = ("log", "--gateway", gateway, "--site", "bank", "--roots", str(book.roots_folder))

    verdict = await book.verify(*arguments)
    attacker = Attacker(book.url)
    attacker.run("UPDATE state_log SET state = 4 WHERE seq = 2 AND position = 1")
    attacker.make_links_again()
    altered = await book.verify(*arguments)
    attacker.run(
        "INSERT INTO state_log (recorded_time, seq, epoch, site, position, occurred_time,"
        " source_sequence, state, activity, source_kind, kind, marks, agent, event_id, source,"
        " reason, actor, contacts) SELECT recorded_time, 99, epoch, site, 7, occurred_time,"
        " source_sequence, 5, activity, source_kind, kind, marks, agent, 'forged', source, reason,"
        " actor, contacts FROM state_log WHERE seq = 1 AND position = 0"
    )
    inserted = await book.verify(*arguments)

    assert verdict.exit_code == 0, verdict.output
    assert "site bank: VALID, 3 links, 6 entries" in verdict.output
    assert altered.exit_code == 1
    assert "link 2, entry 1 was altered: agents/bob" in altered.output
    assert "entry 7 was inserted and is in no link" in inserted.output


@pytest.mark.parametrize("altered", [False, True])
async def test_a_site_that_the_caller_may_not_read_hinders_no_other(
    replicas: Replicas,
    replica: Replica,
    presence: PresenceServiceStub,
    book: Record,
    monkeypatch: pytest.MonkeyPatch,
    altered: bool,
) -> None:
    await report_yesterday(presence)
    await report_at_the_shop(presence)
    await book.keep()
    monkeypatch.setenv("MUSTER_TOKEN", replicas.token(Scope(frozenset({"sites/shop"}))))
    # Roster, which lists sites, does not run beside presence here.
    monkeypatch.setattr(GatewayRecord, "list_sites", _both_sites)
    if altered:
        attacker = Attacker(book.url)
        attacker.run("UPDATE state_log SET state = 4 WHERE site = 'shop'")
    gateway = f"127.0.0.1:{replica.port}"

    verdict = await book.verify("log", "--gateway", gateway)
    told = (await book.verify("log", "--gateway", gateway, "--json")).json

    assert verdict.exit_code == (1 if altered else 2), verdict.output
    bank, shop, *_ = verdict.output.splitlines()
    assert bank.startswith("site bank: could not be checked: ")
    assert shop.startswith("site shop: TAMPERED" if altered else "site shop: VALID, 1 links")
    assert [one["valid"] for one in told] == [None, not altered]
    assert told[0]["not_checked"] in bank


async def _both_sites(_: GatewayRecord) -> list[str]:
    return ["bank", "shop"]


async def test_a_packed_day_that_is_not_what_the_log_says_is_found(
    replicas: Replicas, replica: Replica, presence: PresenceServiceStub, book: Record
) -> None:
    await report_yesterday(presence)
    before = await verify_cache(replica)

    Attacker(book.url).run(
        "UPDATE agent_day SET packed = (SELECT packed FROM agent_day AS other"
        " WHERE other.agent = 'agents/eve' AND other.day = agent_day.day)"
        " WHERE agent = 'agents/ana'"
    )
    after = await verify_cache(await replicas.start())

    assert before.exit_code == 0, before.output
    assert "VALID, 3 agents" in before.output
    assert after.exit_code == 1
    assert "agents/ana: the packed day is not what the log says" in after.output
