"""Whose contacts a query may see."""

from typing import Any

from services.dispatch.app.ports import Sight

VISIBLE = """(%(sites)s::text[] IS NULL OR contact.site = ANY (%(sites)s)
    OR EXISTS (SELECT FROM leg WHERE leg.contact = contact.id AND leg.agent = ANY (%(agents)s))
    OR EXISTS (
        SELECT FROM leg JOIN unnest(%(team_agents)s::text[], %(team_sites)s::text[])
            AS member (agent, site) ON member.agent = leg.agent
        WHERE leg.contact = contact.id AND member.site = contact.site))"""
"""Holds for contacts of the sites of a scope, for those with a leg of one of its agents, and for
those of a team's site with a leg of one of the team.
"""


def sight_values(sight: Sight) -> dict[str, Any]:
    """Returns the parameters of `VISIBLE`."""
    scope = sight.scope
    sites = None if scope.sites is None else [it.removeprefix("sites/") for it in scope.sites]
    return {
        "sites": sites,
        "agents": list(scope.agents),
        "team_agents": list(sight.team_agents),
        "team_sites": list(sight.team_agents.values()),
    }
