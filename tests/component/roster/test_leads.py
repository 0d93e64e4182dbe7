import grpc
import pytest
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.rpc.channel import refusal_from
from tests.component.roster.people import a_request


def with_leads(*leads: str) -> wire.ApplyRosterRequest:
    request = a_request()
    request.teams[0].leads[:] = leads
    return request


async def leads_of(roster: RosterServiceStub) -> list[str]:
    listed = await roster.ListTeams(wire.ListTeamsRequest(site="sites/porto"))
    return list(listed.teams[0].leads)


async def test_a_team_is_listed_with_its_leads_in_name_order(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(with_leads("agents/eva", "agents/ana", "agents/eva"))

    assert await leads_of(roster) == ["agents/ana", "agents/eva"]


async def test_a_source_that_knows_no_leads_leaves_them(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(with_leads("agents/eva"))
    teams = wire.ApplyRosterRequest(teams=a_request().teams, keep_leads=True)

    answer = await roster.ApplyRoster(teams)

    assert answer.unchanged_count == 2
    assert await leads_of(roster) == ["agents/eva"]


async def test_a_lead_who_is_no_agent_of_the_site_is_refused(roster: RosterServiceStub) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await roster.ApplyRoster(with_leads("agents/nobody"))

    assert [v.field for v in refusal_from(error.value).violations] == ["teams[0].leads"]
