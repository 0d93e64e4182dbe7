"""`muster import queue-log` as a person types it, against a gateway in memory."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc.aio
import pytest
from google.protobuf.json_format import MessageToDict
from muster.dispatch.v1 import contact_pb2, contact_service_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import (
    ContactServiceServicer,
    add_ContactServiceServicer_to_server,
)
from muster.presence.v1 import state_pb2
from muster.presence.v1.presence_service_pb2_grpc import add_PresenceServiceServicer_to_server
from muster.roster.v1.roster_service_pb2_grpc import add_RosterServiceServicer_to_server

from tests.component.importing.conftest import Muster
from tests.component.importing.gateway import FakeGateway

LOG = """\
1000|MANAGER|Care_1|SIP/100|ADDMEMBER|
1010|c1|Care_1|NONE|ENTERQUEUE||0123|1
1020|c1|Care_1|SIP/100|CONNECT|10|u1|5
1080|c1|Care_1|SIP/100|BLINDTRANSFER|600|internal|10|60|1
1081|c1|sales|NONE|ENTERQUEUE||0123|1
1085|c1|sales|SIP/200|CONNECT|4|u2|3
1095|c1|sales|SIP/200|COMPLETECALLER|4|10|1
1100|NONE|Care_1|SIP/100|PAUSE|Short break!
1200|NONE|Care_1|SIP/100|UNPAUSE|
1210|c2|sales|NONE|ENTERQUEUE||0124|1
1230|c2|sales|NONE|ABANDON|1|1|20
1300|MANAGER|Care_1|SIP/100|REMOVEMEMBER|
"""
PLACE = ("--site", "harbour", "--site-name", "Harbour", "--zone", "Europe/Lisbon")
_Response = contact_service_pb2.ReportContactsResponse


class FakeContacts(ContactServiceServicer):
    """Records events once, as dispatch does."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, str, str, str], contact_pb2.ContactEvent] = {}

    async def ReportContacts(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        answer = _Response()
        for event in request.events:
            key = (request.site, request.source, event.contact_id, event.event_id)
            known = key in self.events
            self.events[key] = event
            answer.outcomes.append(
                _Response.OUTCOME_ALREADY_RECORDED if known else _Response.OUTCOME_RECORDED
            )
        return answer


@pytest.fixture
def contacts() -> FakeContacts:
    return FakeContacts()


@pytest.fixture
async def gateway_address(gateway: FakeGateway, contacts: FakeContacts) -> AsyncIterator[str]:
    server = grpc.aio.server()
    add_RosterServiceServicer_to_server(gateway, server)
    add_PresenceServiceServicer_to_server(gateway, server)
    add_ContactServiceServicer_to_server(contacts, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"127.0.0.1:{port}"
    await server.stop(None)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "queue_log"
    file.write_text(LOG, encoding="utf-8")
    return file


async def test_people_states_and_calls_arrive(
    muster_import: Muster, gateway: FakeGateway, contacts: FakeContacts, log: Path
) -> None:
    answer = await muster_import(
        "queue-log", log, *PLACE, "--alias", "SIP/100=Ana Lima", "--reason", "Short break!=short"
    )

    assert answer.exit_code == 0
    assert sorted(gateway.agents) == ["agents/ana-lima", "agents/sip-200"]
    assert gateway.agents["agents/ana-lima"].display_name == "Ana Lima"
    assert _states_of(gateway, "ana-lima") == [
        (1000, "STATE_ONLINE", "", []),
        (1020, "STATE_BUSY", "", ["c1"]),
        (1080, "STATE_ONLINE", "", []),
        (1100, "STATE_BREAK", "short", []),
        (1200, "STATE_ONLINE", "", []),
        (1300, "STATE_OFFLINE", "", []),
    ]
    assert _states_of(gateway, "sip-200") == [
        (1085, "STATE_BUSY", "", ["c1"]),
        (1095, "STATE_ONLINE", "", []),
        (1300, "STATE_UNOBSERVED", "", []),
    ]
    assert _events_of(contacts, "c1") == [
        (1010, "KIND_ENQUEUED", "care-1", "", None, None),
        (1020, "KIND_ANSWERED", "care-1", "agents/ana-lima", "10s", None),
        (1080, "KIND_TRANSFERRED", "care-1", "agents/ana-lima", None, "60s"),
        (1081, "KIND_ENQUEUED", "sales", "", None, None),
        (1085, "KIND_ANSWERED", "sales", "agents/sip-200", "4s", None),
        (1095, "KIND_ENDED", "sales", "agents/sip-200", None, "10s"),
    ]
    assert _events_of(contacts, "c2") == [
        (1210, "KIND_ENQUEUED", "sales", "", None, None),
        (1230, "KIND_ABANDONED", "sales", "", "20s", None),
    ]


async def test_importing_twice_changes_nothing(
    muster_import: Muster, gateway: FakeGateway, contacts: FakeContacts, log: Path
) -> None:
    first = (await muster_import("queue-log", log, *PLACE, "--json")).json
    states, events = len(gateway.reports), len(contacts.events)

    second = (await muster_import("queue-log", log, *PLACE, "--json")).json

    assert first["state_reports"] == {"recorded": states, "already_recorded": 0, "refused": {}}
    assert first["contact_events"] == {"recorded": events, "already_recorded": 0, "refused": {}}
    assert second["created"] == 0
    assert second["state_reports"] == {"recorded": 0, "already_recorded": states, "refused": {}}
    assert second["contact_events"] == {"recorded": 0, "already_recorded": events, "refused": {}}
    assert (len(gateway.reports), len(contacts.events)) == (states, events)


async def test_being_online_by_activity_alone_is_marked_as_inferred(
    muster_import: Muster, gateway: FakeGateway, log: Path
) -> None:
    await muster_import("queue-log", log, *PLACE)

    inferred = {
        (report.agent, report.occurred_time.seconds)
        for report in gateway.reports.values()
        if report.inferred
    }

    assert inferred == {("agents/sip-200", 1095)}


async def test_a_call_that_the_log_leaves_open_does_not_wait_for_ever(
    muster_import: Muster, contacts: FakeContacts, log: Path
) -> None:
    with log.open("a") as out:
        out.write("1310|c3|sales|NONE|ENTERQUEUE||0125|1\n1320|c3|sales|SIP/200|CONNECT|10|u|3\n")
        out.write("1330|c4|sales|NONE|ENTERQUEUE||0126|1\n")

    await muster_import("queue-log", log, *PLACE)

    assert _events_of(contacts, "c2") != []
    assert _events_of(contacts, "c3") == _events_of(contacts, "c4") == []


async def test_people_are_created_only_if_asked(
    muster_import: Muster, gateway: FakeGateway, log: Path
) -> None:
    answer = await muster_import("queue-log", log, "--site", "harbour")

    assert "there is no site harbour" in answer.refusal
    assert "--site-name" in answer.refusal
    assert gateway.reports == {}


async def test_a_dry_run_needs_no_server_and_reads_rotated_files_oldest_first(
    muster_import: Muster, gateway: FakeGateway, tmp_path: Path
) -> None:
    lines = LOG.splitlines(keepends=True)
    newest, oldest = tmp_path / "queue_log", tmp_path / "queue_log-1.gz"
    newest.write_text("".join(lines[6:]), encoding="utf-8")
    oldest.write_bytes(gzip.compress("".join(lines[:6]).encode()))

    answer = await muster_import("queue-log", newest, oldest, newest, "--dry-run", "--json")

    assert answer.json["lines"]["read"] == len(lines)
    assert answer.json["agents"]["SIP/100"]["totals"]["login_s"] == 300
    assert gateway.reports == {}


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--dry-run", "--zone", "Mars"), "--zone Mars: write an IANA time zone"),
        (("--dry-run", "--alias", "SIP/100"), "--alias SIP/100: write two names"),
        (("--dry-run", "--window", "9 o'clock", "2000"), "--window 9 o'clock: write seconds"),
        (("--dry-run", "--window", "2000", "1000"), "the start is to be before the end"),
        (("--site", "harbour", "--window", "1000", "2000"), "--window is for --dry-run"),
        ((), "name the people's site with --site"),
        (("--site", "The Harbour"), "--site The Harbour: an id is"),
        (("--site", "harbour", "--reason", "Lunch=Long Lunch"), "--reason Long Lunch: an id is"),
    ],
)
async def test_what_is_typed_wrongly_is_told_in_one_line(
    muster_import: Muster, log: Path, words: tuple[str, ...], refusal: str
) -> None:
    answer = await muster_import("queue-log", log, *words)

    assert answer.exit_code == 1
    assert refusal in answer.refusal


async def test_two_names_that_would_be_one_id_are_refused(
    muster_import: Muster, gateway: FakeGateway, tmp_path: Path
) -> None:
    file = tmp_path / "queue_log"
    file.write_text("1000|M|care|SIP/1|ADDMEMBER|\n1000|M|care|SIP-1|ADDMEMBER|\n")

    answer = await muster_import("queue-log", file, *PLACE)

    assert "'SIP-1' and 'SIP/1' would both be sip-1" in answer.refusal
    assert gateway.agents == {}


async def test_a_table_for_people_shows_seconds_and_the_sum_of_lines(
    muster_import: Muster, log: Path
) -> None:
    with log.open("a") as out:
        out.write("1310|c1|care|NONE|SURVEY|5\nnot a line\n")

    answer = await muster_import("queue-log", log, "--dry-run")

    assert "0:05:00" in answer.output
    assert "unknown event SURVEY" in answer.output
    assert "14 of 14" in answer.output
    assert "line 14: fewer than time, call, queue, agent and event: 'not a line'" in answer.output


async def test_who_is_added_under_one_name_and_works_under_another_is_pointed_out(
    muster_import: Muster, tmp_path: Path
) -> None:
    file = tmp_path / "queue_log"
    file.write_text(
        "1000|M|care|Local/1@from-queue/n|ADDMEMBER|\n1100|NONE|care|Ana|PAUSE|Lunch\n"
        "1200|M|care|Local/1@from-queue/n|REMOVEMEMBER|\n"
    )

    answer = await muster_import("queue-log", file, "--dry-run")

    assert "never at work under this name: Local/1@from-queue/n." in answer.output
    assert "--alias" in answer.output


def _states_of(gateway: FakeGateway, agent: str) -> list[tuple[int, str, str, list[str]]]:
    return sorted(
        (
            report.occurred_time.seconds,
            state_pb2.State.Name(report.state),
            report.reason,
            list(report.contacts),
        )
        for report in gateway.reports.values()
        if report.agent == f"agents/{agent}"
    )


def _events_of(contacts: FakeContacts, contact: str) -> list[tuple[Any, ...]]:
    own = [event for event in contacts.events.values() if event.contact_id == contact]
    dicts = [MessageToDict(event, preserving_proto_field_name=True) for event in own]
    return [
        (
            event.occurred_time.seconds,
            each["kind"],
            each["queue_id"],
            each.get("agent", ""),
            each.get("wait"),
            each.get("talk"),
        )
        for event, each in zip(own, dicts, strict=True)
    ]
