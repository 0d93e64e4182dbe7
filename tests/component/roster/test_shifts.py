import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, datetime, timedelta

import grpc
import pytest
from muster.roster.v1 import events_pb2, shift_pb2
from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import roster_service_pb2 as roster_wire
from muster.roster.v1 import shift_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub

from chassis.bus import Bus, FullCopyConsumer, Position
from chassis.errors import Code, Refusal
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from chassis.telemetry import silent_telemetry
from tests.component.roster.conftest import ShiftsAs
from tests.component.roster.people import a_publication, a_request, a_shift, march

MONDAY = a_shift("monday", "2026-03-02 09:00", "2026-03-02 17:00")
NIGHT = a_shift("night", "2026-03-28 22:00", "2026-03-29 06:00", agent="ben")


@pytest.fixture(autouse=True)
async def _people(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())


async def refused(call: Awaitable[object]) -> Refusal:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return refusal_from(error.value)


async def test_a_shift_is_listed_with_its_local_times_and_their_instants(
    shifts: ShiftServiceStub,
) -> None:
    request = a_publication(NIGHT)
    meal = request.shifts[0].activities.add(kind=shift_pb2.Activity.KIND_MEAL)
    meal.local_start.CopyFrom(a_shift("x", "2026-03-29 02:00", "2026-03-29 03:00").local_start)
    meal.local_end.CopyFrom(a_shift("x", "2026-03-29 02:00", "2026-03-29 03:00").local_end)
    await shifts.ApplyShifts(request)

    (listed,) = (await shifts.ListShifts(march())).shifts

    assert (listed.time_zone, listed.local_start.hours, listed.local_end.hours) == (
        "Europe/Lisbon",
        22,
        6,
    )
    # The clock skips an hour in this night.
    span = listed.end_time.ToDatetime(UTC) - listed.start_time.ToDatetime(UTC)
    assert span == timedelta(hours=7)
    assert [activity.kind for activity in listed.activities] == [shift_pb2.Activity.KIND_MEAL]
    assert (listed.state, listed.version) == (shift_pb2.Shift.STATE_PUBLISHED, 1)
    assert listed.publisher == "accounts/test"


async def test_publishing_the_same_twice_changes_nothing(shifts: ShiftServiceStub) -> None:
    first = await shifts.ApplyShifts(a_publication(MONDAY, NIGHT))
    second = await shifts.ApplyShifts(a_publication(MONDAY, NIGHT))

    assert (first.created_count, first.HasField("cursor")) == (2, True)
    assert (second.created_count, second.amended_count, second.unchanged_count) == (0, 0, 2)
    assert not second.HasField("publish_time")
    assert not second.HasField("cursor")


async def test_the_roster_is_kept_as_it_was_published_at_every_instant(
    shifts: ShiftServiceStub,
) -> None:
    first = (await shifts.ApplyShifts(a_publication(MONDAY))).publish_time.ToDatetime(UTC)
    moved = a_shift("monday", "2026-03-02 11:00", "2026-03-02 19:00")
    second = (await shifts.ApplyShifts(a_publication(moved))).publish_time.ToDatetime(UTC)
    cancelling = wire.ApplyShiftsRequest(site="sites/porto", cancelled_shifts=["shifts/monday"])
    await shifts.ApplyShifts(cancelling)

    async def starts(known: datetime | None) -> list[int]:
        listed = await shifts.ListShifts(march(known=known))
        return [shift.local_start.hours for shift in listed.shifts]

    assert await starts(first - timedelta(seconds=1)) == []
    assert await starts(first) == [9]
    assert await starts(second) == [11]
    assert await starts(None) == []


async def test_validating_alone_publishes_nothing(shifts: ShiftServiceStub) -> None:
    request = a_publication(MONDAY)
    request.validate_only = True

    answer = await shifts.ApplyShifts(request)

    assert (answer.created_count, answer.HasField("publish_time")) == (1, False)
    assert not (await shifts.ListShifts(march())).shifts


async def test_a_shift_that_overlaps_a_published_one_is_refused(shifts: ShiftServiceStub) -> None:
    await shifts.ApplyShifts(a_publication(MONDAY))
    late = a_shift("late", "2026-03-02 16:00", "2026-03-02 22:00")

    refusal = await refused(shifts.ApplyShifts(a_publication(NIGHT, late)))

    (violation,) = refusal.violations
    assert violation.field == "shifts[1].local_start"
    assert violation.description.startswith("overlaps shifts/monday of agents/ana")
    assert len((await shifts.ListShifts(march())).shifts) == 1


async def test_two_who_publish_at_once_do_not_fit_two_shifts_into_one_time(
    shifts: ShiftServiceStub,
) -> None:
    rivals = [a_shift(f"r{n}", "2026-03-02 09:00", "2026-03-02 17:00") for n in range(6)]

    answers = await asyncio.gather(
        *(shifts.ApplyShifts(a_publication(rival)) for rival in rivals), return_exceptions=True
    )

    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1


async def test_a_shift_without_a_local_time_is_named(shifts: ShiftServiceStub) -> None:
    faulty = shift_pb2.Shift(name="shifts/x", agent="agents/ana")

    refusal = await refused(shifts.ApplyShifts(a_publication(MONDAY, faulty)))

    assert [violation.field for violation in refusal.violations] == ["shifts[1].local_start"]


async def test_an_agent_sees_her_own_shifts_only(
    shifts: ShiftServiceStub, shifts_as: ShiftsAs
) -> None:
    await shifts.ApplyShifts(a_publication(MONDAY, NIGHT))
    ben = shifts_as(Scope(sites=frozenset(), agents=frozenset({"agents/ben"})))

    listed = await ben.ListShifts(march())

    assert [shift.agent for shift in listed.shifts] == ["agents/ben"]
    refusal = await refused(ben.ApplyShifts(a_publication(MONDAY)))
    assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "UNKNOWN_SITE")


async def test_a_lead_sees_the_shifts_of_her_team_only(
    shifts: ShiftServiceStub, shifts_as: ShiftsAs
) -> None:
    await shifts.ApplyShifts(a_publication(MONDAY, NIGHT))
    copper = shifts_as(Scope(frozenset(), teams=frozenset({"teams/copper"})))

    listed = await copper.ListShifts(march())

    assert [shift.agent for shift in listed.shifts] == ["agents/ana"]


async def test_shifts_of_past_days_are_for_the_history_scope(
    shifts: ShiftServiceStub, shifts_as: ShiftsAs
) -> None:
    await shifts.ApplyShifts(a_publication(MONDAY, NIGHT))
    ben = Scope(frozenset(), agents=frozenset({"agents/ben"}))

    listed = await shifts_as(Scope(sites=None), ben).ListShifts(march())

    assert [shift.agent for shift in listed.shifts] == ["agents/ben"]


async def test_pages_follow_each_other_in_the_order_of_local_starts(
    shifts: ShiftServiceStub,
) -> None:
    days = [a_shift(f"d{n}", f"2026-03-{n:02} 09:00", f"2026-03-{n:02} 17:00") for n in range(1, 8)]
    await shifts.ApplyShifts(a_publication(*reversed(days)))
    request = march()
    request.page_size = 3

    pages = []
    while True:
        page = await shifts.ListShifts(request)
        pages.append([shift.name for shift in page.shifts])
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token

    assert [len(page) for page in pages] == [3, 3, 1]
    assert [name for page in pages for name in page] == [day.name for day in days]


async def test_only_shifts_that_touch_the_span_are_listed(shifts: ShiftServiceStub) -> None:
    outside = a_shift("outside", "2026-04-01 09:00", "2026-04-01 17:00")
    edge = a_shift("edge", "2026-02-28 20:00", "2026-03-01 04:00")
    await shifts.ApplyShifts(a_publication(outside, edge))

    assert [shift.name for shift in (await shifts.ListShifts(march())).shifts] == ["shifts/edge"]


@pytest.mark.parametrize("token", ["x", "AAAAAAAAAAAAAA==", "\u4e2d"])
async def test_a_token_of_another_list_is_refused(shifts: ShiftServiceStub, token: str) -> None:
    request = march()
    request.page_token = token

    assert (await refused(shifts.ListShifts(request))).reason == "INVALID_PAGE_TOKEN"


async def test_a_span_of_over_a_hundred_days_is_refused(shifts: ShiftServiceStub) -> None:
    request = march()
    request.end_time.FromSeconds(request.start_time.seconds + 101 * 86_400)

    assert (await refused(shifts.ListShifts(request))).violations[0].field == "end_time"


async def test_a_publication_reaches_a_consumer_within_five_seconds_and_in_order(
    shifts: ShiftServiceStub, roster: RosterServiceStub, bus: Bus
) -> None:
    seen: asyncio.Queue[events_pb2.ShiftsChanged] = asyncio.Queue()

    async def apply(_position: Position, payload: bytes, _headers: object) -> None:
        seen.put_nowait(events_pb2.ShiftsChanged.FromString(payload))

    async def replay(after: Position) -> AsyncIterator[tuple[Position, bytes]]:
        cursor = people.Cursor(site=f"sites/{after.site}", epoch=after.epoch, seq=after.seq)
        request = wire.ReplayShiftChangesRequest(after=cursor)
        async for event in shifts.ReplayShiftChanges(request):
            place = Position(after.site, event.cursor.epoch, event.cursor.seq)
            yield place, event.SerializeToString()

    async def expired(_site: str) -> None:
        raise AssertionError("everything is kept")

    consumer = FullCopyConsumer(
        owner="roster",
        event="shifts_changed",
        bus=bus,
        telemetry=silent_telemetry(),
        apply=apply,
        replay=replay,
        on_expired=expired,
        positions={"porto": Position("porto", 1, 0)},
    )
    following = asyncio.create_task(consumer.run())
    try:
        await shifts.ApplyShifts(a_publication(MONDAY))
        await rename_ana(roster)
        await shifts.ApplyShifts(a_publication(NIGHT))
        events = [await asyncio.wait_for(seen.get(), 5) for _ in range(4)]
    finally:
        following.cancel()

    assert [event.cursor.seq for event in events] == [1, 2, 3, 4]
    # The people of the site were told at 1 and 3, in the same order.
    assert [[shift.name for shift in event.shifts] for event in events] == [
        [],
        ["shifts/monday"],
        [],
        ["shifts/night"],
    ]


async def test_who_follows_agents_finds_publications_empty(
    shifts: ShiftServiceStub, roster: RosterServiceStub
) -> None:
    await shifts.ApplyShifts(a_publication(MONDAY))
    await rename_ana(roster)
    cursor = people.Cursor(site="sites/porto", epoch=1, seq=1)

    replayed = roster.ReplayChanges(roster_wire.ReplayChangesRequest(after=cursor))
    events = [event async for event in replayed]

    assert [(event.cursor.seq, len(event.agents)) for event in events] == [(2, 0), (3, 1)]


async def rename_ana(roster: RosterServiceStub) -> None:
    ana = people.Agent(name="agents/ana", display_name="Ana 2", site="sites/porto")
    await roster.ApplyRoster(roster_wire.ApplyRosterRequest(agents=[ana]))
