"""Whose contacts a query may see."""

from typing import Any

from chassis.scope import Scope

VISIBLE = """(%(sites)s::text[] IS NULL OR contact.site = ANY (%(sites)s)
    OR EXISTS (SELECT FROM leg WHERE leg.contact = contact.id AND leg.agent = ANY (%(agents)s)))"""
"""Holds for contacts of the sites of a scope, and for those with a leg of one of its agents."""


def scope_values(scope: Scope) -> dict[str, Any]:
    """Returns the parameters of `VISIBLE`."""
    sites = None if scope.sites is None else [it.removeprefix("sites/") for it in scope.sites]
    return {"sites": sites, "agents": list(scope.agents)}
