"""Whose rows a query may see."""

from collections.abc import Mapping, Sequence

from chassis.scope import Scope

# Of the tables `agent`, `team` and `site`. `sites` NULL sees all; whoever sees an agent sees the
# agent's site and team as well, without the others who belong there.
VISIBLE_AGENT = """(%(sites)s::text[] IS NULL OR agent.site = ANY (%(sites)s)
    OR agent.name = ANY (%(agents)s) OR agent.team = ANY (%(teams)s))"""
VISIBLE_TEAM = """(%(sites)s::text[] IS NULL OR team.site = ANY (%(sites)s)
    OR team.name = ANY (%(teams)s) OR EXISTS (
        SELECT FROM agent WHERE agent.team = team.name AND agent.name = ANY (%(agents)s)))"""
VISIBLE_SITE = """(%(sites)s::text[] IS NULL OR site.name = ANY (%(sites)s)
    OR EXISTS (
        SELECT FROM agent WHERE agent.site = site.name AND agent.name = ANY (%(agents)s))
    OR EXISTS (SELECT FROM team WHERE team.site = site.name AND team.name = ANY (%(teams)s)))"""


def scope_arguments(scope: Scope) -> Mapping[str, Sequence[str] | None]:
    """Returns the arguments of the conditions above."""
    return {
        "sites": None if scope.sites is None else sorted(scope.sites),
        "agents": sorted(scope.agents),
        "teams": sorted(scope.teams),
    }
