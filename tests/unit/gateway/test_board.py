from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Code, Refusal
from gateway.app.board_people import WantedSites
from gateway.app.board_ports import PlannedShift
from gateway.app.board_span import AxisStart, WantedSpan
from gateway.app.join_board import Counted, WantedBoard
from gateway.domain.board_rows import Filters, Grouping, Order
from gateway.domain.heatmap import Coverage, Site
from gateway.domain.timelines import Look
from tests.unit.gateway.board_fakes import (
    BANK,
    BREAK,
    BUSY,
    DAY,
    EVERYBODY,
    MORNING,
    OFFLINE,
    ONLINE,
    PORTO,
    BoardDesk,
    FakeRoster,
    Stretches,
    a_person,
    sees,
)

AWAY = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "no answer")
BANK_BOARD = WantedBoard(WantedSites(BANK.name))
LONG_BREAKS = WantedBoard(WantedSites(BANK.name), filters=Filters(long_breaks=True))
TEA = Look(BREAK, reason="tea")


@pytest.fixture
def desk() -> BoardDesk:
    desk = BoardDesk()
    desk.roster.people = [
        a_person("a", "Zoe", team="teams/t"),
        a_person("b", "ana", team="teams/u", line="lines/shop"),
    ]
    desk.presence.told = {"a": [(ONLINE, 3600), (BUSY, 60)], "b": [(BREAK, 60)]}
    return desk


def names(rows: object) -> list[str]:
    return [row.person.display_name for row in rows]  # type: ignore[attr-defined]  # rows


async def test_the_board_opens_on_the_newest_day_that_has_data(desk: BoardDesk) -> None:
    # The last entry came at half past one at night in Madrid.
    last = datetime(1999, 8, 31, 23, 30, tzinfo=UTC)
    desk.presence.coverage = Coverage(datetime(1999, 8, 1, 5, tzinfo=UTC), last)

    board = await desk.read_board()(BANK_BOARD, EVERYBODY)

    assert board.span.day == board.days.last_day == date(1999, 9, 1)
    assert board.days.first_day == date(1999, 8, 1)
    assert board.span.zone == "Europe/Madrid"


async def test_a_site_without_data_shows_today(desk: BoardDesk) -> None:
    desk.presence.coverage = Coverage(None, None)

    board = await desk.read_board()(BANK_BOARD, EVERYBODY)

    assert board.span.day == date(2026, 11, 22)
    assert board.days.last_day is None


async def test_rows_come_by_display_name_and_point_to_their_timelines(desk: BoardDesk) -> None:
    board = await desk.read_board()(BANK_BOARD, EVERYBODY)

    assert [(row.person.display_name, row.timeline_number) for row in board.rows] == [
        ("ana", 2),
        ("Zoe", 1),
    ]
    assert desk.presence.asked == [(board.span.start_time, board.span.end_time)]


async def test_who_is_unknown_to_the_roster_keeps_her_row_under_her_id(desk: BoardDesk) -> None:
    desk.presence.told = {"gone": [(OFFLINE, 1)]}
    desk.roster.people = ()

    board = await desk.read_board()(BANK_BOARD, EVERYBODY)

    assert [(row.person.display_name, row.timeline_number) for row in board.rows] == [("gone", 1)]


async def test_who_left_before_the_span_has_no_row_and_who_left_within_it_has(
    desk: BoardDesk,
) -> None:
    desk.roster.people = [
        a_person("a", end_date=date(2026, 11, 22)),
        a_person("b", end_date=date(2026, 11, 23)),
    ]

    board = await desk.read_board()(BANK_BOARD, EVERYBODY)

    assert names(board.rows) == ["B"]


@pytest.mark.parametrize("code", [Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED])
@pytest.mark.parametrize("part", ["coverage", "timelines"])
async def test_without_presence_the_board_says_so_and_shows_the_people(
    desk: BoardDesk, part: str, code: Code
) -> None:
    setattr(desk.presence, f"{part}_failure", Refusal(code, "GONE", "no answer"))

    board = await desk.read_board()(BANK_BOARD, EVERYBODY)

    (missing,) = board.missing
    assert (missing.part, missing.reason, missing.message) == ("presence", "GONE", "no answer")
    assert missing.in_preparation is (code is Code.DEADLINE_EXCEEDED)
    assert [row.timeline_number for row in board.rows] == [0, 0]
    assert board.timelines is None


async def test_a_missing_part_tells_since_when_until_it_is_had_again(desk: BoardDesk) -> None:
    read_board = desk.read_board()
    desk.presence.coverage_failure = AWAY
    await read_board(BANK_BOARD, EVERYBODY)
    desk.clock.advance(timedelta(minutes=5))

    board = await read_board(BANK_BOARD, EVERYBODY)
    desk.presence.coverage_failure = None
    mended = await read_board(BANK_BOARD, EVERYBODY)

    assert [part.since_time for part in board.missing] == [MORNING]
    assert mended.missing == []


async def test_without_the_plan_the_board_says_so_and_shows_what_was_done(desk: BoardDesk) -> None:
    desk.roster.plan_failure = AWAY

    board = await desk.read_board()(BANK_BOARD, EVERYBODY)

    assert [part.part for part in board.missing] == ["roster"]
    assert board.plan is None
    assert board.timelines is not None


async def test_what_presence_forbids_is_not_called_missing(desk: BoardDesk) -> None:
    desk.presence.coverage_failure = Refusal(Code.PERMISSION_DENIED, "PERMISSION_MISSING", "no")

    with pytest.raises(Refusal, match="PERMISSION_MISSING"):
        await desk.read_board()(BANK_BOARD, EVERYBODY)


async def test_without_roster_there_is_no_board(desk: BoardDesk) -> None:
    desk.sites.failure = AWAY
    desk.presence.coverage_failure = AWAY

    with pytest.raises(Refusal, match="BACKEND_UNAVAILABLE"):
        await desk.read_board()(BANK_BOARD, EVERYBODY)


async def test_whom_the_caller_does_not_see_has_no_row(desk: BoardDesk) -> None:
    board = await desk.read_board()(BANK_BOARD, sees("a", history=["a"]))

    assert names(board.rows) == ["Zoe"]
    assert board.withheld_count == 0


async def test_past_days_withhold_whole_rows_and_count_them(desk: BoardDesk) -> None:
    yesterday = WantedBoard(
        WantedSites(BANK.name), WantedSpan(start_time=MORNING - 3 * DAY, end_time=MORNING)
    )

    board = await desk.read_board()(yesterday, sees("a", "b", history=["b"]))

    assert names(board.rows) == ["ana"]
    assert board.withheld_count == 1
    assert board.timelines is not None
    assert board.timelines.agents == ("agents/b",)


async def test_a_day_of_25_hours_is_no_history(desk: BoardDesk) -> None:
    recent = WantedBoard(
        WantedSites(BANK.name),
        WantedSpan(start_time=MORNING - timedelta(hours=25), end_time=MORNING),
    )

    board = await desk.read_board()(recent, sees("a", "b"))

    assert board.withheld_count == 0


async def test_counters_count_what_is_shown_and_all(desk: BoardDesk) -> None:
    busy = WantedBoard(WantedSites(BANK.name), filters=Filters(states=frozenset({BUSY})))

    board = await desk.read_board()(busy, EVERYBODY)

    assert names(board.rows) == ["Zoe"]
    assert board.shown_counts == {BUSY: 1}
    assert board.total_counts == {BUSY: 1, BREAK: 1}


@pytest.fixture
def tea(desk: BoardDesk) -> BoardDesk:
    """At nine in Madrid `b` has had tea for two hours, and `c` for a minute."""
    desk.roster.people = [*desk.roster.people, a_person("c", "Cy")]
    now = 9 * 3600
    told: dict[str, Stretches] = {
        "b": [(ONLINE, now - 7200), (TEA, 1)],
        "c": [(ONLINE, now - 60), (TEA, 1)],
    }
    desk.presence.told = {**desk.presence.told, **told}
    desk.policies.limits = {"tea": 900_000}
    return desk


async def test_who_is_on_a_break_for_too_long_is_counted_and_shown_alone(tea: BoardDesk) -> None:
    board = await tea.read_board()(LONG_BREAKS, EVERYBODY)

    assert names(board.rows) == ["ana"]
    assert board.shown_counts == {BREAK: 1}
    assert board.total_counts == {BUSY: 1, BREAK: 2}
    assert board.long_breaks == Counted(1, 1)


async def test_long_breaks_are_one_more_of_the_states_that_are_wanted(tea: BoardDesk) -> None:
    filters = Filters(long_breaks=True, states=frozenset({BUSY}))

    board = await tea.read_board()(WantedBoard(WantedSites(BANK.name), filters=filters), EVERYBODY)

    assert names(board.rows) == ["ana", "Zoe"]


async def test_a_break_becomes_long_without_anything_that_happens(tea: BoardDesk) -> None:
    before = await tea.read_board()(BANK_BOARD, EVERYBODY)
    tea.clock.advance(timedelta(minutes=15))

    after = await tea.read_board()(BANK_BOARD, EVERYBODY)

    assert [before.long_breaks, after.long_breaks] == [Counted(1, 1), Counted(2, 2)]


async def test_without_the_policy_nobody_is_called_long_on_a_break(tea: BoardDesk) -> None:
    tea.policies.failure = AWAY

    board = await tea.read_board()(LONG_BREAKS, EVERYBODY)

    assert board.rows == []
    assert board.long_breaks is None
    assert [one.part for one in board.missing] == ["policy"]


async def test_rows_are_grouped_by_line_with_those_of_none_last(desk: BoardDesk) -> None:
    grouped = WantedBoard(WantedSites(BANK.name), grouping=Grouping.LINE)

    board = await desk.read_board()(grouped, EVERYBODY)

    assert [(group.key, names(group.rows)) for group in board.groups] == [
        ("lines/shop", ["ana"]),
        ("", ["Zoe"]),
    ]


async def test_rows_are_ordered_by_the_start_of_the_shift(desk: BoardDesk) -> None:
    desk.roster.plan = {"agents/a": [PlannedShift(1_000, 2_000, ())]}
    ordered = WantedBoard(WantedSites(BANK.name), order=Order.SHIFT_START)

    board = await desk.read_board()(ordered, EVERYBODY)

    assert names(board.rows) == ["Zoe", "ana"]


async def test_persons_are_ranked_only_where_the_profile_allows_it(desk: BoardDesk) -> None:
    ranked = WantedBoard(WantedSites(BANK.name), order=Order.AMOUNT, amount_state=BREAK)

    with pytest.raises(Refusal) as refused:
        await desk.read_board()(ranked, EVERYBODY)

    assert refused.value.reason == "PERSON_RANKING_FORBIDDEN"
    assert refused.value.metadata == {"sites": "sites/bank"}


async def test_several_sites_are_one_board(desk: BoardDesk) -> None:
    desk.sites.sites = (BANK, PORTO)
    desk.roster = FakeRoster([a_person("a"), a_person("p", site=PORTO.name)])
    desk.presence.told = {"a": [(ONLINE, 1)], "p": [(BUSY, 1)]}
    desk.presence.site_of = {"p": PORTO.name}

    board = await desk.read_board()(WantedBoard(WantedSites("sites/-")), EVERYBODY)

    assert [(row.person.agent, row.state) for row in board.rows] == [
        ("agents/a", ONLINE),
        ("agents/p", BUSY),
    ]
    assert board.timelines is not None
    assert [place.site for place in board.timelines.places] == [BANK.name, PORTO.name]


async def test_of_several_sites_one_that_is_not_seen_is_not_found(desk: BoardDesk) -> None:
    wanted = WantedBoard(WantedSites("sites/-", frozenset({"sites/else"})))

    with pytest.raises(Refusal, match="UNKNOWN_SITE"):
        await desk.read_board()(wanted, EVERYBODY)


async def test_operating_days_of_several_sites_must_agree(desk: BoardDesk) -> None:
    desk.sites.sites = (BANK, Site(PORTO.name, "Porto", "Europe/Madrid", 360))
    wanted = WantedBoard(WantedSites("sites/-"), WantedSpan(axis_start=AxisStart.OPERATING_DAY))

    with pytest.raises(Refusal) as refused:
        await desk.read_board()(wanted, EVERYBODY)

    assert [one.field for one in refused.value.violations] == ["axis_start"]
