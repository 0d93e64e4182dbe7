import pytest

from services.roster.domain.catalogue import MOST_SKILLS_OF_AGENT
from services.roster.domain.checks import check_people
from services.roster.domain.people import Agent, Line, People
from tests.unit.roster.builders import a_line, a_site, a_skill, a_team, an_agent

SITE = People((a_site(),))


def faults(requested: People, known: People = SITE, *, may_change_all: bool = True) -> list[str]:
    found = check_people(requested, known, lambda site: True, may_change_all=may_change_all)
    return [f"{fault.field} {fault.description}" for fault in found]


def test_a_team_may_work_for_a_line_that_comes_along() -> None:
    assert faults(People(teams=(a_team(line="sales"),), lines=(a_line(),))) == []


def test_an_agent_may_have_skills_that_exist() -> None:
    known = People((a_site(),), skills=(a_skill(),))

    assert faults(People(agents=(an_agent(skills={"chinese": 5}),)), known) == []


def test_a_line_that_nobody_knows_is_named() -> None:
    [fault] = faults(People(teams=(a_team(line="sales"),)))

    assert fault.startswith("teams[0].line names 'lines/sales'")


@pytest.mark.parametrize(
    ("agent", "what"),
    [
        (an_agent(skills={"dutch": 1}), "names 'skills/dutch', which neither exists"),
        (an_agent(skills={"chinese": 0}), "gives skills/chinese the level 0; levels are 1 to 5"),
        (an_agent(skills={"chinese": 6}), "gives skills/chinese the level 6; levels are 1 to 5"),
        (
            an_agent(skills={f"s{number}": 1 for number in range(MOST_SKILLS_OF_AGENT + 1)}),
            "has 51 rows; at most 50",
        ),
    ],
)
def test_a_faulty_skill_of_an_agent_is_told(agent: Agent, what: str) -> None:
    [fault] = faults(People(agents=(agent,)), People((a_site(),), skills=(a_skill(),)))

    assert fault.startswith(f"agents[0].skills {what}")


def test_a_skill_may_come_once_for_an_agent() -> None:
    ana = an_agent(skills={"chinese": 2})
    twice = Agent(ana.name, ana.display_name, ana.site, None, ana.skills * 2)

    assert faults(People(agents=(twice,), skills=(a_skill(),))) == [
        "agents[0].skills names 'skills/chinese' twice"
    ]


@pytest.mark.parametrize(
    "line",
    [
        Line(a_line().name, ()),
        Line(a_line().name, (("English", "Sales"),)),
        Line(a_line().name, (("en", " "),)),
        Line(a_line().name, (("en", "s" * 61),)),
        Line(a_line().name, (("en", "Sa\nles"),)),
        Line(a_line().name, tuple((f"x{chr(97 + number)}", "S") for number in range(21))),
    ],
)
def test_names_by_language_are_bounded(line: Line) -> None:
    [fault] = faults(People(lines=(line,)))

    assert fault.startswith("lines[0].display_names ")


def test_who_sees_some_sites_alone_cannot_change_what_belongs_to_none() -> None:
    known = People((a_site(),), lines=(a_line(),), skills=(a_skill(),))
    requested = People(lines=(a_line(en="Mine"),), skills=(a_skill("dutch"),))

    named = [fault.partition(" ")[0] for fault in faults(requested, known, may_change_all=False)]

    assert named == ["lines[0].name", "skills[0].name"]


def test_who_sees_some_sites_alone_may_name_what_is_there_already() -> None:
    known = People((a_site(),), lines=(a_line(),))
    requested = People(teams=(a_team(line="sales"),), lines=(a_line(),))

    assert faults(requested, known, may_change_all=False) == []
