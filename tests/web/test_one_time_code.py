"""Somebody sets a first password, or a new one, by a one-time code."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support.board import BoardPage
from tests.web.support.day import BUSY, Person
from tests.web.support.gateway import Refused, Script

NEW = "a long new password"


@pytest.fixture(autouse=True)
def _code(script: Script) -> None:
    script.signed_in = False
    script.code = "7hkw-p2mn-c4xd-9fqa"
    script.day.people = [Person("ana", "Ana Lopes").then("09:00", BUSY)]


def fill(board: BoardPage, *, code: str = "7hkw-p2mn-c4xd-9fqa", repeated: str = NEW) -> None:
    page = board.page
    page.get_by_role("button", name="I have a one-time code").click()
    page.get_by_label("Account").fill("ana")
    page.get_by_label("One-time code").fill(code)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password, again").fill(repeated)
    page.keyboard.press("Enter")


def test_a_code_sets_the_password_and_leads_to_the_board(
    open_board: OpenBoard, script: Script
) -> None:
    board = open_board(expected=("401",))

    fill(board)

    board.drawn()
    assert script.password == NEW


def test_a_wrong_or_expired_code_is_refused_and_the_form_keeps_what_was_typed(
    open_board: OpenBoard,
) -> None:
    board = open_board(expected=("401",))

    fill(board, code="wrong")

    expect(board.page.get_by_role("alert")).to_contain_text("the code has expired")
    expect(board.page.get_by_label("Account")).to_have_value("ana")


def test_two_passwords_that_differ_are_not_sent(open_board: OpenBoard, script: Script) -> None:
    board = open_board(expected=("401",))

    fill(board, repeated="another password")

    expect(board.page.get_by_role("alert")).to_have_text("The two passwords differ.")
    assert script.password != NEW


def test_guessing_says_how_long_to_wait(open_board: OpenBoard, script: Script) -> None:
    script.refusals["oneTimeCodes"] = Refused(429, "TOO_MANY_ATTEMPTS", retry_after_seconds=30)
    board = open_board(expected=("401", "429"))

    fill(board)

    expect(board.page.get_by_role("alert")).to_contain_text("Try again in 30 seconds")


def test_one_gets_back_to_signing_in(open_board: OpenBoard) -> None:
    board = open_board(expected=("401",))

    board.page.get_by_role("button", name="I have a one-time code").click()
    board.page.get_by_role("button", name="Back to signing in").click()

    board.page.get_by_label("Password").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_form_fits_the_screen(
    open_board: OpenBoard, width: int, height: int, theme: str
) -> None:
    board = open_board(width=width, height=height, theme=theme, language="zh-CN", expected=("401",))

    board.page.get_by_role("button", name="我有一次性验证码").click()

    board.page.get_by_role("heading", name="设置密码").wait_for()
    board.page.screenshot(path=f"test-results/web/code-{width}-{theme}.png")
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert board.page.evaluate(overflow) == 0
    expect(board.page.get_by_role("button", name="设置密码并登录")).to_be_visible()
