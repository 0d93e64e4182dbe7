"""Serves `muster.roster.v1.RosterService`."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeVar

from muster.roster.v1 import events_pb2, people_pb2, roster_service_pb2, roster_service_pb2_grpc

from chassis.access import current_scope
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from services.roster.app.apply_roster import ApplyRoster
from services.roster.app.ports import Page, PeopleReader
from services.roster.domain.people import (
    Agent,
    AgentName,
    Place,
    Site,
    SiteName,
    Team,
    is_name,
)
from services.roster.rpc.convert import (
    agent_to,
    applied_to,
    cursor_to,
    cursors_to,
    people_from,
    place_from,
    site_to,
    team_to,
)
from services.roster.rpc.page_token import decode_page_token, encode_page_token, page_limit

MOST_NAMES = 5_000

_Row = TypeVar("_Row", Site, Team, Agent)


class RosterServicer(roster_service_pb2_grpc.RosterServiceServicer):
    def __init__(self, apply_roster: ApplyRoster, reader: PeopleReader) -> None:
        self._apply_roster = apply_roster
        self._reader = reader

    async def ApplyRoster(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ApplyRosterRequest, context: Any
    ) -> roster_service_pb2.ApplyRosterResponse:
        people = people_from(request)
        applied = await self._apply_roster.apply(
            people,
            current_scope(),
            validate_only=request.validate_only,
            keeping_leads=request.keep_leads,
        )
        return applied_to(applied)

    async def ListSites(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListSitesRequest, context: Any
    ) -> roster_service_pb2.ListSitesResponse:
        page = _page_of(request, "sites")
        rows = await self._reader.list_sites(current_scope(), page)
        rows, token = _cut(rows, page, "sites")
        return roster_service_pb2.ListSitesResponse(sites=map(site_to, rows), next_page_token=token)

    async def GetSite(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.GetSiteRequest, context: Any
    ) -> people_pb2.Site:
        return site_to(await self._get_site(request.name))

    async def ListTeams(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListTeamsRequest, context: Any
    ) -> roster_service_pb2.ListTeamsResponse:
        site, name = await self._get_site(request.site), f"{request.site}/teams"
        page = _page_of(request, name)
        rows = await self._reader.list_teams(site.name, current_scope(), page)
        rows, token = _cut(rows, page, name)
        return roster_service_pb2.ListTeamsResponse(teams=map(team_to, rows), next_page_token=token)

    async def ListAgents(  # noqa: N802 - named by the proto
        self, request: roster_service_pb2.ListAgentsRequest, context: Any
    ) -> roster_service_pb2.ListAgentsResponse:
        site, name = await self._get_site(request.site), f"{request.site}/agents"
        page = _page_of(request, name)
        rows = await self._reader.list_agents(site.name, current_scope(), page)
        rows, token = _cut(rows, page, name)
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


def _page_of(request: Any, list_name: str) -> Page:
    # One more than the page holds, which tells whether there is a next one.
    after = decode_page_token(list_name, request.page_token)
    return Page(after=after, limit=page_limit(request.page_size) + 1)


def _cut(rows: list[_Row], page: Page, list_name: str) -> tuple[list[_Row], str]:
    if len(rows) < page.limit:
        return rows, ""
    shown = rows[:-1]
    return shown, encode_page_token(list_name, shown[-1].name)


def unknown_site(name: str) -> Refusal:
    """Refuses a site that is not there for the caller."""
    return Refusal(
        Code.NOT_FOUND,
        "UNKNOWN_SITE",
        "there is no such site, or you may not see it",
        metadata={"site": name[:100]},
    )
