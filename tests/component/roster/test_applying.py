import asyncio

import grpc
import pytest
from muster.roster.v1 import events_pb2
from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from nats.js.errors import NotFoundError

from chassis.bus import Bus
from chassis.errors import Code
from chassis.rpc.channel import refusal_from
from tests.component.roster.people import a_request
from tests.support.waiting import eventually


async def test_applying_twice_changes_nothing(roster: RosterServiceStub) -> None:
    first = await roster.ApplyRoster(a_request())
    second = await roster.ApplyRoster(a_request())

    assert (first.created_count, first.updated_count, first.unchanged_count) == (6, 0, 0)
    assert (second.created_count, second.updated_count, second.unchanged_count) == (0, 0, 6)
    assert [(c.site, c.epoch, c.seq) for c in first.cursors] == [("sites/porto", 1, 1)]
    assert list(second.cursors) == []


async def test_a_change_is_applied_to_the_named_rows_alone(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())
    renamed = people.Agent(name="agents/ana", display_name="娜 Ana", site="sites/porto")

    answer = await roster.ApplyRoster(wire.ApplyRosterRequest(agents=[renamed]))

    listed = await roster.ListAgents(wire.ListAgentsRequest(site="sites/porto"))
    assert answer.updated_count == 1
    assert {agent.name: (agent.display_name, agent.team) for agent in listed.agents} == {
        "agents/ana": ("娜 Ana", ""),
        "agents/ben": ("Ben", "teams/fiber"),
        "agents/eva": ("Eva", ""),
    }


async def test_validating_alone_writes_nothing(roster: RosterServiceStub) -> None:
    request = a_request()
    request.validate_only = True

    answer = await roster.ApplyRoster(request)

    assert answer.created_count == 6
    assert list((await roster.ListSites(wire.ListSitesRequest())).sites) == []


async def test_faulty_rows_are_named_and_nothing_is_written(roster: RosterServiceStub) -> None:
    request = a_request()
    request.agents[1].team = "teams/nowhere\x00"
    request.agents[2].name = "agents/\x00"

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await roster.ApplyRoster(request)

    refusal = refusal_from(error.value)
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "INVALID_FIELD")
    assert [v.field for v in refusal.violations] == ["agents[1].team", "agents[2].name"]
    assert list((await roster.ListSites(wire.ListSitesRequest())).sites) == []


async def test_ninety_faulty_rows_still_fit_the_answer(roster: RosterServiceStub) -> None:
    agents = [
        people.Agent(name=f"agents/a{number}", display_name="A", site="sites/nowhere-at-all")
        for number in range(90)
    ]

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await roster.ApplyRoster(wire.ApplyRosterRequest(agents=agents))

    assert refusal_from(error.value).metadata["violation_count"] == "90"


async def test_changed_agents_reach_the_bus_in_the_order_of_their_site(
    roster: RosterServiceStub, bus: Bus
) -> None:
    request = a_request()
    await roster.ApplyRoster(request)
    for label in ("Ana 2", "Ana 3"):
        request.agents[0].display_name = label
        await roster.ApplyRoster(request)

    async def three_are_stored() -> bool:
        try:
            stream = await bus.jetstream.stream_info("MUSTER_ROSTER")
        except NotFoundError:
            return False
        return bool(stream.state.messages == 3)

    await eventually(three_are_stored)
    messages = [await bus.jetstream.get_msg("MUSTER_ROSTER", seq=number) for number in (1, 2, 3)]
    events = [events_pb2.AgentsChanged.FromString(message.data or b"") for message in messages]
    assert [event.cursor.seq for event in events] == [1, 2, 3]
    assert [agent.display_name for event in events[1:] for agent in event.agents] == [
        "Ana 2",
        "Ana 3",
    ]
    assert messages[0].subject == "muster.roster.v1.agents_changed.porto"


async def test_ten_who_apply_at_once_give_one_order(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())

    async def rename(number: int) -> int:
        agent = people.Agent(name="agents/ana", display_name=f"Ana {number}", site="sites/porto")
        answer = await roster.ApplyRoster(wire.ApplyRosterRequest(agents=[agent]))
        return int(answer.cursors[0].seq)

    places = await asyncio.gather(*map(rename, range(10)))

    assert sorted(places) == list(range(2, 12))
