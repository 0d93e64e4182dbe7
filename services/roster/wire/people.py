"""Rows of the roster as they travel."""

from muster.roster.v1 import people_pb2

from services.roster.domain.people import Agent, Line, Place, Site, Skill, Team
from services.roster.wire.calendar import date_to, time_of_day_to


def site_to(site: Site) -> people_pb2.Site:
    """Writes a site."""
    return people_pb2.Site(
        name=site.name,
        display_name=site.display_name,
        time_zone=site.time_zone,
        operating_day_start=time_of_day_to(site.operating_day_start),
        display_order=site.display_order,
    )


def line_to(line: Line) -> people_pb2.Line:
    """Writes a line of business."""
    return people_pb2.Line(name=line.name, display_names=dict(line.display_names))


def team_to(team: Team) -> people_pb2.Team:
    """Writes a team."""
    return people_pb2.Team(
        name=team.name,
        display_name=team.display_name,
        site=team.site,
        leads=team.leads,
        line=team.line or "",
    )


def skill_to(skill: Skill) -> people_pb2.Skill:
    """Writes a skill."""
    return people_pb2.Skill(name=skill.name, display_names=dict(skill.display_names))


def agent_to(agent: Agent) -> people_pb2.Agent:
    """Writes an agent."""
    return people_pb2.Agent(
        name=agent.name,
        display_name=agent.display_name,
        site=agent.site,
        team=agent.team or "",
        skills=[people_pb2.AgentSkill(skill=each.skill, level=each.level) for each in agent.skills],
        end_date=None if agent.end_date is None else date_to(agent.end_date),
    )


def cursor_to(place: Place) -> people_pb2.Cursor:
    """Writes a place."""
    return people_pb2.Cursor(site=place.site, epoch=place.epoch, seq=place.seq)
