"""The frame around all pages: what is offered, where paths lead, keys, titles and focus."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.day import ONLINE, Person
from tests.web.support.gateway import Script


@pytest.fixture(autouse=True)
def _an_agent_with_a_board(script: Script) -> None:
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE)]
    script.account.agent = "agents/ana"


def test_the_rail_offers_only_what_the_account_has(open_board: OpenBoard, script: Script) -> None:
    offered = open_board().drawn().page.get_by_role("navigation", name="Pages").get_by_role("link")
    expect(offered).to_have_text(["Board", "My day"])

    script.account.agent = ""
    alone = open_board().drawn()

    expect(alone.page.get_by_role("navigation")).to_have_count(0)


def test_another_page_and_back_shows_the_board_as_it_was_left(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&rows=roomy").drawn()

    board.page.get_by_role("link", name="My day").click()
    board.page.get_by_role("heading", name="My day").wait_for()
    expect(board.page).to_have_url(re.compile("/my-day$"))
    board.page.get_by_role("link", name="Board").click()

    board.drawn()
    expect(board.page).to_have_url(re.compile(r"/board\?site=harbour&rows=roomy$"))
    board.page.go_back()
    board.page.get_by_role("heading", name="My day").wait_for()


def test_keys_lead_to_pages_and_the_next_key_press_starts_there(open_board: OpenBoard) -> None:
    page = open_board().drawn().page

    page.keyboard.press("g")
    page.keyboard.press("m")
    page.get_by_role("heading", name="My day").wait_for()

    expect(page).to_have_title("My day · Muster")
    page.keyboard.press("Tab")
    expect(page.locator(".frame-page :focus")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("Go to Board")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.get_by_role("grid").wait_for()
    expect(page).to_have_title("Board · Muster")


@pytest.mark.parametrize("path", ["/", "/nothing/here"])
def test_an_unknown_path_leads_to_the_board(open_board: OpenBoard, path: str) -> None:
    board = open_board(path).drawn()

    expect(board.page).to_have_url(re.compile(r"/board\?site=harbour"))


def test_without_a_board_one_lands_on_ones_own_day(open_board: OpenBoard, script: Script) -> None:
    script.account.ClearField("permissions")
    script.account.permissions.append("account.self")

    page = open_board("/").page

    page.get_by_role("heading", name="My day").wait_for()
    expect(page).to_have_url(re.compile("/my-day$"))


def test_a_page_without_permission_says_who_can_grant_it(
    open_board: OpenBoard, script: Script
) -> None:
    script.account.ClearField("permissions")
    script.account.permissions.append("account.self")

    page = open_board("/board").page

    page.get_by_text("Your account lacks the permission board.read").wait_for()
    assert violations_on(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_rail_is_accessible_and_fits(open_board: OpenBoard, width: int) -> None:
    board = open_board(width=width).drawn()

    assert violations_on(board.page) == []
    assert board.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    board.picture(f"frame-{width}")
