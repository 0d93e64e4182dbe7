"""Every state of the board under axe's rules."""

import pytest

from tests.web.conftest import OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.board import BoardPage
from tests.web.support.gateway import Refused, Script
from tests.web.test_looks import a_running_floor


@pytest.fixture(autouse=True)
def _a_floor(script: Script) -> None:
    a_running_floor(script)


def as_it_opens(_: BoardPage) -> None:
    """Leaves the board as it is."""


def with_a_cursor(board: BoardPage) -> None:
    board.grid.focus()
    board.page.keyboard.press("ArrowDown")


def with_the_view_menu(board: BoardPage) -> None:
    board.page.get_by_role("button", name="View").click()


def with_the_filters(board: BoardPage) -> None:
    board.page.get_by_role("button", name="Filter 2").click()


def with_choices(board: BoardPage) -> None:
    board.page.keyboard.press("/")
    board.page.keyboard.type("fib")
    board.page.get_by_role("option", name="Fibre").wait_for()


def with_the_calendar(board: BoardPage) -> None:
    board.page.get_by_role("button", name="Choose a day").click()


def with_the_keys(board: BoardPage) -> None:
    board.page.keyboard.press("?")


def with_a_log(board: BoardPage) -> None:
    board.click(2, "12:00")
    board.page.get_by_role("complementary").wait_for()


def with_two_picked(board: BoardPage) -> None:
    with_a_cursor(board)
    board.page.keyboard.press("Space")
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("Space")
    board.page.get_by_role("region", name="Picked people").wait_for()


def with_a_zoomed_axis(board: BoardPage) -> None:
    board.page.keyboard.press("+")
    board.page.get_by_role("slider").wait_for()


STATES = [
    as_it_opens,
    with_a_cursor,
    with_the_view_menu,
    with_the_filters,
    with_choices,
    with_the_calendar,
    with_the_keys,
    with_a_log,
    with_two_picked,
    with_a_zoomed_axis,
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_board(open_board: OpenBoard, theme: str) -> None:
    board = open_board("/board?site=harbour&group=team&team=north,south", theme=theme).drawn()
    address, found = board.page.url, []

    for arrange in STATES:
        board.page.goto(address)
        arrange(board.drawn())
        found += [f"{arrange.__name__}: {violation}" for violation in violations_on(board.page)]

    assert found == []


def test_axe_finds_nothing_on_a_phone(open_board: OpenBoard) -> None:
    board = open_board(width=390, height=844).drawn()

    assert violations_on(board.page) == []
    board.tap(2, "12:00")
    board.page.get_by_role("dialog", name="Carla Ferrer").wait_for()
    assert violations_on(board.page) == []


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ("heatmap", Refused(500, "INTERNAL_ERROR")),
        ("heatmap", Refused(404, "UNKNOWN_SITE")),
        ("heatmap", Refused(403, "PERMISSION_MISSING")),
    ],
)
def test_axe_finds_nothing_where_there_is_no_board(
    open_board: OpenBoard, script: Script, answer: str, refused: Refused
) -> None:
    script.refusals[answer] = refused

    board = open_board(expected=(str(refused.status),))
    board.page.get_by_role("heading", level=2).wait_for()

    assert violations_on(board.page) == []


def test_axe_finds_nothing_where_somebody_signs_in(open_board: OpenBoard, script: Script) -> None:
    script.signed_in = False

    board = open_board(expected=("401",))
    board.page.get_by_label("Password").wait_for()

    assert violations_on(board.page) == []
