from hypothesis import given
from hypothesis import strategies as st

from chassis.scope import Scope
from gateway.app.history import Standing, history_of

ALL_SITES = ["sites/a", "sites/b", "sites/c"]
TEAMS = {f"teams/{site[-1]}{number}": site for site in ALL_SITES for number in (1, 2)}
AGENTS = {f"agents/{team[-2:]}": (team, site) for team, site in TEAMS.items()}

scopes = st.builds(
    Scope,
    st.none() | st.frozensets(st.sampled_from(ALL_SITES)),
    st.frozensets(st.sampled_from(sorted(AGENTS))),
    st.frozensets(st.sampled_from(sorted(TEAMS))),
)
open_site_sets = st.frozensets(st.sampled_from(ALL_SITES))


def seen(scope: Scope) -> set[str]:
    return {agent for agent, (team, site) in AGENTS.items() if scope.sees_agent(agent, site, team)}


def teams_at(sites: frozenset[str]) -> frozenset[str]:
    return frozenset(team for team, site in TEAMS.items() if site in sites)


@given(
    scope=scopes,
    opened=open_site_sets,
    own=st.sampled_from(["", *sorted(AGENTS)]),
    leads=st.sets(st.sampled_from([1, 2])),
)
def test_history_is_never_more_than_the_scope_and_is_led_or_own_where_it_is_not_open(
    scope: Scope, opened: frozenset[str], own: str, leads: set[int]
) -> None:
    site = AGENTS[own][1] if own else ""
    led = frozenset(f"teams/{site[-1]}{number}" for number in leads) if own else frozenset()

    history = seen(history_of(scope, Standing(own, site, led), opened, teams_at(opened)))

    assert history <= seen(scope)
    closed = {agent for agent in history if AGENTS[agent][1] not in opened}
    assert all(agent == own or AGENTS[agent][0] in led for agent in closed)


@given(scope=scopes.filter(lambda scope: not scope.agents), opened=open_site_sets)
def test_at_an_open_site_history_is_the_scope(scope: Scope, opened: frozenset[str]) -> None:
    history = seen(history_of(scope, Standing(), opened, teams_at(opened)))

    assert history == {agent for agent in seen(scope) if AGENTS[agent][1] in opened}


def test_a_lead_of_a_strict_site_sees_the_past_of_those_whom_she_leads_and_her_own() -> None:
    led = Standing("agents/a1", "sites/a", frozenset({"teams/a2"}))
    scope = Scope(frozenset({"sites/a"}), frozenset({"agents/a1"}))

    assert seen(history_of(scope, led, frozenset(), frozenset())) == {"agents/a1", "agents/a2"}
