"""The board drawn and read: by pointer, by keyboard, by what is said to a screen reader."""

import re
from datetime import UTC, date, datetime

import pytest
from muster.presence.v1.state_pb2 import Mark
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support import board as colours
from tests.web.support.day import BREAK, BUSY, INFERRED, OFFLINE, ONLINE, TALKING, BoardDay, Person
from tests.web.support.gateway import Script
from tests.web.support.work import work_ms


@pytest.fixture(autouse=True)
def _two_people(script: Script) -> None:
    ana = Person("ana", "Ana Lopes").then("00:00", OFFLINE).then("08:00", ONLINE, marks=INFERRED)
    ana.then("09:00", BUSY, activity=TALKING).then("12:00", BREAK, reason="meal")
    ana.then("13:00", ONLINE).then("17:00", OFFLINE)
    bo = Person("bo", "李波").then("09:30", BUSY)
    script.day.people = [ana, bo]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_intervals_are_drawn_in_their_colours_where_they_happened(
    open_board: OpenBoard, theme: str
) -> None:
    board = open_board(theme=theme).drawn()

    assert board.colour(0, "08:30") == colours.INFERRED[theme]
    assert board.colour(0, "09:00") == colours.BUSY[theme]
    assert board.colour(0, "11:57") == colours.BUSY[theme]
    assert board.colour(0, "12:00") == colours.BREAK[theme]
    assert board.colour(0, "13:30") == colours.ONLINE[theme]
    assert board.colour(1, "20:00") == colours.BUSY[theme]


def test_an_unobserved_morning_is_hardly_more_than_the_ground(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    assert board.colour(1, "04:30") in {"#f3f5f7", "#e1e5ea"}


def test_pointing_at_a_block_tells_all_facts(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.point_at(0, "10:00")

    tip = board.page.locator(".tip")
    expect(tip).to_contain_text("Ana Lopes")
    expect(tip).to_contain_text("Busy · talking")
    expect(tip).to_contain_text("09:00:00 – 12:00:00")
    expect(tip).to_contain_text("3:00:00")


def test_what_a_mapping_inferred_is_called_so(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.point_at(0, "08:30")

    expect(board.page.locator(".tip")).to_contain_text("Inferred by the mapping")


def test_marks_and_reasons_are_told_in_words(open_board: OpenBoard, script: Script) -> None:
    marks = Mark.MARK_CLAIMED | Mark.MARK_GAP
    script.day.people[0].then("18:00", BREAK, reason="meal", marks=marks)
    meal = script.policy.break_reasons.add(code="meal")
    meal.display_names["en"] = "Lunch"
    board = open_board().drawn()

    board.point_at(0, "18:30")

    tip = board.page.locator(".tip")
    tip.get_by_text("Lunch").wait_for()
    expect(tip).to_contain_text("nobody has accepted it yet")
    expect(tip).to_contain_text("source was silent")


def test_a_cell_is_read_with_the_keyboard_alone(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.grid.focus()
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("Home")
    board.page.keyboard.press("ArrowRight")
    board.page.keyboard.press("ArrowRight")
    board.page.keyboard.press("ArrowRight")

    expect(board.cell).to_have_text("Ana Lopes: Break, meal, 12:00:00 – 13:00:00, 1:00:00")
    expect(board.grid).to_have_attribute("aria-activedescendant", "cursor-cell")
    board.page.keyboard.press("ArrowDown")
    expect(board.cell).to_have_text(re.compile("^李波: Busy, 09:30:00"))


def test_counters_follow_the_instant_under_the_cursor(open_board: OpenBoard) -> None:
    board = open_board().drawn()
    board.wait_for_count("busy", 1)
    board.wait_for_count("offline", 1)

    board.point_at(0, "10:00")

    board.wait_for_count("busy", 2)
    board.wait_for_count("unobserved", 0)
    board.page.mouse.move(300, 20)
    board.wait_for_count("busy", 1)


def test_a_counter_shows_only_the_people_in_its_state(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.page.get_by_role("button", name="Busy").click()

    board.wait_for_rows(1)
    expect(board.page).to_have_url(re.compile("state=busy"))


def test_slash_filters_people_and_the_address_says_so(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.page.keyboard.press("/")
    board.page.keyboard.type("ana")
    board.page.keyboard.press("Enter")

    board.wait_for_rows(1)
    expect(board.page).to_have_url(re.compile("q=ana"))


def test_brackets_change_the_day(open_board: OpenBoard, script: Script) -> None:
    before = BoardDay(day=date(2026, 3, 9), people=[Person("ana", "Ana Lopes").then("00:00", BUSY)])
    script.days["2026-3-9"] = before
    board = open_board().drawn()

    board.page.keyboard.press("[")

    board.page.get_by_role("button", name="Choose a day: Mon, Mar 9, 2026").wait_for()
    expect(board.page).to_have_url(re.compile("day=2026-03-09"))


def test_a_day_of_25_hours_has_25_columns(open_board: OpenBoard, script: Script) -> None:
    script.day.day = script.day.last_data_day = date(2025, 10, 26)
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE).then("03:00", BUSY)]
    board = open_board().drawn()

    board.point_at(0, "03:00")

    # The third hour of this day is the second one that shows 02 on the wall.
    assert board.colour(0, "03:00") == colours.BUSY["light"]
    assert board.colour(0, "02:30") == colours.ONLINE["light"]
    expect(board.page.locator(".tip")).to_contain_text("02:00:00b")


def test_a_running_day_ends_at_now(open_board: OpenBoard, script: Script) -> None:
    script.day.now = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", BUSY)]

    board = open_board().drawn()

    assert board.colour(0, "15:50") == colours.BUSY["light"]
    assert board.colour(0, "17:00") == "#ffffff"
    expect(board.page.locator(".counted-instant")).to_have_text("now")


def test_ten_thousand_people_scroll_smoothly(open_board: OpenBoard, script: Script) -> None:
    script.day.people = [
        Person(f"a{i}", f"Agent {i:05}").then("08:00", ONLINE).then("09:00", BUSY)
        for i in range(10_000)
    ]
    board = open_board().drawn()

    worked_ms = work_ms(
        board.page,
        """async () => {
          const grid = document.querySelector("[role=grid]");
          const frame = () => new Promise(requestAnimationFrame);
          for (let step = 0; step < 40; step++) {
            grid.scrollTop = step * 900;
            await frame();
            await frame();
          }
        }""",
    )

    # Two frames at 60 Hz take 33 ms.
    assert worked_ms / 40 < 33
