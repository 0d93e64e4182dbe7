"""What an account is worth towards the services."""

from dataclasses import replace

from chassis.identity import Identity
from chassis.scope import Scope
from gateway.app.givers import Givers
from gateway.app.identities import Identities
from gateway.domain.accounts import Account
from tests.unit.gateway.fakes import FakeOrganisation

LEAD = Account(
    "lead",
    "Lead",
    frozenset({"board.read"}),
    frozenset(),
    "agents/lead",
    teams=frozenset({"teams/guests"}),
    reporting_line=True,
)
OWN = frozenset({"agents/lead"})


async def narrow(scope: Scope, direct_teams: frozenset[str], agent: str) -> Scope | None:
    return Scope(frozenset(), frozenset({agent}), direct_teams)


async def test_a_lead_sees_her_line_and_of_the_past_what_the_profile_allows() -> None:
    identity = await Identities(FakeOrganisation(), narrow).identity_of(LEAD)

    assert identity.scope.teams == {"teams/guests", "teams/one", "teams/two"}
    assert identity.history == Scope(frozenset(), OWN, frozenset({"teams/one"}))


async def test_without_the_reporting_line_only_the_teams_named_are_in_scope() -> None:
    account = replace(LEAD, reporting_line=False)

    identity = await Identities(FakeOrganisation(), narrow).identity_of(account)

    assert identity.scope == Scope(frozenset(), OWN, LEAD.teams)


async def test_the_roster_is_not_asked_about_who_sees_nobody_but_herself() -> None:
    organisation = FakeOrganisation()
    account = replace(LEAD, reporting_line=False, teams=frozenset())

    identity = await Identities(organisation, narrow).identity_of(account)

    assert identity == Identity(LEAD.name, LEAD.permissions, Scope(frozenset(), OWN))
    assert organisation.asked_count == 0


async def test_a_giver_covers_her_agents_and_lines_that_stay_within_her_teams() -> None:
    identity = await Identities(FakeOrganisation(), narrow).identity_of(LEAD)
    eva = replace(LEAD, id="eva", agent="agents/eva", teams=frozenset())
    stranger = replace(eva, agent="agents/zoe", reporting_line=False)

    giver = await Givers(FakeOrganisation()).giver_for(identity, [LEAD, eva, stranger])

    assert giver.covers(LEAD)
    assert giver.covers(eva)
    assert not giver.covers(stranger)


async def test_a_giver_without_a_line_gives_none() -> None:
    account = replace(LEAD, reporting_line=False)
    identity = await Identities(FakeOrganisation(), narrow).identity_of(account)

    giver = await Givers(FakeOrganisation()).giver_for(identity, [LEAD])

    assert not giver.covers(LEAD)


async def test_who_sees_a_site_gives_its_teams_and_lines() -> None:
    identity = Identity("accounts/boss", LEAD.permissions, Scope(frozenset({"sites/porto"})))
    wanted = replace(LEAD, teams=frozenset({"teams/one"}))

    giver = await Givers(FakeOrganisation()).giver_for(identity, [wanted])

    assert giver.covers(wanted)
    assert not giver.covers(LEAD)
