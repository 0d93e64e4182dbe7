"""Who is shown: filters, groups, order, several at once; what needs a purpose or a permission."""

import re
from datetime import UTC, datetime

import pytest
from muster.dispatch.v1.queue_pb2 import QueueFigures, SiteQueueFigures
from muster.presence.v1.presence_service_pb2 import ListStateLogResponse
from muster.presence.v1.state_pb2 import StateLogEntry
from playwright.sync_api import Locator, expect

from tests.web.conftest import OpenBoard
from tests.web.support.board import BoardPage
from tests.web.support.day import BUSY, OFFLINE, ONLINE, TALKING, Person
from tests.web.support.floor import TEAMS
from tests.web.support.gateway import Script, ScriptedGateway


@pytest.fixture(autouse=True)
def _a_small_floor(script: Script) -> None:
    script.day.now = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
    ana = Person("ana", "Ana Lopes", "teams/north", skills=("skills/fibre",))
    bo = Person("bo", "Bo Li", "teams/south", line="lines/care")
    cai = Person("cai", "Cai Wu", "teams/north", line="lines/care")
    script.day.people = [
        ana.then("00:00", OFFLINE).then("09:00", BUSY, activity=TALKING),
        bo.then("00:00", ONLINE),
        cai.then("00:00", OFFLINE).then("15:00", ONLINE),
    ]
    script.day.labels = TEAMS


def cell_at(board: BoardPage, *keys: str) -> Locator:
    board.grid.focus()
    for key in keys:
        board.page.keyboard.press(key)
    return board.cell


def test_what_is_typed_finds_teams_and_skills_as_well(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.page.keyboard.press("/")
    board.page.keyboard.type("nort")
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("Enter")

    board.page.get_by_role("button", name="Team North").wait_for()
    board.wait_for_rows(2)
    expect(board.page).to_have_url(re.compile("team=north"))
    board.page.get_by_role("button", name="Team North").click()
    board.wait_for_rows(3)


def test_filters_of_several_kinds_all_apply(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&team=north").drawn()

    board.page.get_by_role("button", name="Filter 1").click()
    board.page.get_by_role("checkbox", name="Customer care").check()

    board.wait_for_rows(1)
    expect(board.page.locator(".counted-people")).to_have_text("1 of 3 people")


def test_shift_click_adds_a_state_to_the_filter(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.page.get_by_role("button", name="Busy").click()
    board.page.get_by_role("button", name="Online").click(modifiers=["Shift"])

    board.wait_for_rows(3)
    expect(board.page).to_have_url(re.compile("state=busy,online"))


def test_groups_have_headers_that_fold(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&group=team").drawn()
    board.wait_for_rows(5)

    header = cell_at(board, "ArrowDown")

    # The page's clock follows the server's by half a way of the answer, hence the second before.
    expect(header).to_have_text(
        re.compile("^North: 2 people, unfolded, (16:00:|15:59:59).*Online 1, Busy 1")
    )
    board.page.keyboard.press("Enter")
    board.wait_for_rows(3)
    expect(board.page).to_have_url(re.compile("folded=north"))


def test_people_are_ordered_by_how_long_they_are_as_they_are(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.page.get_by_role("button", name="View").click()
    board.page.get_by_label("Order by").select_option("since")
    board.page.keyboard.press("Escape")

    expect(cell_at(board, "ArrowDown")).to_have_text(re.compile("^Bo Li"))
    expect(cell_at(board, "ArrowDown")).to_have_text(re.compile("^Ana Lopes"))


def test_cells_by_hour_tell_their_exact_seconds(open_board: OpenBoard, script: Script) -> None:
    script.day.people[0].then("14:10:30", ONLINE)
    board = open_board("/board?site=harbour&look=cells").drawn()

    board.point_at(0, "14:20")

    tip = board.page.locator(".tip")
    expect(tip).to_contain_text("14:00:00 – 15:00:00")
    expect(tip).to_contain_text("49:30")
    expect(tip).to_contain_text("10:30")
    expect(board.cell).to_have_text("Ana Lopes: 14:00:00 – 15:00:00, Online 49:30, Busy 10:30")


def test_letters_are_switched_on_and_remembered(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&rows=roomy").drawn()
    x, y = board.place(0, "12:26")
    before = {board.colour_at(x + step, y) for step in range(-30, 30)}

    board.page.get_by_role("button", name="View").click()
    board.page.get_by_role("checkbox", name="Letters").check()
    board.page.reload()
    board.drawn()

    assert len(before) <= 3
    assert len({board.colour_at(x + step, y) for step in range(-30, 30)}) > len(before)


def test_a_long_press_picks_several_and_sums_them_up(open_board: OpenBoard) -> None:
    board = open_board(width=390, height=844).drawn()

    bar = board.page.get_by_role("region", name="Picked people")
    _press_until(bar, board, 0)
    board.tap(1, "12:00")

    bar.get_by_text("2 people").wait_for()
    expect(bar).to_contain_text("Busy 1")
    expect(board.page).to_have_url(re.compile("picked=ana,bo"))
    bar.get_by_role("button", name="Clear the choice").tap()
    bar.wait_for(state="detached")


def test_a_purpose_is_asked_once_for_a_person(open_board: OpenBoard, script: Script) -> None:
    script.wants_purpose = True
    board = open_board("/board?site=harbour&agent=ana", expected=("400",)).drawn()
    form = board.page.get_by_role("form", name="Why do you look?")

    form.get_by_label("Purpose").select_option("dispute")
    form.get_by_label("Note").fill("周一")
    form.get_by_role("button", name="Show").click()

    board.page.get_by_text("Nothing was reported on this day.").wait_for()
    board.page.get_by_role("button", name="Close").click()
    board.click(0, "12:00")
    board.page.get_by_text("Nothing was reported on this day.").wait_for()
    assert set(script.purposes) == {"dispute: %E5%91%A8%E4%B8%80"}
    expect(form).to_have_count(0)


def test_who_is_withheld_is_counted_and_who_can_grant_it_is_named(
    open_board: OpenBoard, script: Script
) -> None:
    script.day.withheld_count = 4
    board = open_board().drawn()
    expect(board.page.locator(".counted-people")).to_contain_text("4 withheld")

    script.day.people = []
    board.page.reload()

    board.page.get_by_role("heading", name="No permission for this past").wait_for()
    expect(board.page.locator(".page-state")).to_contain_text("protection profile")


def test_waiting_numbers_stand_beside_the_counters(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    script.account.permissions.append("dispatch.figures.read")
    board = open_board().drawn()
    board.page.get_by_text("Live", exact=True).wait_for()
    queue = QueueFigures(
        waiting_count=14,
        answered_count=100,
        answered_in_time_count=83,
        service_level_policy="of_answered.v1",
    )
    queue.oldest_enqueue_time.FromDatetime(script.day.now)
    figures = SiteQueueFigures(figures=[queue])
    figures.cursor.site = "sites/harbour"

    gateway.tell_queues(figures)

    waiting = board.page.locator(".waiting")
    expect(waiting).to_contain_text("waiting 14")
    expect(waiting).to_contain_text("83%")


def test_a_file_is_saved_of_what_is_shown(open_board: OpenBoard, script: Script) -> None:
    script.account.permissions.append("board.export")
    board = open_board("/board?site=harbour&team=north").drawn()
    board.page.get_by_role("button", name="View").click()

    with board.page.expect_download() as download:
        board.page.get_by_role("button", name="CSV").click()

    assert download.value.suggested_filename == "Harbour 2026-03-10.csv"
    assert "format=FORMAT_CSV" in script.exports[0]
    assert "selection.teams=teams%2Fnorth" in script.exports[0]
    assert "selection.day.day=10" in script.exports[0]


def test_contact_and_source_are_told_where_the_pointer_rests(
    open_board: OpenBoard, script: Script
) -> None:
    entry = StateLogEntry(agent="agents/ana", event_id="1", state=BUSY, source="pbx-1")
    entry.contacts.append("call-33112")
    entry.occurred_time.FromDatetime(datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
    script.logs["ana"] = ListStateLogResponse(entries=[entry])
    board = open_board().drawn()

    board.point_at(0, "12:00")

    board.page.locator(".tip-log").wait_for()
    expect(board.page.locator(".tip-log")).to_contain_text("call-33112")
    expect(board.page.locator(".tip-log")).to_contain_text("pbx-1")


def _press_until(shown: Locator, board: BoardPage, row: int) -> None:
    """Keeps a finger on a person until something is shown."""
    x, y = board.place(row, "12:00")
    frame = board.canvas.bounding_box()
    assert frame
    point = {"x": frame["x"] + x, "y": frame["y"] + y}
    session = board.page.context.new_cdp_session(board.page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    shown.wait_for()
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
