from datetime import UTC, datetime

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import shift_service_pb2 as wire
from muster.roster.v1.roster_service_pb2 import ApplyRosterRequest
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.roster.conftest import ShiftsAs
from tests.component.roster.people import a_publication, a_request, a_shift, stamp

Request = wire.GetPlannedHeadcountRequest


@pytest.fixture(autouse=True)
async def planned(roster: RosterServiceStub, shifts: ShiftServiceStub) -> None:
    """Ana of copper, which works for sales, and Ben of fiber work on 2 March from 9; Ana has a meal
    at half past nine.
    """
    request = a_request()
    request.lines.add(name="lines/sales").display_names["en"] = "Sales"
    request.teams[0].line = "lines/sales"
    await roster.ApplyRoster(request)
    ana = a_shift("ana-1", "2026-03-02 09:00", "2026-03-02 17:00")
    meal = a_shift("meal", "2026-03-02 09:30", "2026-03-02 10:00")
    ana.activities.add(kind="KIND_MEAL", local_start=meal.local_start, local_end=meal.local_end)
    ben = a_shift("ben-1", "2026-03-02 09:00", "2026-03-02 09:45", agent="ben")
    await shifts.ApplyShifts(a_publication(ana, ben))


def an_hour(**arguments: object) -> Request:
    """Asks for 2 March from 9 to 10 in quarters of an hour."""
    request = Request(site="sites/porto", **arguments)  # type: ignore[arg-type] # what a test asks for
    request.start_time.CopyFrom(stamp(datetime(2026, 3, 2, 9, tzinfo=UTC)))
    request.end_time.CopyFrom(stamp(datetime(2026, 3, 2, 10, tzinfo=UTC)))
    request.interval.FromSeconds(900)
    return request


async def working(shifts: ShiftServiceStub, request: Request) -> dict[str, list[int]]:
    answer = await shifts.GetPlannedHeadcount(request)
    return {group.group: list(group.working_seconds) for group in answer.groups}


async def test_people_are_counted_together_with_their_meals_apart(
    shifts: ShiftServiceStub,
) -> None:
    answer = await shifts.GetPlannedHeadcount(an_hour())

    [group] = answer.groups
    assert (answer.interval_count, list(group.working_seconds)) == (4, [1800, 1800, 900, 0])
    assert [list(each.person_seconds) for each in group.activities] == [[0, 0, 900, 900]]


async def test_people_are_counted_by_team_and_by_line(shifts: ShiftServiceStub) -> None:
    by_team = await working(shifts, an_hour(grouping=Request.GROUPING_TEAM))
    by_line = await working(shifts, an_hour(grouping=Request.GROUPING_LINE))

    assert by_team == {"teams/copper": [900, 900, 0, 0], "teams/fiber": [900, 900, 900, 0]}
    assert by_line == {"lines/sales": [900, 900, 0, 0], "": [900, 900, 900, 0]}


async def test_those_who_match_the_filter_alone_count(shifts: ShiftServiceStub) -> None:
    assert await working(shifts, an_hour(lines=["lines/sales"])) == {"": [900, 900, 0, 0]}
    assert await working(shifts, an_hour(skills=["skills/none"])) == {}


async def test_those_who_are_visible_alone_count(shifts_as: ShiftsAs) -> None:
    lead = shifts_as(Scope(sites=frozenset(), agents=frozenset({"agents/ben"})))

    assert await working(lead, an_hour()) == {"": [900, 900, 900, 0]}


async def test_the_plan_can_be_read_as_it_was_published(shifts: ShiftServiceStub) -> None:
    taken_back = wire.ApplyShiftsRequest(site="sites/porto", cancelled_shifts=["shifts/ben-1"])
    published = await shifts.ApplyShifts(taken_back)
    before = an_hour()
    before.known_time.FromNanoseconds(published.publish_time.ToNanoseconds() - 1_000)

    assert await working(shifts, an_hour()) == {"": [900, 900, 0, 0]}
    assert await working(shifts, before) == {"": [1800, 1800, 900, 0]}


async def test_shifts_of_one_who_left_before_do_not_count(
    roster: RosterServiceStub, shifts: ShiftServiceStub
) -> None:
    ben = people.Agent(name="agents/ben", display_name="Ben", site="sites/porto")
    ben.end_date.year, ben.end_date.month, ben.end_date.day = 2026, 3, 2
    await roster.ApplyRoster(ApplyRosterRequest(agents=[ben]))

    assert await working(shifts, an_hour()) == {"": [900, 900, 0, 0]}


async def test_nobody_is_scheduled_for_after_she_left(
    roster: RosterServiceStub, shifts: ShiftServiceStub
) -> None:
    eva = people.Agent(name="agents/eva", display_name="Eva", site="sites/porto")
    eva.end_date.year, eva.end_date.month, eva.end_date.day = 2026, 3, 2
    await roster.ApplyRoster(ApplyRosterRequest(agents=[eva]))
    before = a_shift("eva-1", "2026-03-01 22:00", "2026-03-02 06:00", agent="eva")
    after = a_shift("eva-2", "2026-03-02 22:00", "2026-03-03 06:00", agent="eva")

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await shifts.ApplyShifts(a_publication(before, after))

    [violation] = refusal_from(error.value).violations
    assert violation.field == "shifts[1].agent"
    assert violation.description == "leaves sites/porto on 2026-03-02, before the shift starts"


@pytest.mark.parametrize(
    ("field", "value"),
    [("interval", Duration(seconds=60)), ("teams", ["fiber"]), ("grouping", 9)],
)
async def test_what_cannot_be_counted_is_named(
    shifts: ShiftServiceStub, field: str, value: object
) -> None:
    request = an_hour()
    request.MergeFrom(Request(**{field: value}))  # type: ignore[arg-type] # what is wrong

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await shifts.GetPlannedHeadcount(request)

    assert [v.field for v in refusal_from(error.value).violations] == [field]
