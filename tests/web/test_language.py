"""The page speaks the language of the account, unless somebody chose another one here."""

import pytest

from tests.web.conftest import OpenBoard
from tests.web.support.day import BUSY, Person
from tests.web.support.gateway import Script


@pytest.fixture(autouse=True)
def _chinese(script: Script) -> None:
    script.account.language_code = "zh-Hans"
    script.day.people = [Person("ana", "Ana Lopes").then("09:00", BUSY)]


def test_an_account_brings_its_language(open_board: OpenBoard) -> None:
    board = open_board(language="en-GB").drawn()

    board.page.get_by_role("button", name="菜单").wait_for()


def test_a_language_that_was_chosen_stays(open_board: OpenBoard) -> None:
    board = open_board(language="en-GB").drawn()
    board.page.evaluate("localStorage.setItem('muster.language', 'en')")

    board.page.reload()

    board.drawn().page.get_by_role("button", name="Menu").wait_for()
