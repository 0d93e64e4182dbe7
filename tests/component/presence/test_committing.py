"""What many callers, several replicas and unlucky moments leave behind."""

import asyncio

import grpc
import psycopg
import pytest
from muster.presence.v1 import events_pb2
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub

from chassis.bus import Bus, ensure_stream, subject_of
from chassis.rpc.channel import refusal_from
from proof.entry import encode_entry
from proof.link import Link
from proof.merkle import leaf_hash, root_of
from services.presence.domain.agent_state import replay
from services.presence.domain.chain import hashed_entry_of
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.store.rows import logged_entry_of
from services.presence.store.tables import STATE_LOG
from tests.component.conftest import OwnerUrl
from tests.component.presence.replicas import Replicas
from tests.component.presence.reports import (
    ALREADY,
    RECORDED,
    a_log_request,
    a_report,
    a_request,
    event_ids,
)
from tests.support.waiting import eventually

Rows = list[tuple[object, ...]]


def query(url: str, statement: str) -> Rows:
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode()).fetchall()


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())


def ensure_chain_holds(url: str, site: str = "bank") -> None:
    """Links follow each other without a hole, and each covers just its entries."""
    columns = ", ".join(STATE_LOG.columns.keys())
    logged = [logged_entry_of(row) for row in query(url, f"SELECT {columns} FROM state_log")]
    links = query(
        url,
        "SELECT site, epoch, seq, recorded_time, previous_hash, root, entry_count, hash"
        f" FROM link WHERE site = '{site}' ORDER BY epoch, seq",
    )
    digests: dict[str, bytes] = dict(query(url, "SELECT name, digest FROM person"))  # type: ignore[arg-type]  # two columns
    sealed = query(url, f"SELECT seq, position, digest FROM entry_text WHERE site = '{site}'")
    texts = {(seq, position): digest for seq, position, digest in sealed}
    previous = b""
    for seq, (*values, stored_hash) in enumerate(links, 1):
        link = Link(*values)  # type: ignore[arg-type]  # in the order of its fields
        own = sorted((e for e in logged if e.link == (site, 1, seq)), key=lambda e: e.position)
        assert [e.position for e in own] == list(range(link.entry_count))
        assert link.seq == seq
        assert link.previous_hash == previous
        hashed = [hashed_entry_of(e.entry, digests, texts.get((seq, e.position), b"")) for e in own]  # type: ignore[arg-type]  # bytes
        assert link.root == root_of([leaf_hash(encode_entry(entry)) for entry in hashed])
        assert link.hash == stored_hash
        previous = link.hash


def ensure_states_are_those_of_the_log(url: str) -> None:
    """What is stored of each agent is what her log says."""
    columns = ", ".join(STATE_LOG.columns.keys())
    logged = [logged_entry_of(row) for row in query(url, f"SELECT {columns} FROM state_log")]
    stored = query(
        url,
        "SELECT agent, state, reason, activity, marks, contacts,"
        " state = 2 AND load_count < capacity_count,"
        " since_time, limit_time, seq"
        " FROM agent_state",
    )
    assert {agent for agent, *_ in stored} == {own.entry.agent for own in logged}
    for agent, *values in stored:
        own = [one for one in logged if one.entry.agent == agent]
        told = replay([one.entry for one in own], PrecedenceHistory())
        *look, contacts, has_left = told.look
        last = max(own, key=lambda one: one.recorded_time)
        after = (told.since_time, told.limit_time, last.link.seq)
        assert values == [*look, list(contacts), has_left, *after]


async def test_one_poison_item_harms_nobody(
    presence: PresenceServiceStub, owner_url: OwnerUrl
) -> None:
    url = owner_url("presence")
    execute(url, "ALTER TABLE state_log ADD CONSTRAINT poison CHECK (event_id <> 'poison')")
    reports = [a_report("ana", f"e-{number}", number) for number in range(20)]
    reports[13].event_id = "poison"
    reports[13].occurred_time.seconds += 100

    mine, other = await asyncio.gather(
        presence.ReportStates(a_request(*reports)),
        presence.ReportStates(a_request(a_report("bob", "e-1"))),
    )

    assert [index for index, outcome in enumerate(mine.outcomes) if outcome != RECORDED] == [13]
    assert [(r.index, r.reason) for r in mine.refusals] == [(13, "INVALID_FIELD")]
    assert list(other.outcomes) == [RECORDED]
    ensure_chain_holds(url)


async def test_a_caller_who_leaves_takes_nothing_with_her(
    presence: PresenceServiceStub, owner_url: OwnerUrl
) -> None:
    url = owner_url("presence")
    await presence.ReportStates(a_request(a_report("ana", "e-0")))
    with psycopg.connect(url) as connection:
        connection.execute("SELECT FROM site_head WHERE site = 'bank' FOR UPDATE")
        leaving = presence.ReportStates(a_request(a_report("ana", "e-1", 1)))
        staying = asyncio.ensure_future(presence.ReportStates(a_request(a_report("bob", "e-1", 1))))
        await until_somebody_waits(url)
        leaving.cancel()

    assert list((await staying).outcomes) == [RECORDED]
    again = await presence.ReportStates(a_request(a_report("ana", "e-1", 1)))
    assert list(again.outcomes) == [ALREADY]


async def until_somebody_waits(url: str) -> None:
    await eventually(lambda: query(url, "SELECT FROM pg_locks WHERE NOT granted"))


async def test_callers_at_once_on_one_site_share_commits(
    presence: PresenceServiceStub, owner_url: OwnerUrl
) -> None:
    calls = [
        presence.ReportStates(a_request(a_report("ana", f"e-{number}", number)))
        for number in range(40)
    ]

    answers = await asyncio.gather(*calls)

    assert all(list(answer.outcomes) == [RECORDED] for answer in answers)
    url = owner_url("presence")
    ((links, entries),) = query(url, "SELECT count(*), sum(entry_count) FROM link")
    assert entries == 40
    assert isinstance(links, int)
    assert links < 40
    ensure_chain_holds(url)


async def test_two_replicas_write_one_chain_and_record_once(
    replicas: Replicas, owner_url: OwnerUrl
) -> None:
    callers = [replicas.caller(await replicas.start()) for _ in range(2)]
    requests = [
        a_request(*(a_report("ana", f"e-{number}", number) for number in range(start, start + 30)))
        for start in range(0, 300, 10)
    ]

    answers = await asyncio.gather(
        *(caller.ReportStates(request) for request in requests for caller in callers)
    )

    outcomes = [outcome for answer in answers for outcome in answer.outcomes]
    assert outcomes.count(RECORDED) == 320
    assert set(outcomes) == {RECORDED, ALREADY}
    ensure_chain_holds(owner_url("presence"))
    ensure_states_are_those_of_the_log(owner_url("presence"))


async def test_what_two_sources_say_in_turns_makes_one_state(
    replicas: Replicas, owner_url: OwnerUrl
) -> None:
    one, other = [replicas.caller(await replicas.start()) for _ in range(2)]
    agent_kind = state.SOURCE_KIND_AGENT
    pause = a_report("ana", "e-2", 20, state=state.STATE_BREAK, reason="meal")

    await one.ReportStates(a_request(a_report("ana", "e-1", 10)))
    await other.ReportStates(a_request(pause, source="app", source_kind=agent_kind))
    await one.ReportStates(
        a_request(
            a_report("ana", "e-3", 30, state=state.STATE_BUSY, contacts=["c-2", "c-1"]),
            a_report("ana", "e-4", 15),
        )
    )

    url = owner_url("presence")
    assert query(url, "SELECT state, contacts FROM agent_state") == [
        (state.STATE_BUSY, ["c-1", "c-2"])
    ]
    ensure_states_are_those_of_the_log(url)


async def test_a_large_call_is_split_into_links(
    presence: PresenceServiceStub, owner_url: OwnerUrl
) -> None:
    reports = [a_report("ana", f"e-{number}", number * 0.5) for number in range(4_500)]

    answer = await presence.ReportStates(a_request(*reports))

    assert set(answer.outcomes) == {RECORDED}
    assert [cursor.seq for cursor in answer.cursors] == [3]
    url = owner_url("presence")
    sizes = query(url, "SELECT entry_count FROM link ORDER BY seq")
    assert sizes == [(2_000,), (2_000,), (500,)]
    ensure_chain_holds(url)


async def test_heavy_reports_make_messages_of_bounded_size(
    presence: PresenceServiceStub, owner_url: OwnerUrl
) -> None:
    contacts = [f"{number:02}" + "呼" * 126 for number in range(64)]
    busy = state.STATE_BUSY
    reports = [
        a_report("ana", f"e-{number}", number, state=busy, contacts=contacts)
        for number in range(30)
    ]

    await presence.ReportStates(a_request(*reports))

    url = owner_url("presence")
    ((largest, count),) = query(url, "SELECT max(length(payload)), count(*) FROM outbox")
    assert isinstance(largest, int)
    assert largest <= 256 * 1024
    assert isinstance(count, int)
    assert count > 1
    ensure_chain_holds(url)


async def test_the_published_message_tells_the_commit(
    presence: PresenceServiceStub, bus: Bus
) -> None:
    # Presence makes its stream beside answering calls: it may not be there yet.
    await ensure_stream(bus, "presence")
    subscription = await bus.jetstream.subscribe(
        subject_of("presence", "agent_states_changed", "bank"), ordered_consumer=True
    )
    answer = await presence.ReportStates(
        a_request(
            a_report("ana", "e-1", state=state.STATE_BUSY, contacts=["c-1", "c-2"]),
            a_report("bob", "e-2", state=state.STATE_BREAK, reason="meal"),
        )
    )

    message = await subscription.next_msg(timeout=30)

    assert message.headers is not None
    assert message.headers["Nats-Msg-Id"] == "bank:1:1"
    told = events_pb2.AgentStatesChanged.FromString(message.data)
    assert told.cursor == answer.cursors[0]
    assert list(told.agents) == ["agents/ana", "agents/bob"]
    assert [told.reasons[index] for index in told.reason_indexes] == ["", "meal"]
    assert list(told.contact_counts) == [2, 0]
    assert list(told.contacts) == ["c-1", "c-2"]
    (entry,) = (await presence.ListStateLog(a_log_request("bob"))).entries
    assert told.recorded_time == entry.recorded_time
    assert told.occurred_times_us[1] == entry.occurred_time.ToMicroseconds()
    assert list(told.current_states) == [state.STATE_BUSY, state.STATE_BREAK]
    assert told.current_since_times_us == told.occurred_times_us


async def test_too_many_reports_at_once_are_sent_back(
    replicas: Replicas, owner_url: OwnerUrl
) -> None:
    presence = replicas.caller(await replicas.start(most_pending_reports=10))
    url = owner_url("presence")
    await presence.ReportStates(a_request(a_report("ana", "e-0")))
    with psycopg.connect(url) as connection:
        connection.execute("SELECT FROM site_head WHERE site = 'bank' FOR UPDATE")
        first = asyncio.ensure_future(presence.ReportStates(a_request(a_report("ana", "e-1", 1))))
        await until_somebody_waits(url)

        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await presence.ReportStates(
                a_request(*(a_report("bob", f"e-{number}", number) for number in range(10)))
            )

    refusal = refusal_from(caught.value)
    assert (refusal.code, refusal.reason) == ("RESOURCE_EXHAUSTED", "OVERLOADED")
    assert refusal.retry_after is not None
    assert list((await first).outcomes) == [RECORDED]


async def test_nothing_is_lost_when_the_database_goes_away_in_a_commit(
    presence: PresenceServiceStub, owner_url: OwnerUrl
) -> None:
    url = owner_url("presence")
    await presence.ReportStates(a_request(a_report("ana", "e-0")))
    with psycopg.connect(url) as connection:
        connection.execute("SELECT FROM site_head WHERE site = 'bank' FOR UPDATE")
        call = asyncio.ensure_future(presence.ReportStates(a_request(a_report("ana", "e-1", 1))))
        await until_somebody_waits(url)
        execute(
            url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND usename = current_user",
        )

    # UNAVAILABLE is repeated by the channel; recording is idempotent.
    assert list((await call).outcomes) == [RECORDED]
    entries = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert event_ids(entries) == ["e-0", "e-1"]
    ensure_chain_holds(url)
