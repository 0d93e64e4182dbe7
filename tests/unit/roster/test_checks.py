import pytest

from services.roster.domain.checks import MOST_AGENTS, Fault, check_people, check_sizes
from services.roster.domain.people import Agent, People, Site
from tests.unit.roster.builders import a_site, a_team, an_agent

NOBODY = People()


def faults(requested: People, known: People = NOBODY) -> list[str]:
    found = check_people(requested, known, lambda site: True, may_change_all=True)
    return [fault.field for fault in found]


def test_people_whose_site_and_team_come_along_can_be_applied() -> None:
    requested = People((a_site(),), (a_team(),), (an_agent(team="fiber"),))

    assert faults(requested) == []


def test_people_whose_site_and_team_exist_can_be_applied() -> None:
    known = People((a_site(),), (a_team(),))

    assert faults(People(agents=(an_agent(team="fiber"),)), known) == []


@pytest.mark.parametrize(
    ("site", "field"),
    [
        (a_site("Porto"), "sites[0].name"),
        (a_site("p" * 64), "sites[0].name"),
        (a_site(zone="Europe/Atlantis"), "sites[0].time_zone"),
        (a_site(zone=""), "sites[0].time_zone"),
        (a_site(label="p" * 201), "sites[0].display_name"),
        (a_site(label="Por\nto"), "sites[0].display_name"),
    ],
)
def test_a_faulty_site_is_named_with_its_field(site: Site, field: str) -> None:
    assert faults(People((site,))) == [field]


def test_a_team_of_an_unknown_site_is_refused() -> None:
    assert faults(People(teams=(a_team(site="faro"),))) == ["teams[0].site"]


def test_a_team_stays_at_its_site() -> None:
    known = People((a_site(), a_site("faro")), (a_team(),))

    assert faults(People(teams=(a_team(site="faro"),)), known) == ["teams[0].site"]


@pytest.mark.parametrize(
    "requested", [People(teams=(a_team(site="faro"),)), People(agents=(an_agent(team="fiber"),))]
)
def test_where_a_team_is_stays_unsaid_to_whom_it_does_not_concern(requested: People) -> None:
    known = People((a_site(), a_site("faro"), a_site("lisbon")), (a_team(site="lisbon"),))

    [fault] = check_people(
        requested, known, lambda site: site != "sites/lisbon", may_change_all=True
    )

    assert "another site" in fault.description
    assert "lisbon" not in fault.description


@pytest.mark.parametrize(
    ("agent", "field"),
    [
        (an_agent("Ana"), "agents[0].name"),
        (an_agent(site="faro"), "agents[0].site"),
        (an_agent(team="copper"), "agents[0].team"),
        (an_agent(team="lisbon-team"), "agents[0].team"),
    ],
)
def test_a_faulty_agent_is_named_with_its_field(agent: Agent, field: str) -> None:
    known = People((a_site(), a_site("lisbon")), (a_team(), a_team("lisbon-team", site="lisbon")))

    assert faults(People(agents=(agent,)), known) == [field]


def test_each_faulty_row_is_named_once_and_the_good_ones_are_not() -> None:
    twice_wrong = an_agent("BAD", site="nowhere")
    requested = People(agents=(an_agent("ana"), twice_wrong, an_agent("ben", team="x")))

    assert faults(requested, People((a_site(),))) == ["agents[1].name", "agents[2].team"]


def test_a_name_may_come_once_in_a_request() -> None:
    requested = People((a_site(),), agents=(an_agent("ana"), an_agent("ana")))

    assert faults(requested) == ["agents[1].name"]


def test_an_agent_moves_to_another_site_with_a_team_of_it() -> None:
    known = People((a_site(), a_site("faro")), (a_team("sea", site="faro"),), (an_agent(),))

    assert faults(People(agents=(an_agent(site="faro", team="sea"),)), known) == []


@pytest.mark.parametrize(
    ("requested", "field"),
    [
        (People((a_site("faro"),)), "sites[0].name"),
        (People(teams=(a_team("sea", site="faro"),)), "teams[0].site"),
        (People(agents=(an_agent(site="faro"),)), "agents[0].site"),
        (People(agents=(an_agent("rui", site="porto"),)), "agents[0].name"),
    ],
)
def test_nothing_of_a_site_out_of_scope_is_changed(requested: People, field: str) -> None:
    known = People((a_site(), a_site("faro")), (), (an_agent("rui", site="faro"),))

    found = check_people(requested, known, lambda site: site == "sites/porto", may_change_all=False)

    assert [fault.field for fault in found] == [field]


def test_a_request_has_a_limit_and_its_refusal_tells_it() -> None:
    agents = (an_agent(),) * (MOST_AGENTS + 1)

    assert check_sizes(People(agents=agents)) == (
        Fault("agents", "has 10001 rows; at most 10000 in one call"),
    )
    assert check_sizes(People((a_site(),), (a_team(),))) == ()
