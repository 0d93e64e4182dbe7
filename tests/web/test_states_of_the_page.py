"""What the page shows when there is no board to show, or not all of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support.day import BUSY, Person
from tests.web.support.gateway import PASSWORD, Refused, Script


@pytest.fixture(autouse=True)
def _one_person(script: Script) -> None:
    script.day.people = [Person("ana", "Ana Lopes").then("09:00", BUSY)]


def test_somebody_signs_in_and_sees_the_board(open_board: OpenBoard, script: Script) -> None:
    script.signed_in = False
    board = open_board(expected=("401",))

    board.page.get_by_label("Account").fill("supervisor")
    board.page.get_by_label("Password").fill(PASSWORD)
    board.page.get_by_role("button", name="Sign in").click()

    board.drawn()
    expect(board.page).to_have_url(re.compile(r"/board\?site=harbour$"))


def test_a_wrong_password_is_refused_without_saying_which_part_is_wrong(
    open_board: OpenBoard, script: Script
) -> None:
    script.signed_in = False
    board = open_board(expected=("401",))

    board.page.get_by_label("Account").fill("supervisor")
    board.page.get_by_label("Password").fill("guess")
    board.page.keyboard.press("Enter")

    alert = board.page.get_by_role("alert")
    expect(alert).to_have_text("This account and password do not go together.")
    expect(board.page.get_by_label("Password")).to_have_value("")


def test_too_many_attempts_say_how_long_to_wait(open_board: OpenBoard, script: Script) -> None:
    script.signed_in = False
    script.refusals["sessions"] = Refused(429, "TOO_MANY_ATTEMPTS", retry_after_seconds=30)
    board = open_board(expected=("401", "429"))

    board.page.get_by_label("Account").fill("supervisor")
    board.page.get_by_label("Password").fill("guess")
    board.page.keyboard.press("Enter")

    expect(board.page.get_by_role("alert")).to_contain_text("Try again in 30 seconds")


def test_signing_out_ends_at_the_sign_in(open_board: OpenBoard, script: Script) -> None:
    board = open_board(expected=("401",)).drawn()

    board.page.get_by_role("button", name="Menu").click()
    board.page.get_by_role("button", name="Sign out").click()

    board.page.get_by_label("Password").wait_for()
    assert not script.signed_in


def test_the_skeleton_has_the_boards_layout_while_it_loads(
    open_board: OpenBoard, script: Script
) -> None:
    script.is_holding_heatmaps = True

    board = open_board()

    board.page.get_by_role("status", name="Loading the board").wait_for()
    script.is_holding_heatmaps = False
    board.drawn()


def test_a_cell_without_sites_says_how_to_load_them(open_board: OpenBoard, script: Script) -> None:
    script.sites = []

    board = open_board()

    board.page.get_by_role("heading", name="No site yet").wait_for()
    expect(board.page.locator("code")).to_contain_text("muster import roster")


def test_a_site_without_people_says_how_to_add_them(open_board: OpenBoard, script: Script) -> None:
    script.day.people = []

    open_board().page.get_by_role("heading", name="Nobody on this site yet").wait_for()


def test_a_site_without_reports_says_how_to_import_some(
    open_board: OpenBoard, script: Script
) -> None:
    script.day.people = [Person("ana", "Ana Lopes")]
    script.day.first_data_day = script.day.last_data_day = None

    board = open_board().drawn()

    board.page.get_by_text("Nothing reported yet.").wait_for()
    expect(board.page.locator("code")).to_contain_text("muster import calls")


def test_a_day_without_reports_leads_to_the_newest_that_has_some(
    open_board: OpenBoard, script: Script
) -> None:
    script.day.people = [Person("ana", "Ana Lopes")]
    board = open_board("/board?site=harbour&day=2026-03-03").drawn()

    board.page.get_by_role("button", name="Go to Tue, Mar 10, 2026").click()

    board.page.wait_for_url("**/board?site=harbour&day=2026-03-10")


def test_a_missing_part_is_named_and_nobody_is_called_unobserved(
    open_board: OpenBoard, script: Script
) -> None:
    script.day.missing = "presence"

    board = open_board().drawn()

    expect(board.page.get_by_role("alert")).to_contain_text("presence does not answer")
    expect(board.page.locator("[data-state=unobserved] strong")).to_have_text("–")


def test_an_error_says_what_to_do_and_has_a_code_to_quote(
    open_board: OpenBoard, script: Script
) -> None:
    script.refusals["heatmap"] = Refused(500, "INTERNAL_ERROR")
    board = open_board(expected=("500",))

    alert = board.page.get_by_role("alert")
    expect(alert).to_contain_text("INTERNAL_ERROR · 4bf92f3577b34da6a3ce929d0e0e4736")
    script.refusals.clear()
    alert.get_by_role("button", name="Retry").click()
    board.drawn()


def test_a_site_out_of_scope_leads_to_one_that_is_not(
    open_board: OpenBoard, script: Script
) -> None:
    script.refusals["heatmap"] = Refused(404, "UNKNOWN_SITE")
    board = open_board("/board?site=elsewhere", expected=("404",))

    board.page.get_by_role("heading", name="No such site").wait_for()
    script.refusals.clear()
    board.page.get_by_role("button", name="Go to Harbour").click()
    board.drawn()


def test_an_account_without_the_permission_is_told_who_can_grant_it(
    open_board: OpenBoard, script: Script
) -> None:
    del script.account.permissions[:]

    board = open_board()

    board.page.get_by_role("heading", name="No permission for this page").wait_for()
    expect(board.page.locator(".page-state")).to_contain_text("board.read")
