"""Who leads whom, asked of roster in the gateway's own name and remembered for a minute."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import grpc
from muster.roster.v1 import people_pb2, roster_service_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as pb

from chassis.clock import Clock
from gateway.app.givers import Whereabouts
from gateway.backends.refusals import refusing
from gateway.domain.reporting_lines import LedTeam, ReportingLine, reporting_line

REMEMBERED_FOR = timedelta(seconds=60)

_PAGE = 1000
# The most names that roster takes at once.
_NAMES_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class _SiteTeams:
    """The teams of a site, and of which team each lead is a member."""

    teams: Sequence[LedTeam]
    team_of_lead: Mapping[str, str]
    read_time: datetime


class RosterOrganisation:
    """Who is where and who leads whom, by the roster as it was at most a minute ago."""

    def __init__(self, channel: grpc.aio.Channel, clock: Clock) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)
        self._clock = clock
        self._sites: dict[str, _SiteTeams] = {}
        self._reading = asyncio.Lock()

    async def line_of(self, agent: str) -> ReportingLine:
        """Returns the reporting line of an agent; an empty one if the roster has no such agent.

        Refuses as roster does: what a caller may see is not guessed.
        """
        found = await self._find_agents([agent])
        if agent not in found:
            return ReportingLine()
        site = await self._site(found[agent].site)
        return reporting_line(agent, site.teams, site.team_of_lead)

    async def find_whereabouts(self, agents: Iterable[str]) -> Mapping[str, Whereabouts]:
        """Returns where those of the agents are that exist."""
        found = await self._find_agents(agents)
        return {name: Whereabouts(agent.site, agent.team) for name, agent in found.items()}

    async def list_teams(self, site: str) -> frozenset[str]:
        """Returns the names of a site's teams."""
        return frozenset(team.name for team in (await self._site(site)).teams)

    async def _find_agents(self, names: Iterable[str]) -> Mapping[str, people_pb2.Agent]:
        wanted = sorted(set(names))
        found: dict[str, people_pb2.Agent] = {}
        for first in range(0, len(wanted), _NAMES_AT_ONCE):
            part = wanted[first : first + _NAMES_AT_ONCE]
            with refusing():
                answer = await self._roster.BatchGetAgents(pb.BatchGetAgentsRequest(names=part))
            found.update((agent.name, agent) for agent in answer.agents)
        return found

    async def _site(self, site: str) -> _SiteTeams:
        # One at a time: whoever waits finds what the first one read.
        async with self._reading:
            known = self._sites.get(site)
            if known is None or self._clock.now() - known.read_time >= REMEMBERED_FOR:
                known = self._sites[site] = await self._read(site)
        return known

    async def _read(self, site: str) -> _SiteTeams:
        now = self._clock.now()
        teams = await self._list_teams(site)
        leads = {lead for team in teams for lead in team.leads}
        agents = await self._find_agents(leads)
        team_of_lead = {name: agent.team for name, agent in agents.items() if agent.team}
        return _SiteTeams(teams, team_of_lead, now)

    async def _list_teams(self, site: str) -> Sequence[LedTeam]:
        teams: list[LedTeam] = []
        token = ""
        while True:
            request = pb.ListTeamsRequest(site=site, page_size=_PAGE, page_token=token)
            with refusing():
                page = await self._roster.ListTeams(request)
            teams.extend(LedTeam(team.name, frozenset(team.leads)) for team in page.teams)
            token = page.next_page_token
            if not token:
                return teams
