"""The axis zoomed and panned, by wheel, by keys and by fingers."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support import board as colours
from tests.web.support.day import BUSY, ONLINE, WRAP_UP, Person
from tests.web.support.gateway import Script
from tests.web.support.work import work_ms

WHOLE_DAY = (0, 24 * 60)
ZOOMED = "/board?site=harbour&at=2026-03-10T08:00:00.000Z&span=3600"


@pytest.fixture(autouse=True)
def _one_person(script: Script) -> None:
    ana = Person("ana", "Ana Lopes").then("00:00", ONLINE).then("09:30", BUSY)
    ana.then("09:30:20", WRAP_UP).then("09:30:45", ONLINE).due("09:00", "17:00")
    script.day.people = [ana, Person("bo", "Bo Li").then("00:00", ONLINE)]


def test_the_wheel_zooms_about_the_pointer(open_board: OpenBoard) -> None:
    board = open_board().drawn()
    x, y = board.place(0, "09:30")
    frame = board.canvas.bounding_box()
    assert frame
    # A pointer stands on a whole pixel, and so does what is under it.
    pixel = int(x)
    under = board.instant_at(pixel)

    board.page.mouse.move(frame["x"] + pixel, frame["y"] + y)
    for _ in range(12):
        board.page.mouse.wheel(0, -300)

    board.wait_for_span(15)
    assert board.instant_at(pixel) == pytest.approx(under, abs=0.01)
    board.page.wait_for_url("**at=2026-03-10T08*")


def test_twenty_seconds_are_seen_exactly_when_zoomed(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&at=2026-03-10T08:30:00.000Z&span=60").drawn()

    second = (board.place(0, "09:31")[0] - board.place(0, "09:30")[0]) / 60
    x, y = board.place(0, "09:30")

    assert second > 15
    assert board.colour_at(x + 18 * second, y) == colours.BUSY["light"]
    assert board.colour_at(x + 22 * second, y) == colours.WRAP_UP["light"]
    assert board.colour_at(x + 47 * second, y) == colours.ONLINE["light"]


def test_an_address_opens_zoomed_and_a_double_click_shows_all(open_board: OpenBoard) -> None:
    board = open_board(ZOOMED).drawn()
    assert board.window_minutes == (540, 600)

    x, y = board.place(0, "09:10")
    board.canvas.dblclick(position={"x": x, "y": y})

    board.wait_for_window(*WHOLE_DAY)
    board.page.wait_for_url(lambda address: "span=" not in address)
    expect(board.page.get_by_role("complementary")).to_have_count(0)


def test_a_drag_pans_and_opens_nothing(open_board: OpenBoard) -> None:
    board = open_board(ZOOMED).drawn()
    opened = board.page.url
    frame = board.canvas.bounding_box()
    assert frame
    quarter = board.place(0, "09:15")[0] - board.place(0, "09:00")[0]

    board.page.mouse.move(frame["x"] + 700, frame["y"] + 120)
    board.page.mouse.down()
    board.page.mouse.move(frame["x"] + 700 - quarter, frame["y"] + 120, steps=5)
    board.page.mouse.up()

    board.wait_for_window(555, 615, within=0.2)
    board.page.wait_for_url(lambda address: address != opened)
    expect(board.page).not_to_have_url(re.compile("agent="))


def test_keys_zoom_about_the_cursor_and_show_all_again(open_board: OpenBoard) -> None:
    board = open_board().drawn()
    board.grid.focus()
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("Home")
    board.page.keyboard.press("ArrowRight")
    before = board.place(0, "09:30")[0]

    for _ in range(5):
        board.page.keyboard.press("+")

    board.wait_for_span(120)
    assert board.place(0, "09:30")[0] == pytest.approx(before, abs=1.5)
    board.page.keyboard.press("-")
    board.page.keyboard.press("0")
    board.wait_for_window(*WHOLE_DAY)


def test_a_cursor_that_leaves_the_window_takes_it_along(open_board: OpenBoard) -> None:
    board = open_board(ZOOMED).drawn()
    board.grid.focus()
    board.page.keyboard.press("ArrowDown")

    board.page.keyboard.press("Home")

    board.wait_for_window(0, 60)


def test_the_mini_map_moves_the_window(open_board: OpenBoard) -> None:
    board = open_board(ZOOMED).drawn()
    slider = board.page.get_by_role("slider")
    box = slider.bounding_box()
    assert box

    board.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)

    board.wait_for_window(690, 750, within=1)
    expect(slider).to_have_attribute("aria-valuetext", "11:30:00 – 12:30:00")


def test_a_drag_over_ten_thousand_people_stays_with_the_hand(
    open_board: OpenBoard, script: Script
) -> None:
    script.day.people = [
        Person(f"a{i}", f"Agent {i:05}").then("08:00", ONLINE).then("09:00", BUSY)
        for i in range(10_000)
    ]
    board = open_board(ZOOMED).drawn()

    worked_ms = work_ms(
        board.page,
        """async () => {
          const grid = document.querySelector("[role=grid]");
          const frame = () => new Promise(requestAnimationFrame);
          for (let step = 0; step < 60; step++) {
            const deltaY = step % 20 < 10 ? -60 : 60;
            const at = { clientX: 700, clientY: 400, bubbles: true, cancelable: true };
            grid.dispatchEvent(new WheelEvent("wheel", { deltaY, ...at }));
            await frame();
            await frame();
          }
        }""",
    )

    # Two frames at 60 Hz take 33 ms.
    assert worked_ms / 60 < 33


def test_what_was_planned_frames_what_was_not_kept(open_board: OpenBoard, script: Script) -> None:
    script.day.now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    script.day.people = [Person("ana", "Ana Lopes").then("09:30", BUSY).due("09:00", "17:00")]
    board = open_board().drawn()

    x, y = board.place(0, "13:00")

    column = [board.colour_at(x + 3, y + step) for step in range(-14, 15)]
    assert column.count(colours.PLAN["light"]) == 2
    assert colours.PLAN["light"] not in [
        board.colour_at(board.place(0, "18:00")[0] + 3, y + step) for step in range(-14, 15)
    ]
    board.point_at(0, "09:10")
    expect(board.page.locator(".tip")).to_contain_text("Shift 09:00 – 17:00")
