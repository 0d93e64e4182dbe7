"""Breaks that last longer than the longest time of their reason."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support.board import BoardPage
from tests.web.support.clock import pass_time_until
from tests.web.support.day import BREAK, BUSY, ONLINE, Person
from tests.web.support.gateway import Script

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
TEA_MINUTES = 15
NEARLY_MS = 45_000
"""After that Bo's tea is about to become long: a slow machine needs a part of the minute."""


@pytest.fixture(autouse=True)
def _a_tea_room(script: Script) -> None:
    """At four Ana has had tea for 18 minutes and 2 seconds, Bo for 14 minutes and 10 seconds."""
    script.account.permissions.append("presence.reasons.read")
    script.policy.break_reasons.add(code="tea").longest.FromTimedelta(
        timedelta(minutes=TEA_MINUTES)
    )
    script.day.now = NOW
    script.day.people = [
        Person("ana", "Ana Lopes").then("00:00", ONLINE).then("15:41:58", BREAK, reason="tea"),
        Person("bo", "Bo Li").then("00:00", ONLINE).then("15:45:50", BREAK, reason="tea"),
        Person("cy", "Cy Diaz").then("00:00", BUSY),
        Person("dee", "Dee Chen").then("00:00", ONLINE).then("15:10", BREAK, reason="talk"),
    ]


def long_breaks(board: BoardPage, count: int) -> None:
    board.wait_for_count("longBreak", count)


def test_a_break_becomes_long_as_time_passes(open_board: OpenBoard) -> None:
    board = open_board(has_own_clock=True).drawn()
    long_breaks(board, 1)

    board.page.clock.fast_forward(NEARLY_MS)
    pass_time_until(board.page.locator("[data-state=longBreak]", has_text="2"))

    board.wait_for_count("break", 3)


def test_the_counter_shows_only_those_on_a_long_break_and_adds_others(
    open_board: OpenBoard,
) -> None:
    board = open_board().drawn()
    counter = board.page.get_by_role("button", name="Long break")

    counter.click()

    expect(counter).to_have_attribute("aria-pressed", "true")
    expect(board.grid).to_have_attribute("aria-rowcount", "2")
    assert "state=longBreak" in board.page.url
    board.page.get_by_role("button", name="Busy").click(modifiers=["Shift"])
    expect(board.grid).to_have_attribute("aria-rowcount", "3")


def test_whoever_rests_for_too_long_comes_into_the_list_without_an_event(
    open_board: OpenBoard,
) -> None:
    board = open_board("/board?state=longBreak", has_own_clock=True).drawn()
    expect(board.grid).to_have_attribute("aria-rowcount", "2")

    board.page.clock.fast_forward(NEARLY_MS)
    pass_time_until(board.page.locator("[role=grid][aria-rowcount='3']"))


def test_the_facts_tell_the_longest_time_and_how_much_it_is_over(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.point_at(0, "15:50")

    expect(board.page.locator(".tip")).to_contain_text("longest 15:00, over by 3:")
    board.page.mouse.move(0, 0)
    board.grid.focus()
    board.page.keyboard.press("ArrowDown")
    expect(board.cell).to_contain_text("longest 15:00, over by 3:")


def test_who_is_not_over_the_longest_time_is_told_nothing_of_it(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.point_at(3, "15:50")

    expect(board.page.locator(".tip")).to_contain_text("Break")
    expect(board.page.locator(".tip")).not_to_contain_text("longest")


def test_a_file_holds_whom_the_board_shows(open_board: OpenBoard, script: Script) -> None:
    script.account.permissions.append("board.export")
    board = open_board("/board?state=busy,longBreak").drawn()

    board.page.get_by_role("button", name="View").click()
    with board.page.expect_download():
        board.page.get_by_role("button", name="CSV").click()

    assert "selection.longBreaks=true" in script.exports[-1]
    assert "selection.states=STATE_BUSY" in script.exports[-1]


def test_who_may_not_read_reasons_is_told_no_number(open_board: OpenBoard, script: Script) -> None:
    script.account.permissions.remove("presence.reasons.read")
    board = open_board().drawn()

    expect(board.page.locator("[data-state=longBreak] strong")).to_have_text("–")
