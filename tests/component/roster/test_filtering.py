from datetime import date, timedelta

import grpc
import pytest
from google.type import date_pb2
from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.clock import SystemClock
from chassis.errors import Code
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.roster.conftest import As
from tests.component.roster.people import a_request

PORTO = "sites/porto"


def with_lines_and_skills() -> wire.ApplyRosterRequest:
    """Ana speaks Chinese and Dutch, Ben Dutch; copper works for sales."""
    request = a_request()
    request.lines.add(name="lines/sales").display_names.update({"en": "Sales", "zh": "销售"})
    for skill, label in (("chinese", "Chinese"), ("dutch", "Dutch")):
        request.skills.add(name=f"skills/{skill}").display_names["en"] = label
    request.teams[0].line = "lines/sales"
    request.agents[0].skills.add(skill="skills/dutch", level=1)
    request.agents[0].skills.add(skill="skills/chinese", level=5)
    request.agents[1].skills.add(skill="skills/dutch", level=3)
    return request


def day(at: date) -> date_pb2.Date:
    return date_pb2.Date(year=at.year, month=at.month, day=at.day)


async def names(roster: RosterServiceStub, **arguments: object) -> list[str]:
    answer = await roster.ListAgents(wire.ListAgentsRequest(site=PORTO, **arguments))  # type: ignore[arg-type] # what a test asks for
    return [agent.name.removeprefix("agents/") for agent in answer.agents]


async def test_lines_and_skills_are_listed_with_their_names(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(with_lines_and_skills())

    lines = await roster.ListLines(wire.ListLinesRequest())
    skills = await roster.ListSkills(wire.ListSkillsRequest(page_size=1))

    assert [(line.name, dict(line.display_names)) for line in lines.lines] == [
        ("lines/sales", {"en": "Sales", "zh": "销售"})
    ]
    assert [skill.name for skill in skills.skills] == ["skills/chinese"]
    assert skills.next_page_token


async def test_applying_lines_and_skills_twice_changes_nothing(roster: RosterServiceStub) -> None:
    first = await roster.ApplyRoster(with_lines_and_skills())
    second = await roster.ApplyRoster(with_lines_and_skills())

    assert (first.created_count, second.unchanged_count) == (9, 9)


async def test_an_agent_has_her_skills_in_name_order(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(with_lines_and_skills())

    ana = await roster.GetAgent(wire.GetAgentRequest(name="agents/ana"))

    assert [(each.skill, each.level) for each in ana.skills] == [
        ("skills/chinese", 5),
        ("skills/dutch", 1),
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"teams": ["teams/copper", "teams/fiber"]}, ["ana", "ben"]),
        ({"lines": ["lines/sales"]}, ["ana"]),
        ({"skills": ["skills/dutch"]}, ["ana", "ben"]),
        ({"skills": ["skills/dutch", "skills/chinese"]}, ["ana", "ben"]),
        ({"skills": ["skills/dutch"], "teams": ["teams/fiber"]}, ["ben"]),
        ({"lines": ["lines/sales"], "teams": ["teams/fiber"]}, []),
    ],
)
async def test_agents_match_every_kind_of_filter(
    roster: RosterServiceStub, arguments: dict[str, list[str]], found: list[str]
) -> None:
    await roster.ApplyRoster(with_lines_and_skills())

    assert await names(roster, **arguments) == found


@pytest.mark.parametrize("skills", [["dutch"], ["skills/x"] * 501])
async def test_a_filter_that_is_none_is_named(roster: RosterServiceStub, skills: list[str]) -> None:
    await roster.ApplyRoster(a_request())

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await names(roster, skills=skills)

    assert [v.field for v in refusal_from(error.value).violations] == ["skills"]


async def test_who_left_is_gone_today_and_stays_in_the_days_before(
    roster: RosterServiceStub,
) -> None:
    await roster.ApplyRoster(a_request())
    today = SystemClock().now().date()
    leaving = a_request().agents[0]
    leaving.end_date.CopyFrom(day(today - timedelta(days=1)))

    await roster.ApplyRoster(wire.ApplyRosterRequest(agents=[leaving]))

    assert await names(roster) == ["ben", "eva"]
    assert await names(roster, start_date=day(today - timedelta(days=2))) == ["ana", "ben", "eva"]
    assert (await roster.GetAgent(wire.GetAgentRequest(name="agents/ana"))).HasField("end_date")


async def test_a_source_that_knows_a_part_of_a_row_leaves_the_rest(
    roster: RosterServiceStub,
) -> None:
    await roster.ApplyRoster(with_lines_and_skills())
    request = wire.ApplyRosterRequest(
        agents=[people.Agent(name="agents/ana", display_name="Ana R.", site=PORTO)]
    )
    request.update_mask.paths.append("agents.display_name")

    await roster.ApplyRoster(request)

    ana = await roster.GetAgent(wire.GetAgentRequest(name="agents/ana"))
    assert (ana.display_name, ana.team, len(ana.skills)) == ("Ana R.", "teams/copper", 2)


async def test_a_day_that_is_none_is_named_with_its_row(roster: RosterServiceStub) -> None:
    request = a_request()
    request.agents[1].end_date.CopyFrom(date_pb2.Date(year=2026, month=2, day=30))
    request.sites[0].operating_day_start.hours = 25

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await roster.ApplyRoster(request)

    fields = [v.field for v in refusal_from(error.value).violations]
    assert fields == ["sites[0].operating_day_start", "agents[1].end_date"]


async def test_a_site_keeps_when_its_day_starts_and_where_it_is_shown(
    roster: RosterServiceStub,
) -> None:
    request = a_request()
    request.sites[0].operating_day_start.hours = 6
    request.sites[0].display_order = 20

    await roster.ApplyRoster(request)

    site = await roster.GetSite(wire.GetSiteRequest(name=PORTO))
    assert (site.operating_day_start.hours, site.display_order) == (6, 20)


async def test_an_agent_out_of_scope_is_not_found(roster: RosterServiceStub, roster_as: As) -> None:
    await roster.ApplyRoster(a_request())
    ben = roster_as(Scope(sites=frozenset(), agents=frozenset({"agents/ben"})))

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await ben.GetAgent(wire.GetAgentRequest(name="agents/ana"))

    refusal = refusal_from(error.value)
    assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "UNKNOWN_AGENT")
    assert (await ben.GetAgent(wire.GetAgentRequest(name="agents/ben"))).display_name == "Ben"


async def test_a_manager_of_one_site_creates_no_skill(
    roster: RosterServiceStub, roster_as: As
) -> None:
    manager = roster_as(Scope(sites=frozenset({PORTO})))

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await manager.ApplyRoster(with_lines_and_skills())

    fields = [v.field for v in refusal_from(error.value).violations]
    assert fields == ["lines[0].name", "skills[0].name", "skills[1].name"]


async def test_a_team_that_changed_is_told_with_its_line(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())
    await roster.ApplyRoster(with_lines_and_skills())
    after = people.Cursor(site=PORTO, epoch=1, seq=1)

    [event] = [e async for e in roster.ReplayChanges(wire.ReplayChangesRequest(after=after))]

    assert [(team.name, team.line) for team in event.teams] == [("teams/copper", "lines/sales")]
    assert [(agent.name, len(agent.skills)) for agent in event.agents] == [
        ("agents/ana", 2),
        ("agents/ben", 1),
    ]
