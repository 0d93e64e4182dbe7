"""Both languages, both themes, wide and narrow; pictures are kept for whoever judges the looks."""

from datetime import UTC, date, datetime

import pytest
from muster.presence.v1.policy_service_pb2 import BreakReason
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support.board import BoardPage
from tests.web.support.day import BUSY, Person
from tests.web.support.floor import TEAMS, a_shift, an_imported_day
from tests.web.support.gateway import Script

WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
WORDS = {"en": ("Online", "Unobserved"), "zh": ("在线", "未观测")}


def an_imported_floor(script: Script) -> None:
    script.day.day = script.day.last_data_day = date(1999, 8, 31)
    script.day.first_data_day = date(1999, 8, 1)
    script.day.zone = "Asia/Jerusalem"
    script.day.people = [an_imported_day(index) for index in range(18)]


def a_running_floor(script: Script) -> None:
    script.day.now = datetime(2026, 3, 10, 14, 18, tzinfo=UTC)
    script.day.people = [a_shift(index, 15.3 * 3600) for index in range(60)]
    script.day.labels = TEAMS
    training = script.policy.break_reasons.add(code="training")
    training.reason_class = BreakReason.REASON_CLASS_WORK_AWAY


FLOORS = {"imported": an_imported_floor, "running": a_running_floor}


@pytest.mark.parametrize("floor", FLOORS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_board_fits_the_screen_in_either_language_and_theme(
    open_board: OpenBoard, script: Script, floor: str, theme: str, language: str, width: str
) -> None:
    FLOORS[floor](script)

    board = open_board(
        width=WIDTHS[width][0], height=WIDTHS[width][1], language=LANGUAGES[language], theme=theme
    ).drawn()

    for word in WORDS[language]:
        expect(board.page.get_by_role("button", name=word)).to_be_visible()
    assert board.page.evaluate("() => document.documentElement.lang.slice(0, 2)") == language
    assert _overflows(board) == 0
    board.picture(f"{floor}-{width}-{theme}-{language}")


def test_language_and_theme_are_chosen_and_kept(open_board: OpenBoard, script: Script) -> None:
    script.day.people = [Person("ana", "Ana Lopes").then("09:00", BUSY)]
    board = open_board().drawn()

    board.page.get_by_role("button", name="Menu").click()
    board.page.get_by_role("button", name="Dark").click()
    board.page.get_by_role("button", name="中文").click()
    board.page.reload()

    board.page.get_by_role("button", name="菜单").wait_for()
    expect(board.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_tap_shows_the_facts_and_the_way_to_the_log(
    open_board: OpenBoard, script: Script
) -> None:
    a_running_floor(script)
    board = open_board(width=390, height=844).drawn()

    board.tap(2, "12:00")

    sheet = board.page.get_by_role("dialog", name="Carla Ferrer")
    sheet.wait_for()
    board.picture("tap-narrow-light-en")
    sheet.get_by_role("button", name="Open the log").tap()
    board.page.get_by_role("complementary", name="Carla Ferrer").wait_for()
    assert _overflows(board) == 0


def test_a_menu_opens_above_the_sheet_of_a_tap(open_board: OpenBoard, script: Script) -> None:
    a_running_floor(script)
    board = open_board(width=390, height=844).drawn()
    board.tap(2, "12:00")
    board.page.get_by_role("dialog", name="Carla Ferrer").wait_for()

    board.page.get_by_role("button", name="View").tap()

    # Only what lies above everything else can be tapped.
    letters = board.page.get_by_role("checkbox", name="Letters")
    letters.tap()
    expect(letters).to_be_checked()


def test_every_control_has_a_name(open_board: OpenBoard, script: Script) -> None:
    a_running_floor(script)
    board = open_board().drawn()
    board.page.get_by_role("button", name="Choose a day").click()

    nameless = board.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, [role=grid], [role=dialog]")]
          .filter((element) => !(element.getAttribute("aria-label") || element.textContent.trim()
            || element.labels?.[0]?.textContent.trim()))
          .map((element) => element.outerHTML)"""
    )

    assert nameless == []
    expect(board.page.get_by_role("main")).to_have_count(1)
    expect(board.page.get_by_role("heading", level=1)).to_have_count(1)


def _overflows(board: BoardPage) -> int:
    """Returns by how many pixels the page is wider than the screen."""
    width = board.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return max(int(width), 0)
