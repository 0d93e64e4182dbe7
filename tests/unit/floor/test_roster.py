from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.roster.domain.checks import check_people
from services.roster.domain.people import People
from services.roster.domain.shift_checks import Known, check_against, check_form
from services.roster.rpc.people_requests import people_from
from services.roster.rpc.shift_convert import shifts_from
from simulator.floor.people import floor_agents
from simulator.floor.roster import roster_request, shifts_request
from simulator.floor.script import plan_of_day


def test_the_roster_takes_everybody_of_the_floor() -> None:
    people = people_from(roster_request())

    assert check_people(people, People(), lambda site: True, may_change_all=True) == ()
    assert len(people.agents) == len(floor_agents())
    assert all(team.leads and team.line for team in people.teams)
    assert all(agent.skills for agent in people.agents)


@settings(max_examples=25)
@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
@example(date(2026, 3, 28))
@example(date(2026, 10, 24))
def test_the_roster_takes_the_shifts_of_any_two_days(day: date) -> None:
    following = date.fromordinal(day.toordinal() + 1)
    plan = [*plan_of_day(day), *plan_of_day(following)]
    request = shifts_request(plan)
    for shift in request.shifts:
        shift.time_zone = "Europe/Lisbon"
    shifts = shifts_from(request.shifts)
    sites = {agent.name: agent.site for agent in people_from(roster_request()).agents}

    faults = (
        *check_form(shifts, ()),
        *check_against(next(iter(sites.values())), shifts, (), Known(sites, {}, ())),
    )

    assert faults == ()
    assert len(shifts) == len(plan) > len(floor_agents())
