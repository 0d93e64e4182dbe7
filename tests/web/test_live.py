"""Changes that are pushed, and what the page does when they are not."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from muster.gateway.v1.push_pb2 import BoardChanges
from muster.presence.v1.presence_service_pb2 import ListStateLogResponse
from muster.presence.v1.state_pb2 import Activity, State, StateLogEntry
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support import board as colours
from tests.web.support.board import BoardPage
from tests.web.support.day import BUSY, ONLINE, Person
from tests.web.support.gateway import Script, ScriptedGateway

_FAR = 3_000
"""Farther than any list is long: its end."""


@pytest.fixture(autouse=True)
def _a_running_day(script: Script) -> None:
    script.day.now = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE)]


def a_change(
    script: Script, seq: int, clock: str, state: State, *, late: bool = False
) -> BoardChanges:
    hours, minutes = map(int, clock.split(":"))
    occurred = script.day.start + timedelta(hours=hours, minutes=minutes)
    changes = BoardChanges(
        agents=["agents/ana"],
        states=[state],
        reasons=[""],
        activities=[Activity.ACTIVITY_UNSPECIFIED],
        occurred_times_ms=[int(occurred.timestamp() * 1000)],
        marks=[0],
        since_times_ms=[int(occurred.timestamp() * 1000)],
        revised=[late],
    )
    changes.cursor.site, changes.cursor.epoch, changes.cursor.seq = script.day.site, 1, seq
    return changes


def live(board: BoardPage) -> BoardPage:
    board.page.get_by_text("Live", exact=True).wait_for()
    return board.drawn()


def who_is_at(board: BoardPage, *, row: int) -> str:
    board.next_frame()
    board.point_at(row, "10:00")
    name = board.page.locator(".tip strong").first.inner_text()
    board.page.mouse.move(0, 0)
    board.page.locator(".tip").wait_for(state="detached")
    return name


def test_a_pushed_change_changes_the_colour_and_the_counters(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    board = live(open_board())
    assert board.colour(0, "15:00") == colours.ONLINE["light"]

    gateway.push(a_change(script, 101, "14:00", BUSY))

    board.wait_for_colour(0, "15:00", colours.BUSY["light"])
    assert board.colour(0, "13:50") == colours.ONLINE["light"]
    board.wait_for_count("busy", 1)
    assert script.snapshot_count == 1


@pytest.mark.parametrize("scrolled", [700, _FAR])
def test_who_is_read_stays_in_place_when_somebody_above_leaves_the_list(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway, scrolled: int
) -> None:
    script.day.people += [
        Person(f"p{number}", f"Person {number:03}").then("00:00", ONLINE) for number in range(299)
    ]
    board = live(open_board("/board?state=online"))
    board.grid.evaluate("(grid, top) => { grid.scrollTop = top; }", scrolled)
    read = who_is_at(board, row=3)

    gateway.push(a_change(script, 101, "14:00", BUSY))

    expect(board.grid).to_have_attribute("aria-rowcount", "300")
    assert read.startswith("Person")
    assert who_is_at(board, row=3) == read


def test_a_late_report_is_shown_by_a_new_snapshot(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    script.day.people[0].then("14:00", BUSY)
    board = live(open_board())

    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE)]
    script.day.people[0].then("09:00", BUSY).then("10:00", ONLINE).then("14:00", BUSY)
    script.day.seq = 101
    gateway.push(a_change(script, 101, "09:00", BUSY, late=True))

    board.wait_for_colour(0, "09:30", colours.BUSY["light"])
    assert script.snapshot_count == 2


def test_a_late_report_joins_the_log_that_is_open(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    script.day.people[0].then("14:00", BUSY)
    board = live(open_board())
    board.click(0, "14:30")
    log = board.page.get_by_role("complementary", name="Ana Lopes")
    log.get_by_text("Nothing was reported on this day.").wait_for()

    late = StateLogEntry(agent="agents/ana", event_id="late", state=BUSY, source="pbx-late")
    late.occurred_time.FromDatetime(script.day.start + timedelta(hours=9))
    script.logs["ana"] = ListStateLogResponse(entries=[late])
    script.day.seq = 101
    gateway.push(a_change(script, 101, "09:00", BUSY, late=True))

    log.get_by_text("pbx-late").wait_for()


def test_after_a_break_the_stream_goes_on_where_it_ended(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    board = live(open_board(expected=("ERR_INCOMPLETE_CHUNKED_ENCODING", "503")))
    gateway.push(a_change(script, 107, "14:00", BUSY))
    board.wait_for_colour(0, "15:00", colours.BUSY["light"])

    script.pushes = False
    gateway.drop_streams()
    board.page.get_by_text("Not live", exact=True).wait_for()
    script.pushes = True
    live(board)

    assert "cursor=1%3A107" in script.push_requests[-1]
    gateway.push(a_change(script, 108, "15:00", ONLINE))
    board.wait_for_colour(0, "15:30", colours.ONLINE["light"])


def test_a_stream_that_cannot_go_on_starts_from_a_new_snapshot(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    board = live(open_board())
    script.day.people[0].then("14:00", BUSY)
    script.day.seq = 5000

    gateway.resync()

    board.wait_for_colour(0, "15:00", colours.BUSY["light"])
    live(board)
    assert "cursor=1%3A5000" in script.push_requests[-1]


def test_the_age_of_the_newest_change_is_shown(open_board: OpenBoard, script: Script) -> None:
    script.day.people[0].then("15:54:50", BUSY)

    board = live(open_board())

    expect(board.page.locator(".live-age")).to_contain_text("last change 5 min ago")


def test_a_session_that_ends_leads_to_the_sign_in_and_back(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    board = live(open_board("/board?site=harbour&q=ana", expected=("401", "ERR_INCOMPLETE")))

    script.signed_in = False
    gateway.drop_streams()

    board.page.get_by_text("Your session has ended").wait_for()
    expect(board.page).to_have_url(re.compile("q=ana"))


def test_people_who_come_or_are_renamed_show_without_moving_whom_one_points_at(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    script.day.people.append(Person("cem", "Cem Demir").then("00:00", BUSY))
    board = live(open_board())
    board.point_at(1, "12:00")
    board.page.locator(".tip").wait_for()

    script.day.people[0].display_name = "Ana Silva"
    script.day.people.insert(1, Person("bo", "Bo Li").then("00:00", ONLINE))
    gateway.tell_roster()
    board.page.get_by_text("2 of 3 people").wait_for()

    assert board.colour(1, "13:00") == colours.BUSY["light"]
    board.page.mouse.move(5, 5)
    board.wait_for_colour(2, "13:00", colours.BUSY["light"])
    assert board.colour(1, "13:00") == colours.ONLINE["light"]


def test_a_board_that_stands_still_says_since_when(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    board = live(open_board())

    gateway.tell_missing("board/sites/harbour")

    notice = board.page.get_by_text("States stand still since")
    notice.wait_for()
    gateway.push(a_change(script, 101, "14:00", BUSY))
    notice.wait_for(state="detached")
