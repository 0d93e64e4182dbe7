"""How rows of the roster are written: one statement a kind of row, with a column an argument."""

import json
from collections.abc import Iterator, Sequence

from services.roster.domain.people import Agent, Line, People, Site, Skill, Team

Cells = tuple[object, ...]

_SITES = """
INSERT INTO site (name, display_name, time_zone, operating_day_start, display_order)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::time[], %s::integer[])
ON CONFLICT (name) DO UPDATE
SET display_name = excluded.display_name, time_zone = excluded.time_zone,
    operating_day_start = excluded.operating_day_start, display_order = excluded.display_order
"""
_LINES = """
INSERT INTO line (name, display_names) SELECT * FROM unnest(%s::text[], %s::jsonb[])
ON CONFLICT (name) DO UPDATE SET display_names = excluded.display_names
"""
_TEAMS = """
INSERT INTO team (name, display_name, site, leads, line)
SELECT name, display_name, site, string_to_array(leads, ' '), line
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS new (name, display_name, site, leads, line)
ON CONFLICT (name) DO UPDATE
SET display_name = excluded.display_name, site = excluded.site, leads = excluded.leads,
    line = excluded.line
"""
_SKILLS = """
INSERT INTO skill (name, display_names) SELECT * FROM unnest(%s::text[], %s::jsonb[])
ON CONFLICT (name) DO UPDATE SET display_names = excluded.display_names
"""
_AGENTS = """
INSERT INTO agent (name, display_name, site, team, skills, end_date)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[], %s::date[])
ON CONFLICT (name) DO UPDATE
SET display_name = excluded.display_name, site = excluded.site, team = excluded.team,
    skills = excluded.skills, end_date = excluded.end_date
"""


def statements_for(people: People) -> Iterator[tuple[str, Sequence[Cells]]]:
    """Yields what writes the rows, in the order in which they refer to one another."""
    written: tuple[tuple[str, Sequence[Cells]], ...] = (
        (_SITES, [_site_cells(site) for site in people.sites]),
        (_LINES, [_catalogue_cells(line) for line in people.lines]),
        (_TEAMS, [_team_cells(team) for team in people.teams]),
        (_SKILLS, [_catalogue_cells(skill) for skill in people.skills]),
        (_AGENTS, [_agent_cells(agent) for agent in people.agents]),
    )
    yield from ((statement, rows) for statement, rows in written if rows)


def _site_cells(site: Site) -> Cells:
    order = site.display_order
    return site.name, site.display_name, site.time_zone, site.operating_day_start, order


def _catalogue_cells(row: Line | Skill) -> Cells:
    return row.name, json.dumps(dict(row.display_names))


def _team_cells(team: Team) -> Cells:
    return team.name, team.display_name, team.site, " ".join(team.leads), team.line


def _agent_cells(agent: Agent) -> Cells:
    levels = json.dumps({each.skill: each.level for each in agent.skills})
    return agent.name, agent.display_name, agent.site, agent.team, levels, agent.end_date
