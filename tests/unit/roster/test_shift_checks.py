from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.domain.people import AgentName, SiteName
from services.roster.domain.shift_checks import Known, check_against, check_form
from services.roster.domain.shifts import Activity, ActivityKind, Shift, ShiftName, Version
from tests.unit.roster.builders import a_shift, local, published

PORTO = SiteName("sites/porto")
DAY = a_shift("day", "03-02 09:00", "03-02 17:00")


def known(*versions: Version, neighbours: tuple[Version, ...] = ()) -> Known:
    return Known(
        {AgentName("agents/ana"): PORTO, AgentName("agents/ben"): PORTO},
        {version.shift.name: version for version in versions},
        neighbours,
    )


def with_activity(kind: ActivityKind | None, start: str, end: str) -> Shift:
    return replace(DAY, activities=(Activity(kind, local(start), local(end)),))


@pytest.mark.parametrize(
    ("shift", "field"),
    [
        (replace(DAY, name=ShiftName("shifts/Day")), "name"),
        (replace(DAY, agent=AgentName("ana")), "agent"),
        (replace(DAY, time_zone="Mars/Base"), "time_zone"),
        (a_shift("day", "03-02 09:00", "03-02 09:00"), "local_end"),
        (a_shift("day", "03-02 09:00", "03-02 08:00"), "local_end"),
        (a_shift("day", "03-02 09:00", "03-03 22:00"), "local_end"),
        (a_shift("day", "0900-03-02 09:00", "0900-03-02 17:00"), "local_start"),
        # In Lisbon this half hour is not there: it would end before it begins.
        (a_shift("day", "03-29 01:30", "03-29 02:10"), "local_end"),
        (with_activity(None, "03-02 12:00", "03-02 13:00"), "activities[0].kind"),
        (
            with_activity(ActivityKind.MEAL, "03-02 08:00", "03-02 10:00"),
            "activities[0].local_start",
        ),
        (
            with_activity(ActivityKind.MEAL, "03-02 13:00", "03-02 12:00"),
            "activities[0].local_start",
        ),
    ],
)
def test_a_faulty_shift_is_named_by_its_field(shift: Shift, field: str) -> None:
    (fault,) = check_form([shift], [])

    assert fault.field == f"shifts[0].{field}"


def test_activities_that_overlap_are_refused() -> None:
    (first,) = with_activity(ActivityKind.MEAL, "03-02 12:00", "03-02 13:00").activities
    (second,) = with_activity(ActivityKind.BREAK, "03-02 12:30", "03-02 13:30").activities

    (fault,) = check_form([replace(DAY, activities=(first, second))], [])

    assert fault.field == "shifts[0].activities[1].local_start"


def test_one_name_is_one_shift() -> None:
    again = a_shift("day", "03-03 09:00", "03-03 17:00")

    faults = check_form([DAY, again], [DAY.name])

    assert [fault.field for fault in faults] == ["shifts[1].name", "cancelled_shifts[0]"]


def test_an_agent_of_another_site_has_no_shift_here() -> None:
    stranger = a_shift("day", "03-02 09:00", "03-02 17:00", agent="eva")

    (fault,) = check_against(PORTO, [stranger], [], known())

    assert (fault.field, fault.description) == ("shifts[0].agent", "is no agent of sites/porto")


def test_another_sites_shift_can_neither_be_published_nor_taken_back() -> None:
    theirs = published(a_shift("theirs", "03-05 09:00", "03-05 17:00"), site="lyon")
    mine = a_shift("theirs", "03-02 09:00", "03-02 17:00")

    published_faults = check_against(PORTO, [mine], [], known(theirs))
    cancelled_faults = check_against(PORTO, [], [theirs.shift.name], known(theirs))

    assert [fault.field for fault in published_faults] == ["shifts[0].name"]
    assert [fault.field for fault in cancelled_faults] == ["cancelled_shifts[0]"]


def test_two_shifts_of_one_agent_that_overlap_are_refused_with_both_named() -> None:
    night = a_shift("night", "03-02 16:59", "03-03 01:00")

    (fault,) = check_against(PORTO, [DAY, night], [], known())

    assert fault.field == "shifts[1].local_start"
    assert fault.description.startswith("overlaps shifts[0] of agents/ana, 2026-03-02 09:00 to")


def test_a_shift_that_overlaps_a_published_one_is_refused_with_that_one_named() -> None:
    night = a_shift("night", "03-02 16:59", "03-03 01:00")

    (fault,) = check_against(PORTO, [night], [], known(neighbours=(published(DAY),)))

    assert fault.field == "shifts[0].local_start"
    assert "overlaps shifts/day of agents/ana" in fault.description


@pytest.mark.parametrize("what", ["other agent", "one after the other", "replaced", "taken back"])
def test_shifts_that_do_not_meet_are_fine(what: str) -> None:
    night = a_shift("night", "03-02 17:00", "03-03 01:00")
    bens = a_shift("bens", "03-02 09:00", "03-02 17:00", agent="ben")
    shifts, cancelled, neighbours = {
        "other agent": ([DAY, bens], [], ()),
        "one after the other": ([DAY, night], [], ()),
        "replaced": ([replace(DAY, local_end=local("03-02 18:00"))], [], (published(DAY),)),
        "taken back": (
            [a_shift("new", "03-02 10:00", "03-02 12:00")],
            [DAY.name],
            (published(DAY),),
        ),
    }[what]

    assert check_against(PORTO, shifts, cancelled, known(neighbours=neighbours)) == ()


STARTS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), min_size=1, max_size=8)


@given(STARTS)
def test_shifts_that_pass_never_overlap(hours: list[tuple[int, int]]) -> None:
    begin = local("03-27 00:00")
    shifts = [
        replace(
            DAY,
            name=ShiftName(f"shifts/s{index}"),
            local_start=begin + timedelta(hours=start),
            local_end=begin + timedelta(hours=start + length),
        )
        for index, (start, length) in enumerate(hours)
    ]

    faults = check_against(PORTO, shifts, [], known())

    faulty = {int(fault.field.split("[")[1].split("]")[0]) for fault in faults}
    spans = [shift.span() for index, shift in enumerate(shifts) if index not in faulty]
    meeting = any(
        one.overlaps(other)
        for place, one in enumerate(spans)
        for other in spans[place + 1 :]
        if not faulty
    )
    assert not meeting
    assert bool(faulty) == any(
        one.span().overlaps(other.span())
        for place, one in enumerate(shifts)
        for other in shifts[place + 1 :]
    )
