import pytest

from chassis.scope import EVERYTHING, Scope


@pytest.mark.parametrize(
    ("scope", "sees_site", "sees_agent"),
    [
        (EVERYTHING, True, True),
        (Scope(sites=frozenset()), False, False),
        (Scope(frozenset({"sites/x"})), True, True),
        (Scope(frozenset({"sites/y"})), False, False),
        (Scope(frozenset(), frozenset({"agents/ana"})), False, True),
        (Scope(frozenset(), frozenset({"agents/bo"})), False, False),
    ],
)
def test_a_scope_opens_sites_and_single_agents(
    scope: Scope, sees_site: bool, sees_agent: bool
) -> None:
    assert scope.sees_site("sites/x") is sees_site
    assert scope.sees_agent("agents/ana", "sites/x") is sees_agent
