"""Messages of roster to values and back."""

from collections.abc import Iterable

from muster.roster.v1 import people_pb2, roster_service_pb2

from services.roster.app.apply_roster import Applied
from services.roster.domain.people import (
    Agent,
    AgentName,
    People,
    Place,
    Site,
    SiteName,
    Team,
    TeamName,
)


def people_from(request: roster_service_pb2.ApplyRosterRequest) -> People:
    """Reads the rows of a request; their form is not checked yet."""
    return People(
        sites=tuple(
            Site(SiteName(site.name), site.display_name, site.time_zone) for site in request.sites
        ),
        teams=tuple(
            Team(
                TeamName(team.name),
                team.display_name,
                SiteName(team.site),
                tuple(AgentName(lead) for lead in sorted(set(team.leads))),
            )
            for team in request.teams
        ),
        agents=tuple(
            Agent(
                AgentName(agent.name),
                agent.display_name,
                SiteName(agent.site),
                TeamName(agent.team) if agent.team else None,
            )
            for agent in request.agents
        ),
    )


def place_from(cursor: people_pb2.Cursor) -> Place:
    """Reads a place."""
    return Place(SiteName(cursor.site), cursor.epoch, cursor.seq)


def site_to(site: Site) -> people_pb2.Site:
    """Writes a site."""
    return people_pb2.Site(name=site.name, display_name=site.display_name, time_zone=site.time_zone)


def team_to(team: Team) -> people_pb2.Team:
    """Writes a team."""
    return people_pb2.Team(
        name=team.name, display_name=team.display_name, site=team.site, leads=team.leads
    )


def agent_to(agent: Agent) -> people_pb2.Agent:
    """Writes an agent."""
    return people_pb2.Agent(
        name=agent.name,
        display_name=agent.display_name,
        site=agent.site,
        team=agent.team or "",
    )


def cursor_to(place: Place) -> people_pb2.Cursor:
    """Writes a place."""
    return people_pb2.Cursor(site=place.site, epoch=place.epoch, seq=place.seq)


def cursors_to(places: Iterable[Place]) -> list[people_pb2.Cursor]:
    """Writes places."""
    return [cursor_to(place) for place in places]


def applied_to(applied: Applied) -> roster_service_pb2.ApplyRosterResponse:
    """Writes what was applied."""
    return roster_service_pb2.ApplyRosterResponse(
        created_count=applied.created_count,
        updated_count=applied.updated_count,
        unchanged_count=applied.unchanged_count,
        cursors=cursors_to(applied.places),
    )
