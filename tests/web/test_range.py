"""Ranges: some days, or from one minute to another, as the clocks of the zone show them."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support import board as colours
from tests.web.support.day import BUSY, ONLINE, BoardDay, Person
from tests.web.support.gateway import Script


@pytest.fixture(autouse=True)
def _people(script: Script) -> None:
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE).then("09:00", BUSY)]


@pytest.mark.parametrize(
    ("shown", "hours", "first"), [("2026-10-26", 73, "24"), ("2026-03-30", 71, "28")]
)
def test_three_days_across_a_change_of_clocks_begin_at_midnight(
    open_board: OpenBoard, script: Script, shown: str, hours: int, first: str
) -> None:
    last = date.fromisoformat(shown)
    script.day.now = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    script.day.first_data_day, script.day.last_data_day = date(2026, 1, 1), date(2026, 11, 30)
    script.days[f"{last.year}-{last.month}-{last.day}"] = BoardDay(
        day=last, people=script.day.people, now=script.day.now
    )
    board = open_board(f"/board?site=harbour&day={shown}").drawn()

    board.page.get_by_role("button", name="View").click()
    board.page.get_by_role("button", name="3 days").click()

    board.page.wait_for_url(f"**from={shown[:8]}{first}T00:00&to=*T00:00*")
    board.page.wait_for_function(
        f"() => document.querySelector('.heatmap canvas').dataset.toMs == {hours * 3_600_000}"
    )


def test_a_range_is_chosen_to_the_minute(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.page.get_by_role("button", name="From – to").click()
    board.page.get_by_label("From", exact=True).fill("2026-03-10T08:30")
    board.page.get_by_label("To", exact=True).fill("2026-03-10T10:00")
    with board.page.expect_request("**/heatmap?*localStart.hours=8&localStart.minutes=30*"):
        board.page.get_by_role("button", name="Show", exact=True).click()

    board.page.get_by_role("button", name="Choose a day: Tue, Mar 10 08:30 – 10:00").wait_for()
    expect(board.page).to_have_url(re.compile("from=2026-03-10T08:30&to=2026-03-10T10:00"))


def test_brackets_step_by_the_length_of_the_range(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&from=2026-03-10T08:30&to=2026-03-10T10:00").drawn()

    board.page.keyboard.press("[")

    board.page.wait_for_url("**from=2026-03-10T07:00&to=2026-03-10T08:30**")
    board.page.keyboard.press("]")
    board.page.wait_for_url("**from=2026-03-10T08:30&to=2026-03-10T10:00**")


def test_what_is_no_range_is_told_before_it_is_asked_for(open_board: OpenBoard) -> None:
    board = open_board().drawn()
    board.page.get_by_role("button", name="From – to").click()
    end = board.page.get_by_label("To", exact=True)

    end.fill("2026-03-09T00:00")
    board.page.get_by_text("The end comes after the start.").wait_for()
    end.fill("2026-03-30T00:00")
    board.page.get_by_text("At most 7 days can be shown.").wait_for()

    expect(board.page.get_by_role("button", name="Show", exact=True)).to_be_disabled()


def test_the_way_back_to_the_newest_day_is_offered(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&from=2026-03-10T08:30&to=2026-03-10T10:00").drawn()

    board.page.get_by_role("button", name="Newest").click()

    board.page.wait_for_url("**/board?site=harbour")


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_the_name_of_a_range_covers_nothing_on_a_phone(
    open_board: OpenBoard, language: str
) -> None:
    path = "/board?site=harbour&from=2026-03-04T08:30&to=2026-03-10T10:00"
    board = open_board(path, width=390, height=844, language=language).drawn()

    boxes = [one.bounding_box() for one in board.page.locator(".day-picker > *").all()]

    assert len(boxes) == 6
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert one is not None
            assert other is not None
            beside = one["x"] + one["width"] <= other["x"] + 1
            assert beside or one["y"] + one["height"] <= other["y"] + 1
    assert board.page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_busy_with_capacity_left_is_drawn_lighter_and_told(
    open_board: OpenBoard, script: Script, theme: str
) -> None:
    script.day.people[0].then("10:00", BUSY, capacity_left=True)
    board = open_board(theme=theme).drawn()

    assert board.colour(0, "09:30") == colours.BUSY[theme]
    assert board.colour(0, "11:30") == colours.SPARE[theme]
    board.point_at(0, "11:30")
    board.page.locator(".tip").get_by_text("Capacity left: could take more.").wait_for()
