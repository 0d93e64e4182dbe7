from datetime import time

from services.roster.domain.merging import ALL_FIELDS, check_mask, merge
from services.roster.domain.people import People, Site
from tests.unit.roster.builders import a_line, a_site, a_skill, a_team, an_agent

KNOWN = People(
    sites=(Site(a_site().name, "Porto", "Europe/Lisbon", time(6), 3),),
    teams=(a_team(leads=("eva",), line="sales"),),
    agents=(an_agent(team="fiber", skills={"chinese": 3}, left="2026-03-02"),),
    lines=(a_line(),),
    skills=(a_skill(),),
)
REQUESTED = People(
    sites=(a_site(label="Porto Norte"),),
    teams=(a_team(label="Glass"),),
    agents=(an_agent(label="Ana Ribeiro"),),
    lines=(a_line(en="Trade"),),
    skills=(a_skill(en="Mandarin"),),
)


def test_without_a_mask_rows_are_as_requested() -> None:
    assert merge(REQUESTED, KNOWN, ALL_FIELDS) == REQUESTED


def test_an_empty_mask_leaves_rows_that_exist_as_they_are() -> None:
    assert merge(REQUESTED, KNOWN, frozenset()) == KNOWN


def test_a_field_of_the_mask_alone_is_changed() -> None:
    merged = merge(REQUESTED, KNOWN, {"agents.display_name", "teams.leads"})

    assert merged.agents == (
        an_agent(team="fiber", skills={"chinese": 3}, left="2026-03-02", label="Ana Ribeiro"),
    )
    assert merged.teams == (a_team(line="sales"),)


def test_rows_that_do_not_exist_are_created_as_given() -> None:
    assert merge(REQUESTED, People(), frozenset()) == REQUESTED


def test_a_path_that_is_no_field_is_refused_with_those_that_are() -> None:
    [fault] = check_mask(frozenset({"agents.team", "agents.salary"}))

    assert fault.description.startswith(
        "names 'agents.salary', which is none of agents.display_name"
    )
