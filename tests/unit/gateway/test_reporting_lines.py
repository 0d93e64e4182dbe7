from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.reporting_lines import LedTeam, ReportingLine, reporting_line

AGENTS = [f"agents/{name}" for name in "abcde"]
TEAMS = [f"teams/{number}" for number in range(5)]


def teams(**leads: str) -> list[LedTeam]:
    return [LedTeam(f"teams/{team}", frozenset({f"agents/{lead}"})) for team, lead in leads.items()]


def test_who_leads_nobody_has_no_line() -> None:
    assert reporting_line("agents/ana", teams(one="eva"), {}) == ReportingLine()


def test_a_line_goes_down_through_members_who_lead() -> None:
    line = reporting_line(
        "agents/ana",
        teams(leads="ana", one="eva", two="ben", other="zoe"),
        {"agents/eva": "teams/leads", "agents/ben": "teams/one", "agents/ana": "teams/other"},
    )

    assert line.direct == {"teams/leads"}
    assert line.whole == {"teams/leads", "teams/one", "teams/two"}


def test_who_lead_each_other_see_each_others_teams() -> None:
    found = teams(one="ana", two="eva")
    members = {"agents/ana": "teams/two", "agents/eva": "teams/one"}

    assert reporting_line("agents/ana", found, members).whole == {"teams/one", "teams/two"}


@given(
    st.lists(st.frozensets(st.sampled_from(AGENTS)), min_size=5, max_size=5),
    st.dictionaries(st.sampled_from(AGENTS), st.sampled_from(TEAMS)),
)
def test_a_line_holds_the_lines_of_all_its_members_and_nothing_besides(
    leads: list[frozenset[str]], members: Mapping[str, str]
) -> None:
    found = [LedTeam(team, who) for team, who in zip(TEAMS, leads, strict=True)]

    line = reporting_line("agents/a", found, members)

    below = {agent for agent, team in members.items() if team in line.whole}
    led = [reporting_line(agent, found, members).direct for agent in below]
    assert line.whole == line.direct.union(*led)
