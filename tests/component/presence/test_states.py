"""What a caller may rely on when she reads and watches what agents are now."""

import asyncio
from collections.abc import AsyncIterator

import grpc
import pytest
from google.type import date_pb2
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1 import timeline_service_pb2 as wire
from muster.presence.v1.events_pb2 import AgentStatesChanged
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import a_report, a_request
from tests.component.presence.roster import FakeRoster
from tests.support.waiting import eventually

ONLY_ANA = Scope(sites=frozenset(), agents=frozenset({"agents/ana"}))
BUSY, OFFLINE = state.STATE_BUSY, state.STATE_OFFLINE
Watch = AsyncIterator[wire.WatchAgentStatesResponse]


@pytest.fixture
async def morning(presence: PresenceServiceStub) -> None:
    await presence.ReportStates(
        a_request(
            a_report("ana", "e-1", 60, state=BUSY, contacts=["c-1"]),
            a_report("bob", "e-1", 30),
            a_report("tom", "e-1", -60, state=OFFLINE),
        )
    )


@pytest.mark.usefixtures("morning")
async def test_states_are_listed_page_by_page(reader: TimelineServiceStub) -> None:
    request = wire.ListAgentStatesRequest(site="sites/bank", page_size=1)
    first = await reader.ListAgentStates(request)
    request.page_token = first.next_page_token
    second = await reader.ListAgentStates(request)

    ana, bob = first.agent_states[0], second.agent_states[0]
    assert (ana.agent, ana.state, list(ana.contacts)) == ("agents/ana", BUSY, ["c-1"])
    assert (ana.team, bob.team) == ("teams/north", "teams/south")
    assert bob.agent == "agents/bob"
    assert first.cursor == state.Cursor(site="sites/bank", epoch=1, seq=1)


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    ("changes", "agents"),
    [
        ({"states": [BUSY]}, ["agents/ana"]),
        ({"teams": ["teams/south"]}, ["agents/bob"]),
        ({"agents": ["agents/tom"]}, []),
        ({"states": [BUSY], "teams": ["teams/south"]}, []),
    ],
)
async def test_filters_narrow_the_list(
    reader: TimelineServiceStub, changes: dict[str, list[str]], agents: list[str]
) -> None:
    request = wire.ListAgentStatesRequest(site="sites/bank", **changes)  # type: ignore[arg-type]  # by name

    listed = await reader.ListAgentStates(request)

    assert [one.agent for one in listed.agent_states] == agents


@pytest.mark.usefixtures("morning")
async def test_a_page_token_of_another_list_is_refused(reader: TimelineServiceStub) -> None:
    page = await reader.ListAgentStates(wire.ListAgentStatesRequest(site="sites/bank", page_size=1))

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await reader.ListAgentStates(
            wire.ListAgentStatesRequest(site="sites/shop", page_token=page.next_page_token)
        )

    assert refusal_from(caught.value).reason == "INVALID_PAGE_TOKEN"


@pytest.mark.usefixtures("morning")
async def test_whom_a_caller_may_not_see_is_not_listed(
    replicas: Replicas, replica: Replica
) -> None:
    ana = replicas.reader(replica, scope=ONLY_ANA)

    listed = await ana.ListAgentStates(wire.ListAgentStatesRequest(site="sites/bank"))

    assert [one.agent for one in listed.agent_states] == ["agents/ana"]


@pytest.mark.usefixtures("morning")
async def test_who_has_left_is_listed_no_more(
    reader: TimelineServiceStub, roster: FakeRoster
) -> None:
    await roster.end("bob", date_pb2.Date(year=2020, month=1, day=31))
    await roster.end("ana", date_pb2.Date(year=9000, month=1, day=31))

    async def only_those_who_stay_are_listed() -> bool:
        page = await reader.ListAgentStates(wire.ListAgentStatesRequest(site="sites/bank"))
        return [one.agent for one in page.agent_states] == ["agents/ana", "agents/eve"]

    await eventually(only_those_who_stay_are_listed)


@pytest.mark.usefixtures("morning")
async def test_a_watch_goes_on_from_its_cursor_on_another_replica(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica
) -> None:
    listed = await replicas.reader(replica).ListAgentStates(
        wire.ListAgentStatesRequest(site="sites/bank")
    )
    for number in (1, 2, 3):
        await presence.ReportStates(a_request(a_report("bob", f"w-{number}", 100 + number)))

    first = await _changes(_watch(replicas.reader(replica), listed.cursor), 2)
    other = replicas.reader(await replicas.start())
    second = await _changes(_watch(other, first[-1].cursor), 1)
    live = asyncio.create_task(_changes(_watch(other, second[-1].cursor), 1))
    await presence.ReportStates(a_request(a_report("bob", "w-4", 110)))

    told = [*first, *second, *await live]
    assert [list(changes.event_ids) for changes in told] == [["w-1"], ["w-2"], ["w-3"], ["w-4"]]


@pytest.mark.usefixtures("morning")
async def test_a_watch_tells_only_whom_its_caller_may_see_and_moves_on_past_others(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica
) -> None:
    ana = replicas.reader(replica, scope=ONLY_ANA)
    await presence.ReportStates(
        a_request(
            a_report("bob", "w-1", 100, state=BUSY, contacts=["c-1", "c-2"]),
            a_report("ana", "w-2", 101, state=BUSY, contacts=["c-3"]),
        )
    )
    await presence.ReportStates(a_request(a_report("bob", "w-3", 102)))

    watch = _watch(ana, state.Cursor(site="sites/bank", epoch=1, seq=1))
    (changes,) = await _changes(watch, 1)

    assert list(changes.agents) == ["agents/ana"]
    assert list(changes.contacts) == ["c-3"]
    assert list(changes.current_states) == [BUSY]


@pytest.mark.usefixtures("morning")
async def test_who_sees_nobody_of_a_site_does_not_see_it_move(
    replicas: Replicas, replica: Replica
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await anext(
            _watch(replicas.reader(replica, scope=ONLY_ANA), state.Cursor(site="sites/shop"))
        )

    assert refusal_from(caught.value).reason == "UNKNOWN_SITE"


@pytest.mark.usefixtures("morning")
async def test_a_watch_without_a_place_begins_now(
    presence: PresenceServiceStub, reader: TimelineServiceStub
) -> None:
    watch = _watch(reader, state.Cursor(site="sites/bank"))

    begun = await anext(watch)
    await presence.ReportStates(a_request(a_report("ana", "w-1", 100)))
    (changes,) = await _changes(watch, 1)

    assert begun.checkpoint == state.Cursor(site="sites/bank", epoch=1, seq=1)
    assert changes.cursor.seq == 2


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("epoch", "seq"), [(1, 9), (2, 1)])
async def test_a_place_of_another_history_is_refused(
    reader: TimelineServiceStub, epoch: int, seq: int
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await anext(_watch(reader, state.Cursor(site="sites/bank", epoch=epoch, seq=seq)))

    assert refusal_from(caught.value).reason == "CURSOR_EXPIRED"


def _watch(reader: TimelineServiceStub, after: state.Cursor) -> Watch:
    return aiter(reader.WatchAgentStates(wire.WatchAgentStatesRequest(after=after)))


async def _changes(watch: Watch, count: int) -> list[AgentStatesChanged]:
    told: list[AgentStatesChanged] = []
    async with asyncio.timeout(60):
        while len(told) < count:
            step = await anext(watch)
            if step.HasField("changes"):
                told.append(step.changes)
    return told


async def test_room_that_an_outranked_source_tells_moves_nothing(
    presence: PresenceServiceStub, replicas: Replicas, reader: TimelineServiceStub
) -> None:
    imported = a_report("ana", "e-1", state=BUSY, load_count=1, capacity_count=3)
    kind = state.SOURCE_KIND_IMPORT
    await presence.ReportStates(a_request(imported, source="import-bank", source_kind=kind))
    online = [a_report("ana", "e-2", 10), a_report("ana", "e-3", 40)]
    await presence.ReportStates(a_request(online[0]))

    # Another replica knows what is stored of her, and nothing else.
    await replicas.caller(await replicas.start()).ReportStates(a_request(online[1]))

    asked = wire.ListAgentStatesRequest(site="sites/bank", agents=["agents/ana"])
    listed = await reader.ListAgentStates(asked)
    told = [(one.state, one.since_time) for one in listed.agent_states]
    assert told == [(state.STATE_ONLINE, online[0].occurred_time)]
