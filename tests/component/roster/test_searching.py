import grpc
import pytest
from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.roster.conftest import As

PEOPLE = {
    "porto": {"p-1": "Zoé Ramos", "p-2": "Ana 100%", "zz-9": "Ben_Li"},
    "xian": {"a-1": "王芳", "p-3": r"Rámon \ Li", "q-4": "王小明"},
}


async def with_people_of_two_sites(roster: RosterServiceStub) -> None:
    request = wire.ApplyRosterRequest()
    for site, agents in PEOPLE.items():
        request.sites.add(name=f"sites/{site}", display_name=site, time_zone="UTC")
        for name, label in agents.items():
            request.agents.append(
                people.Agent(name=f"agents/{name}", display_name=label, site=f"sites/{site}")
            )
    await roster.ApplyRoster(request)


async def found(stub: RosterServiceStub, search: str, site: str = "sites/-") -> list[str]:
    answer = await stub.ListAgents(wire.ListAgentsRequest(site=site, search=search))
    return [agent.name.removeprefix("agents/") for agent in answer.agents]


@pytest.mark.parametrize(
    ("search", "who"),
    [
        ("ramos", ["p-1"]),
        ("ZOÉ", ["p-1"]),
        ("rÁM", ["p-3"]),
        ("王", ["a-1", "q-4"]),
        ("小明", ["q-4"]),
        ("P-", ["p-1", "p-2", "p-3"]),
        ("z", ["p-1", "zz-9"]),
        ("%", ["p-2"]),
        ("_", ["zz-9"]),
        ("\\", ["p-3"]),
        ("agents/", []),
        ("nobody", []),
        ("", ["a-1", "p-1", "p-2", "p-3", "q-4", "zz-9"]),
    ],
)
async def test_people_of_all_sites_are_found_by_a_part_of_name_or_id(
    roster: RosterServiceStub, search: str, who: list[str]
) -> None:
    await with_people_of_two_sites(roster)

    assert await found(roster, search) == who


async def test_a_search_at_one_site_finds_its_people_alone(roster: RosterServiceStub) -> None:
    await with_people_of_two_sites(roster)

    assert await found(roster, "li", "sites/porto") == ["zz-9"]


@pytest.mark.parametrize(
    ("scope", "who"),
    [
        (Scope(sites=frozenset({"sites/xian"})), ["p-3"]),
        (Scope(sites=frozenset({"sites/xian"}), agents=frozenset({"agents/p-2"})), ["p-2", "p-3"]),
        (Scope(sites=frozenset()), []),
    ],
)
async def test_all_sites_are_those_whose_people_the_caller_sees(
    roster: RosterServiceStub, roster_as: As, scope: Scope, who: list[str]
) -> None:
    await with_people_of_two_sites(roster)

    assert await found(roster_as(scope), "p-") == who


async def test_pages_of_a_search_cross_sites_in_the_order_of_names(
    roster: RosterServiceStub,
) -> None:
    await with_people_of_two_sites(roster)
    request = wire.ListAgentsRequest(site="sites/-", search="p-", page_size=2)

    first = await roster.ListAgents(request)
    request.page_token = first.next_page_token
    second = await roster.ListAgents(request)

    assert [agent.site for agent in first.agents] == ["sites/porto", "sites/porto"]
    assert [agent.name for agent in second.agents] == ["agents/p-3"]
    assert second.next_page_token == ""


async def test_a_token_of_another_search_is_refused(roster: RosterServiceStub) -> None:
    await with_people_of_two_sites(roster)
    request = wire.ListAgentsRequest(site="sites/-", search="p-", page_size=1)
    request.page_token = (await roster.ListAgents(request)).next_page_token
    request.search = "q-"

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await roster.ListAgents(request)

    assert refusal_from(error.value).reason == "INVALID_PAGE_TOKEN"
