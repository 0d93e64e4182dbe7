"""Serves `muster.roster.v1.RosterService`."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from muster.roster.v1 import events_pb2, people_pb2, roster_service_pb2, roster_service_pb2_grpc

from chassis.access import current_scope
from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.rpc.pages import cut, page_size, place_after
from services.roster.app.apply_roster import ApplyRoster
from services.roster.app.ports import Page, PeopleReader
from services.roster.domain.people import (
    Agent,
    AgentName,
    Line,
    Place,
    Site,
    SiteName,
    Skill,
    Team,
    is_name,
)
from services.roster.rpc.convert import applied_to, cursors_to, place_from
from services.roster.rpc.filters import ALL_SITES, wanted_agents_from
from services.roster.rpc.people_requests import mask_from, people_from
from services.roster.wire.people import (
    agent_to,
    cursor_to,
    line_to,
    site_to,
    skill_to,
    team_to,
)

MOST_NAMES = 5_000


class RosterServicer(roster_service_pb2_grpc.RosterServiceServicer):
    def __init__(self, apply_roster: ApplyRoster, reader: PeopleReader, clock: Clock) -> None:
        self._apply_roster = apply_roster
        self._reader = reader
        self._clock = clock

    async def ApplyRoster(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ApplyRosterRequest, context: Any
    ) -> roster_service_pb2.ApplyRosterResponse:
        applied = await self._apply_roster.apply(
            people_from(request),
            current_scope(),
            validate_only=request.validate_only,
            mask=mask_from(request),
        )
        return applied_to(applied)

    async def ListSites(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListSitesRequest, context: Any
    ) -> roster_service_pb2.ListSitesResponse:
        found = await self._reader.list_sites(current_scope(), _page_of(request))
        rows, token = cut(found, request, _place_of)
        return roster_service_pb2.ListSitesResponse(sites=map(site_to, rows), next_page_token=token)

    async def GetSite(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.GetSiteRequest, context: Any
    ) -> people_pb2.Site:
        return site_to(await self._get_site(request.name))

    async def ListTeams(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListTeamsRequest, context: Any
    ) -> roster_service_pb2.ListTeamsResponse:
        site, page = await self._get_site(request.site), _page_of(request)
        found = await self._reader.list_teams(site.name, current_scope(), page)
        rows, token = cut(found, request, _place_of)
        return roster_service_pb2.ListTeamsResponse(teams=map(team_to, rows), next_page_token=token)

    async def ListLines(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListLinesRequest, context: Any
    ) -> roster_service_pb2.ListLinesResponse:
        found = await self._reader.list_lines(_page_of(request))
        rows, token = cut(found, request, _place_of)
        return roster_service_pb2.ListLinesResponse(lines=map(line_to, rows), next_page_token=token)

    async def ListSkills(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListSkillsRequest, context: Any
    ) -> roster_service_pb2.ListSkillsResponse:
        found = await self._reader.list_skills(_page_of(request))
        rows, token = cut(found, request, _place_of)
        return roster_service_pb2.ListSkillsResponse(
            skills=map(skill_to, rows), next_page_token=token
        )

    async def GetAgent(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.GetAgentRequest, context: Any
    ) -> people_pb2.Agent:
        if is_name(request.name, "agents"):
            agent = await self._reader.find_agent(AgentName(request.name), current_scope())
            if agent is not None:
                return agent_to(agent)
        raise unknown_agent(request.name)

    async def ListAgents(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListAgentsRequest, context: Any
    ) -> roster_service_pb2.ListAgentsResponse:
        site = None if request.site == ALL_SITES else await self._get_site(request.site)
        page = _page_of(request)
        wanted = wanted_agents_from(request, site, self._clock.now())
        found = await self._reader.list_agents(wanted, current_scope(), page)
        rows, token = cut(found, request, _place_of)
        return roster_service_pb2.ListAgentsResponse(
            agents=map(agent_to, rows), next_page_token=token
        )

    async def BatchGetAgents(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.BatchGetAgentsRequest, context: Any
    ) -> roster_service_pb2.BatchGetAgentsResponse:
        if len(request.names) > MOST_NAMES:
            raise invalid_fields([FieldViolation("names", f"at most {MOST_NAMES} in one call")])
        names = [AgentName(name) for name in request.names if is_name(name, "agents")]
        found = await self._reader.get_agents(names)
        return roster_service_pb2.BatchGetAgentsResponse(agents=map(agent_to, found))

    async def CopyAgents(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.CopyAgentsRequest, context: Any
    ) -> AsyncIterator[roster_service_pb2.CopyAgentsResponse]:
        async for part in self._reader.copy_agents():
            yield _copy_part(part)

    async def ReplayChanges(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ReplayChangesRequest, context: Any
    ) -> AsyncIterator[events_pb2.AgentsChanged]:
        after = place_from(request.after)
        if not is_name(after.site, "sites"):
            raise unknown_site(after.site)
        async for place, recorded_time, payload in self._reader.replay_changes(after):
            event = events_pb2.AgentsChanged.FromString(payload)
            event.cursor.CopyFrom(cursor_to(place))
            event.recorded_time.FromDatetime(recorded_time)
            yield event

    async def _get_site(self, name: str) -> Site:
        if is_name(name, "sites"):
            site = await self._reader.find_site(SiteName(name), current_scope())
            if site is not None:
                return site
        raise unknown_site(name)


def _copy_part(part: Sequence[Agent] | Sequence[Place]) -> roster_service_pb2.CopyAgentsResponse:
    places = [row for row in part if isinstance(row, Place)]
    agents = [agent_to(row) for row in part if isinstance(row, Agent)]
    return roster_service_pb2.CopyAgentsResponse(agents=agents, cursors=cursors_to(places))


def _page_of(request: Any) -> Page:
    # One more than the page holds, which tells whether there is a next one.
    return Page(after=place_after(request, str) or "", limit=page_size(request) + 1)


def _place_of(row: Site | Team | Line | Skill | Agent) -> tuple[str]:
    return (row.name,)


def unknown_site(name: str) -> Refusal:
    """Refuses a site that is not there for the caller."""
    return Refusal(
        Code.NOT_FOUND,
        "UNKNOWN_SITE",
        "there is no such site, or you may not see it",
        metadata={"site": name[:100]},
    )


def unknown_agent(name: str) -> Refusal:
    """Refuses an agent who is not there for the caller."""
    return Refusal(
        Code.NOT_FOUND,
        "UNKNOWN_AGENT",
        "there is no such agent, or you may not see her",
        metadata={"agent": name[:100]},
    )
