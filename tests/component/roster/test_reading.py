import grpc
import pytest
from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.errors import Code
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.roster.conftest import As
from tests.component.roster.people import a_request

PORTO = "sites/porto"


async def names(stub: RosterServiceStub, site: str = PORTO) -> list[str]:
    answer = await stub.ListAgents(wire.ListAgentsRequest(site=site))
    return [agent.name for agent in answer.agents]


async def test_pages_follow_one_another_without_gap_or_repeat(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())

    request = wire.ListAgentsRequest(site=PORTO, page_size=2)
    first = await roster.ListAgents(request)
    request.page_token = first.next_page_token
    second = await roster.ListAgents(request)

    assert [agent.name for agent in first.agents] == ["agents/ana", "agents/ben"]
    assert [agent.name for agent in second.agents] == ["agents/eva"]
    assert second.next_page_token == ""


async def test_a_token_of_another_list_is_refused(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())
    first = await roster.ListAgents(wire.ListAgentsRequest(site=PORTO, page_size=2))

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await roster.ListTeams(wire.ListTeamsRequest(site=PORTO, page_token=first.next_page_token))

    assert refusal_from(error.value).reason == "INVALID_PAGE_TOKEN"


@pytest.mark.parametrize("site", ["sites/nowhere", "porto", "", "sites/\x00"])
async def test_an_unknown_site_is_not_found(roster: RosterServiceStub, site: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await roster.GetSite(wire.GetSiteRequest(name=site))

    refusal = refusal_from(error.value)
    assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "UNKNOWN_SITE")


async def test_a_site_out_of_scope_is_not_there(roster: RosterServiceStub, roster_as: As) -> None:
    await roster.ApplyRoster(a_request())
    stranger = roster_as(Scope(sites=frozenset({"sites/faro"})))

    assert list((await stranger.ListSites(wire.ListSitesRequest())).sites) == []
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await names(stranger)
    assert refusal_from(error.value).reason == "UNKNOWN_SITE"


async def test_an_agent_sees_herself_with_her_site_and_team(
    roster: RosterServiceStub, roster_as: As
) -> None:
    await roster.ApplyRoster(a_request())
    herself = roster_as(Scope(sites=frozenset(), agents=frozenset({"agents/ana"})))

    sites = await herself.ListSites(wire.ListSitesRequest())
    teams = await herself.ListTeams(wire.ListTeamsRequest(site=PORTO))

    assert [site.name for site in sites.sites] == [PORTO]
    assert (await herself.GetSite(wire.GetSiteRequest(name=PORTO))).time_zone == "Europe/Lisbon"
    assert [team.name for team in teams.teams] == ["teams/copper"]
    assert await names(herself) == ["agents/ana"]


async def test_a_lead_sees_her_team_with_its_site_and_nobody_else(
    roster: RosterServiceStub, roster_as: As
) -> None:
    request = a_request()
    request.teams[0].leads[:] = ["agents/ana", "agents/eva"]
    await roster.ApplyRoster(request)
    team = request.teams[0].name
    lead = roster_as(Scope(sites=frozenset(), teams=frozenset({team})))

    teams = (await lead.ListTeams(wire.ListTeamsRequest(site=PORTO))).teams
    seen = await names(lead)

    assert [one.name for one in teams] == [team]
    assert seen == ["agents/ana"]
    assert list(teams[0].leads) == ["agents/ana"]
    assert (await lead.GetSite(wire.GetSiteRequest(name=PORTO))).time_zone == "Europe/Lisbon"


async def test_a_batch_leaves_out_who_does_not_exist(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())

    answer = await roster.BatchGetAgents(
        wire.BatchGetAgentsRequest(names=["agents/eva", "agents/zoe", "agents/\x00", "eva"])
    )

    assert [agent.name for agent in answer.agents] == ["agents/eva"]


async def test_a_copy_holds_all_agents_and_then_the_places_that_include_them(
    roster: RosterServiceStub,
) -> None:
    await roster.ApplyRoster(a_request())
    await roster.ApplyRoster(_many_of_faro(2_500))

    parts = [part async for part in roster.CopyAgents(wire.CopyAgentsRequest())]

    assert sum(len(part.agents) for part in parts) == 2_503
    assert [len(part.cursors) for part in parts[:-1]] == [0] * (len(parts) - 1)
    assert {(c.site, c.epoch, c.seq) for c in parts[-1].cursors} == {
        ("sites/faro", 1, 2),
        (PORTO, 1, 1),
    }


async def test_a_replay_tells_what_came_after_a_place_up_to_the_head(
    roster: RosterServiceStub,
) -> None:
    await roster.ApplyRoster(_many_of_faro(4_500))
    after = people.Cursor(site="sites/faro", epoch=1, seq=1)

    replayed = roster.ReplayChanges(wire.ReplayChangesRequest(after=after))

    assert [(event.cursor.seq, len(event.agents)) async for event in replayed] == [
        (2, 2_000),
        (3, 500),
    ]


async def test_a_replay_from_the_head_is_empty(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())
    after = people.Cursor(site=PORTO, epoch=1, seq=1)

    replayed = roster.ReplayChanges(wire.ReplayChangesRequest(after=after))

    assert [event async for event in replayed] == []


@pytest.mark.parametrize(("epoch", "seq"), [(2, 0), (1, 99)])
async def test_a_place_that_never_was_is_expired(
    roster: RosterServiceStub, epoch: int, seq: int
) -> None:
    await roster.ApplyRoster(a_request())
    after = people.Cursor(site=PORTO, epoch=epoch, seq=seq)

    with pytest.raises(grpc.aio.AioRpcError) as error:
        _ = [e async for e in roster.ReplayChanges(wire.ReplayChangesRequest(after=after))]

    refusal = refusal_from(error.value)
    assert (refusal.code, refusal.reason) == (Code.OUT_OF_RANGE, "CURSOR_EXPIRED")


def _many_of_faro(count: int) -> wire.ApplyRosterRequest:
    return wire.ApplyRosterRequest(
        sites=[people.Site(name="sites/faro", display_name="Faro", time_zone="Europe/Lisbon")],
        agents=[
            people.Agent(name=f"agents/f{number}", display_name="F", site="sites/faro")
            for number in range(count)
        ],
    )
