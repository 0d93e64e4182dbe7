"""What is written down of calls, over real ports and a real database."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import grpc
import httpx
import psycopg
import pytest
from muster.dispatch.v1 import contact_pb2
from muster.presence.v1 import timeline_service_pb2 as timelines
from muster.presence.v1 import timeline_service_pb2_grpc
from muster.roster.v1 import people_pb2

from chassis.clock import SystemClock
from chassis.rpc.channel import refusal_from
from gateway.app.audit_keeping import AuditKeeping, months_before
from gateway.store.audit_reading import StoredAudit
from gateway.store.audit_writing import StoredAuditWriter
from proof.audit import AuditContent, judge_audit_log, read_export
from proof.verify import SiteJudgement
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk
from tests.component.gateway.test_protection import choose
from tests.unit.proof.builders import Key

TIMELINE = {
    "start_time": "2026-11-22T00:00:00Z",
    "end_time": "2026-11-23T00:00:00Z",
}
ANA = "/v1/agents/harbor-0001/timeline"
COACHING = {"x-muster-purpose": "coaching"}
OTHER = {"x-muster-purpose": "other: %E5%AE%A2%E6%88%B7%E6%8A%95%E8%AF%89"}


@pytest.fixture
async def floor(desk: Desk) -> Desk:
    """A desk whose roster knows Ana, the agent of the account `agent`, at a strict site."""
    desk.roster.members.append(people_pb2.Agent(name="agents/harbor-0001", site=SITE))
    return desk


async def look(desk: Desk, account: str = "supervisor", **headers: str) -> httpx.Response:
    async with desk.http(await desk.sign_in(account)) as client:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.get(ANA, params=TIMELINE, headers=sent)


async def entries(desk: Desk, **wanted: str) -> list[dict[str, Any]]:
    async with desk.http(await desk.sign_in()) as client:
        answer = await client.get("/v1/auditEntries", params=wanted)
    listed: list[dict[str, Any]] = answer.json()["entries"]
    return listed


async def test_a_look_at_somebody_of_a_strict_site_needs_a_purpose(floor: Desk) -> None:
    refused = await look(floor)
    unknown = await look(floor, x_muster_purpose="curiosity")
    wordless = await look(floor, x_muster_purpose="other")
    allowed = await look(floor, **COACHING)

    assert [one.status_code for one in (refused, unknown, wordless)] == [400, 400, 400]
    assert refused.json()["reason"] == "PURPOSE_REQUIRED"
    assert "coaching" in refused.json()["metadata"]["purposes"].split(",")
    assert allowed.json().get("reason") != "PURPOSE_REQUIRED"


async def test_nobody_needs_a_purpose_for_her_own_rows(floor: Desk) -> None:
    answer = await look(floor, "agent")

    assert answer.json().get("reason") != "PURPOSE_REQUIRED"


async def test_a_purpose_is_asked_for_over_grpc_as_well(floor: Desk) -> None:
    request = timelines.GetAgentTimelineRequest(agent="agents/harbor-0001")
    async with floor.rpc(await floor.sign_in()) as channel:
        ask = timeline_service_pb2_grpc.TimelineServiceStub(channel).GetAgentTimeline
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await ask(request)

    assert refusal_from(refused.value).reason == "PURPOSE_REQUIRED"


async def look_at_many(desk: Desk, *agents: str, **headers: str) -> httpx.Response:
    async with desk.http(await desk.sign_in()) as client:
        params = {**TIMELINE, "agents": [f"agents/{agent}" for agent in agents]}
        return await client.get(f"/v1/{SITE}/timelines", params=params, headers=headers)


async def test_whoever_picks_one_person_out_of_a_site_looks_at_her(floor: Desk) -> None:
    refused = await look_at_many(floor, "harbor-0001")
    padded = await look_at_many(floor, "harbor-0001", *(f"nobody-{n}" for n in range(9)))
    allowed = await look_at_many(floor, "harbor-0001", "a", **COACHING)

    assert [refused.json()["reason"], padded.json()["reason"]] == ["PURPOSE_REQUIRED"] * 2
    assert allowed.status_code == 200
    told = [(one["person"], one["kind"]) for one in await entries(floor, site=SITE)]
    assert sorted(told[:2]) == [("agents/a", "KIND_LOOK"), ("agents/harbor-0001", "KIND_LOOK")]
    assert told[2:] == [("agents/harbor-0001", "KIND_REFUSAL")] * 2


async def test_five_persons_are_a_group_and_whole_sites_are_no_look(floor: Desk) -> None:
    group = [f"one-{number}" for number in range(5)]
    floor.roster.members += [people_pb2.Agent(name=f"agents/{name}", site=SITE) for name in group]

    answers = [await look_at_many(floor, *group), await look_at_many(floor)]

    assert [one.status_code for one in answers] == [200, 200]
    async with floor.http(await floor.sign_in()) as client:
        told = (await client.get("/v1/auditEntries", params={"site": SITE})).json()
    assert told == {}


async def test_nobody_learns_from_the_purpose_whether_there_is_somebody(floor: Desk) -> None:
    await choose(floor)
    floor.roster.members.append(people_pb2.Agent(name="agents/hidden", site=SITE))
    async with floor.http(await floor.sign_in("agent")) as client:
        answers = [
            (await client.get(f"/v1/agents/{name}/timeline", params=TIMELINE)).json()["reason"]
            for name in ("hidden", "nobody")
        ]

    assert answers == ["PURPOSE_REQUIRED", "PURPOSE_REQUIRED"]


async def test_a_look_is_written_down_with_who_at_whom_and_why(floor: Desk) -> None:
    await look(floor, **OTHER)

    [entry] = await entries(floor, person="agents/harbor-0001")
    assert entry["kind"] == "KIND_LOOK"
    assert entry["actor"] == "accounts/supervisor"
    assert entry["method"] == "muster.presence.v1.TimelineService/GetAgentTimeline"
    assert entry["purpose"] == "other: 客户投诉"
    assert entry["site"] == SITE
    assert entry["addressClass"] == "ADDRESS_CLASS_LOOPBACK"
    assert "start_time=2026-11-22T00:00:00Z" in entry["summary"]


async def test_a_look_without_its_purpose_is_written_down_as_refused(floor: Desk) -> None:
    await look(floor)

    [entry] = await entries(floor, person="agents/harbor-0001")
    assert (entry["kind"], entry["outcome"]) == ("KIND_REFUSAL", "FAILED_PRECONDITION")


async def test_she_sees_who_looked_at_her_and_why_and_not_her_own_looks(floor: Desk) -> None:
    await look(floor, **COACHING)
    await look(floor, "agent")

    async with floor.http(await floor.sign_in("agent")) as client:
        [seen] = (await client.get("/v1/accounts/me/looks")).json()["looks"]
    async with floor.http(await floor.sign_in()) as client:
        nobody = (await client.get("/v1/accounts/me/looks")).json()

    assert seen["actor"] == "accounts/supervisor"
    assert seen["actorDisplayName"] == "Supervisor"
    assert seen["purpose"] == "coaching"
    assert seen["method"].endswith("/GetAgentTimeline")
    assert "looks" not in nobody


async def play(desk: Desk, contact: str = "contacts/c", purpose: str = "complaint 12") -> int:
    async with desk.http(await desk.sign_in()) as client:
        asked = {"purpose": purpose}
        return (await client.post(f"/v1/{contact}/recordings/r:open", json=asked)).status_code


def talked_to(desk: Desk, *agents: str) -> None:
    """Has dispatch know a contact in which those agents took part."""
    legs = [contact_pb2.Leg(agent=f"agents/{agent}") for agent in agents]
    desk.dispatch.contacts.append(contact_pb2.Contact(name="contacts/c", site=SITE, legs=legs))


async def test_everybody_in_a_contact_sees_who_played_its_recording_and_why(floor: Desk) -> None:
    talked_to(floor, "harbor-0001", "gone", "harbor-0001")

    codes = [await play(floor), await play(floor, purpose="quality: monthly sample")]

    async with floor.http(await floor.sign_in("agent")) as client:
        seen = (await client.get("/v1/accounts/me/looks")).json()["looks"]
    assert codes == [200, 200]
    assert [(one["method"], one["actor"], one["purpose"]) for one in seen] == [
        (_PLAY, "accounts/supervisor", "quality: monthly sample"),
        (_PLAY, "accounts/supervisor", "other: complaint 12"),
    ]
    assert len(await entries(floor, person="agents/gone", method=_PLAY)) == 4


async def test_who_plays_her_own_recording_looks_at_the_others_alone(
    floor: Desk, owner_url: OwnerUrl
) -> None:
    talked_to(floor, "harbor-0001", "second")
    with psycopg.connect(owner_url("gateway")) as connection:
        connection.execute("UPDATE account SET agent = '' WHERE id = 'agent'")
        connection.execute(
            "UPDATE account SET agent = 'agents/harbor-0001' WHERE id = 'supervisor'"
        )

    await play(floor)

    async with floor.http(await floor.sign_in()) as client:
        assert (await client.get("/v1/accounts/me/looks")).json() == {}
    assert await entries(floor, person="agents/second", method=_PLAY)


async def test_a_play_whose_persons_nobody_can_tell_is_refused(floor: Desk) -> None:
    await floor.stop("dispatch")

    assert await play(floor) == 503

    async with floor.http(await floor.sign_in()) as client:
        assert (await client.get("/v1/auditEntries", params={"method": _PLAY})).json() == {}


async def test_the_play_of_what_is_not_there_is_written_down_as_refused(floor: Desk) -> None:
    assert await play(floor, "contacts/none") == 404

    outcome, change = await entries(floor, method=_PLAY)
    assert (outcome["outcome"], "person" in change) == ("NOT_FOUND", False)


_PLAY = "muster.dispatch.v1.ContactService/OpenRecording"


async def test_she_sees_who_changed_the_account_by_which_one_is_she(floor: Desk) -> None:
    row = {"name": "accounts/second", "display_name": "S", "roles": ["roles/agent"]}
    hers = {**row, "agent": "agents/harbor-0001"}
    async with floor.http(await floor.sign_in()) as client:
        await client.post("/v1/accounts/agent/oneTimeCodes", json={})
        await client.patch("/v1/accounts/agent", json={"displayName": "Ana"})
        await client.post("/v1/accounts:apply", json={"accounts": [row]})
        await client.post("/v1/accounts:apply", json={"accounts": [hers], "validate_only": True})
        await client.post("/v1/accounts:apply", json={"accounts": [hers]})

    async with floor.http(await floor.sign_in("agent")) as client:
        seen = (await client.get("/v1/accounts/me/looks")).json()["looks"]

    assert [one["method"].rpartition("/")[2] for one in seen] == [
        "ApplyAccounts",
        "UpdateAccount",
        "CreateOneTimeCode",
    ]
    assert {one["actor"] for one in seen} == {"accounts/supervisor"}
    told = await entries(floor, person="agents/harbor-0001", site=SITE)
    assert {one["outcome"] for one in told if one["kind"] == "KIND_OUTCOME"} == {
        "OK",
        "FAILED_PRECONDITION",
    }


async def test_one_call_about_the_accounts_of_several_tells_each_of_them(floor: Desk) -> None:
    rows = [
        {
            "name": f"accounts/{n}",
            "display_name": n,
            "roles": ["roles/agent"],
            "agent": f"agents/{n}",
        }
        for n in ("one", "two")
    ]
    async with floor.http(await floor.sign_in()) as client:
        applied = await client.post("/v1/accounts:apply", json={"accounts": rows})

    assert applied.status_code == 200, applied.text
    for name in ("one", "two"):
        outcome, change = await entries(floor, person=f"agents/{name}")
        assert (outcome["kind"], outcome["outcome"]) == ("KIND_OUTCOME", "OK")
        assert outcome["changeEntry"] == change["name"]


async def test_a_change_is_written_down_before_it_and_with_its_outcome(floor: Desk) -> None:
    async with floor.http(await floor.sign_in()) as client:
        await client.put(f"/v1/{SITE}/protectionProfile", json={"rule_set": "lax"})

    outcome, change = (await entries(floor, site=SITE))[:2]
    assert (change["kind"], outcome["kind"]) == ("KIND_CHANGE", "KIND_OUTCOME")
    assert outcome["changeEntry"] == change["name"]
    assert outcome["outcome"] == "INVALID_ARGUMENT"


async def test_signing_in_and_failing_to_are_written_down_without_the_password(
    floor: Desk, owner_url: OwnerUrl
) -> None:
    async with floor.http() as client:
        wrong = {"account": "agent", "password": "my-secret-pass"}
        await client.post("/v1/sessions", json=wrong)
    await floor.sign_in("agent")

    told = await entries(floor, actor="accounts/agent")
    assert [one["outcome"] for one in told if one["kind"] == "KIND_OUTCOME"] == [
        "OK",
        "UNAUTHENTICATED",
    ]
    with psycopg.connect(owner_url("gateway")) as connection:
        rows = connection.execute("SELECT e::text FROM audit_entry e").fetchall()
    assert not any("my-secret-pass" in row[0] for row in rows)


async def test_a_call_that_lacks_its_permission_is_written_down(floor: Desk) -> None:
    async with floor.http(await floor.sign_in("agent")) as client:
        await client.post("/v1/accounts:apply", json={})

    [entry] = await entries(floor, actor="accounts/agent", method=_APPLY)
    assert (entry["kind"], entry["outcome"]) == ("KIND_REFUSAL", "PERMISSION_DENIED")


_APPLY = "muster.gateway.v1.AccountService/ApplyAccounts"


async def test_what_has_a_log_of_its_own_is_not_written_down_twice(floor: Desk) -> None:
    async with floor.http(await floor.sign_in()) as client:
        await client.post("/v1/states:report", json={"reports": []})
        await client.get("/v1/sites")

    methods = {entry["method"] for entry in await entries(floor)}
    assert methods == {"muster.gateway.v1.AccountService/CreateSession"}


async def test_entries_are_paged_from_the_newest_on(floor: Desk) -> None:
    for _ in range(3):
        await look(floor, **COACHING)

    async with floor.http(await floor.sign_in()) as client:
        asked = {"person": "agents/harbor-0001", "page_size": "2"}
        first = (await client.get("/v1/auditEntries", params=asked)).json()
        asked["page_token"] = first["nextPageToken"]
        second = (await client.get("/v1/auditEntries", params=asked)).json()

    names = [one["name"] for page in (first, second) for one in page["entries"]]
    assert names == sorted(names, key=_place_of, reverse=True)
    assert len(set(names)) == 3


def _place_of(name: str) -> tuple[int, int]:
    seq, position = name.removeprefix("auditEntries/").split("-")
    return int(seq), int(position)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'accounts/nobody'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DELETE FROM audit_link",
        "UPDATE audit_checkpoint SET seq = 0",
    ],
)
async def test_the_role_of_the_gateway_can_only_add(
    floor: Desk, owner_url: OwnerUrl, statement: str
) -> None:
    await look(floor, **COACHING)

    with (
        psycopg.connect(owner_url("gateway")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


async def test_a_call_that_cannot_be_written_down_is_not_made(
    floor: Desk, owner_url: OwnerUrl
) -> None:
    token = await floor.sign_in()
    with psycopg.connect(owner_url("gateway")) as connection:
        # Its owner may; who does, is found out by the gateway's next write.
        connection.execute("ALTER TABLE audit_link RENAME TO gone")
        connection.commit()

        async with floor.http(token) as client:
            refused = await client.get(ANA, params=TIMELINE, headers=COACHING)

    assert refused.status_code == 503
    assert refused.json()["reason"] == "AUDIT_UNAVAILABLE"


@pytest.fixture
async def stored(database: OpenDatabase) -> tuple[StoredAuditWriter, StoredAudit]:
    opened = await database("gateway")
    return StoredAuditWriter(opened), StoredAudit(opened)


def contents(*persons: str) -> Sequence[AuditContent]:
    return [
        AuditContent(
            kind="LOOK", actor="accounts/lead", method="s/M", person=f"agents/{one}", site=SITE
        )
        for one in persons
    ]


async def judged(reader: StoredAudit, key: Key) -> SiteJudgement:
    export = await reader.read_part(1)
    return judge_audit_log(export, key.public, SystemClock().now())


async def signed_log(
    stored: tuple[StoredAuditWriter, StoredAudit], key: Key
) -> tuple[StoredAuditWriter, StoredAudit]:
    """Three links of two looks each, signed."""
    writer, reader = stored
    for _ in range(3):
        await writer.append(contents("ana", "bob"), SystemClock().now())
    await AuditKeeping(reader, key, 24, SystemClock(), _NO_LOG).sign()
    return stored


_NO_LOG: Any = None

TAMPERING = [
    ("UPDATE audit_entry SET person = 'agents/eve' WHERE seq = 2 AND position = 1", 2),
    ("UPDATE audit_entry SET recorded_time = recorded_time - interval '1 s' WHERE seq = 2", 2),
    ("DELETE FROM audit_entry WHERE seq = 2 AND position = 0", 2),
    ("DELETE FROM audit_link WHERE seq = 2", 2),
    ("DELETE FROM audit_link WHERE seq = 3; DELETE FROM audit_entry WHERE seq = 3", 3),
    ("UPDATE audit_link SET recorded_time = recorded_time - interval '1 s' WHERE seq = 1", 1),
    (
        "INSERT INTO audit_entry SELECT (jsonb_populate_record(e, '{\"seq\": 9}')).*"
        " FROM audit_entry e WHERE seq = 1 AND position = 0",
        9,
    ),
]


@pytest.mark.parametrize(("statement", "seq"), TAMPERING)
async def test_tampering_by_somebody_with_every_right_is_named_by_its_link(
    stored: tuple[StoredAuditWriter, StoredAudit], owner_url: OwnerUrl, statement: str, seq: int
) -> None:
    key = Key("gateway")
    _, reader = await signed_log(stored, key)
    assert (await judged(reader, key)).is_valid

    with _every_right(owner_url("gateway")) as connection:
        for part in statement.split(";"):
            connection.execute(part.encode())

    judgement = await judged(reader, key)
    assert seq in {fault.seq for fault in judgement.faults}


def _every_right(url: str) -> Any:
    """A connection as an owner who has granted itself what was revoked, and lifted the triggers."""
    connection = psycopg.connect(url, autocommit=True)
    for (table,) in connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname LIKE 'audit_%'"
    ).fetchall():
        connection.execute(f"GRANT ALL ON {table} TO CURRENT_USER".encode())
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    return connection


async def test_what_no_longer_continues_what_was_signed_is_not_signed(
    stored: tuple[StoredAuditWriter, StoredAudit], owner_url: OwnerUrl
) -> None:
    key = Key("gateway")
    writer, reader = await signed_log(stored, key)
    await writer.append(contents("ana"), SystemClock().now())
    with _every_right(owner_url("gateway")) as connection:
        connection.execute("UPDATE audit_link SET previous_hash = hash WHERE seq = 4")
    told: list[int] = []
    told_log: Any = _Told(told)

    await AuditKeeping(reader, key, 24, SystemClock(), told_log).sign()

    last = await reader.find_last_checkpoint()
    assert last is not None
    assert (last.seq, told) == (3, [4])


class _Told:
    """Notes at which seq the log was found to disagree."""

    def __init__(self, told: list[int]) -> None:
        self._told = told

    def error(self, _event: str, *, seq: int) -> None:
        self._told.append(seq)


async def test_dropped_months_leave_a_log_that_is_proven_by_its_signatures(
    stored: tuple[StoredAuditWriter, StoredAudit],
) -> None:
    key = Key("gateway")
    writer, reader = stored
    now = SystemClock().now()
    old = now.replace(year=now.year - 3)
    await writer.append(contents("ana"), old)
    keeping = AuditKeeping(reader, key, 24, SystemClock(), _NO_LOG)
    await keeping.sign()
    await writer.append(contents("bob"), now)
    await keeping.sign()

    assert await reader.drop_before(months_before(now.date(), 24)) == 1

    judgement = await judged(reader, key)
    assert judgement.is_valid
    assert (judgement.dropped_links, judgement.entries) == (1, 1)


async def test_an_export_holds_the_whole_log_and_is_itself_written_down(floor: Desk) -> None:
    await look(floor, **COACHING)

    async with floor.http(await floor.sign_in()) as client:
        answer = await client.get("/v1/auditLog:export")

    export = read_export(_lines(answer.content))
    told = [kept.content for link in export.links for kept in link.entries]
    assert answer.headers["content-type"] == "application/jsonl"
    assert [one.person for one in told if one.person] == ["agents/harbor-0001"]
    assert told[-1].method.endswith("/ExportAuditLog")


def _lines(content: bytes) -> Iterator[str]:
    for line in content.decode().splitlines():
        json.loads(line)
        yield line
