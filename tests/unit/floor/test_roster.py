from datetime import date, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.roster.domain.checks import check_people
from services.roster.domain.people import AgentName, People, SiteName
from services.roster.domain.shift_checks import Known, check_against, check_form
from services.roster.rpc.people_requests import people_from
from services.roster.rpc.shift_convert import shifts_from
from simulator.floor.people import TEAM_SIZE, crew_of
from simulator.floor.roster import roster_requests, shifts_requests
from simulator.twin.people import workers_of
from simulator.twin.setting import THREE_ZONES, Setting
from simulator.twin.twin import Twin

SETTING = Setting(THREE_ZONES)
CREW = crew_of(workers_of(SETTING))


def merged(known: People, applied: People) -> People:
    """What a roster holds after something was applied to it."""

    def both(kind: str) -> tuple[Any, ...]:
        rows = (*getattr(known, kind), *getattr(applied, kind))
        return tuple({row.name: row for row in rows}.values())

    return People(*(both(kind) for kind in ("sites", "teams", "agents", "lines", "skills")))


def test_the_roster_takes_everybody_of_the_floor() -> None:
    known = People()
    for request in roster_requests(THREE_ZONES, CREW):
        people = people_from(request)
        assert check_people(people, known, lambda site: True, may_change_all=True) == ()
        known = merged(known, people)

    assert len(known.agents) == len(CREW) == 200
    assert all(team.leads and team.line for team in known.teams)
    assert all(agent.skills for agent in known.agents)


def test_teams_are_small_and_everybody_has_a_name_of_her_own() -> None:
    teams = {agent.team.id: [it for it in CREW if it.team == agent.team] for agent in CREW}

    assert max(map(len, teams.values())) == TEAM_SIZE
    assert all(members[0].name == members[0].team.lead for members in teams.values())
    assert len({(agent.team.site, agent.display_name) for agent in CREW}) == len(CREW)
    assert any("王" in agent.display_name for agent in CREW)


@settings(max_examples=15, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
@example(date(2026, 3, 28))
@example(date(2026, 10, 24))
def test_the_roster_takes_the_shifts_of_any_two_days(day: date) -> None:
    twin = Twin(SETTING, day)
    plan = [*twin.plan_of(day), *twin.plan_of(day + timedelta(days=1))]
    for place in THREE_ZONES:
        of_place = [shift for shift in plan if shift.agent.startswith(f"agents/{place.site}-")]
        (request,) = shifts_requests(place, of_place)
        for shift in request.shifts:
            shift.time_zone = place.zone
        shifts = shifts_from(request.shifts)
        sites = {
            AgentName(agent.name): SiteName(f"sites/{agent.worker.place.site}") for agent in CREW
        }

        faults = (
            *check_form(shifts, ()),
            *check_against(SiteName(f"sites/{place.site}"), shifts, (), Known(sites, {}, ())),
        )

        assert faults == ()
        assert len(shifts) == len(of_place) > 0
