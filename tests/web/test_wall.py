"""A screen on a wall: large, turning, silent about persons, and honest when its feed dies."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.board import BoardPage
from tests.web.support.clock import pass_time_until
from tests.web.support.gateway import Refused, Script
from tests.web.support.wall import a_wall, this_moment

FULL_HD = {"width": 1920, "height": 1080}
WORDS = {
    "queues": ("oldest wait", "最久等待"),
    "ready": ("free soon", "即将空闲"),
    "breaks": ("breaks over their limit", "超时休息"),
    "staffing": ("planned", "计划"),
    # Which teams depends on the time; what their colours mean stands on every page.
    "teams": ("Wrap-up", "话后处理"),
}
SIZES = """() => {
  const seen = document.createTreeWalker(document.querySelector(".wall"), NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (seen.nextNode()) {
    const { textContent, parentElement } = seen.currentNode;
    if (textContent.trim() !== "") sizes.push(parseFloat(getComputedStyle(parentElement).fontSize));
  }
  const context = document.createElement("canvas").getContext("2d");
  const { fontFamily } = getComputedStyle(document.querySelector(".wall"));
  context.font = `${Math.min(...sizes)}px ${fontFamily}`;
  return context.measureText("H").actualBoundingBoxAscent;
}"""


def open_wall(
    open_board: OpenBoard,
    query: str = "",
    *,
    expected: tuple[str, ...] = (),
    has_own_clock: bool = False,
) -> BoardPage:
    address = f"/wall?site=harbour&seconds=600{query}#token=mss_wall"
    return open_board(address, **FULL_HD, expected=expected, has_own_clock=has_own_clock)


def shown(board: BoardPage, text: str) -> None:
    board.page.locator(".wall").get_by_text(text).first.wait_for()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("scene", WORDS)
def test_each_scene_fits_the_screen_with_capitals_of_40_mm(
    open_board: OpenBoard, script: Script, scene: str, theme: str, language: str
) -> None:
    script.wall = a_wall(this_moment())

    board = open_wall(open_board, f"&scenes={scene}&lang={language}&theme={theme}")

    shown(board, WORDS[scene][language == "zh"])
    assert board.page.evaluate(SIZES) >= 62
    # Neither the page nor the scene is larger than its place.
    assert board.page.evaluate(
        "() => [...document.querySelectorAll('.wall, .wall-scene')].every((one) =>"
        " one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight)"
    )
    assert violations_on(board.page) == []
    board.picture(f"wall-{scene}-{theme}-{language}")


def test_the_token_goes_from_the_address_bar_and_with_each_call(
    open_board: OpenBoard, script: Script
) -> None:
    script.wall = a_wall(this_moment())

    board = open_wall(open_board, "&scenes=queues")

    shown(board, "waiting")
    expect(board.page).not_to_have_url(re.compile("token"))
    assert set(script.wall_tokens) == {"Bearer mss_wall"}
    board.page.reload()
    shown(board, "waiting")
    assert set(script.wall_tokens) == {"Bearer mss_wall"}


def test_scenes_take_turns_by_themselves(open_board: OpenBoard, script: Script) -> None:
    script.wall = a_wall(this_moment())

    address = "/wall?site=harbour&scenes=ready,breaks&seconds=3#token=t"
    board = open_board(address, **FULL_HD, has_own_clock=True)

    shown(board, "free soon")
    for text in ("breaks over their limit", "free soon"):
        pass_time_until(board.page.locator(".wall").get_by_text(text).first)


def test_those_who_are_free_are_named_where_the_gateway_names_them(
    open_board: OpenBoard, script: Script
) -> None:
    script.wall = a_wall(this_moment(), names=("Ana Lopes", "Bo Li"))

    board = open_wall(open_board, "&scenes=ready")

    shown(board, "Free: Ana Lopes · Bo Li")


def test_without_presence_the_scene_says_so_and_the_queues_go_on(
    open_board: OpenBoard, script: Script
) -> None:
    script.wall = a_wall(this_moment())
    script.wall.ClearField("floor")
    script.wall.missing.add(part="presence").since_time.FromDatetime(this_moment())

    board = open_wall(open_board, "&scenes=ready")

    shown(board, "No figures: who is here does not answer")


def test_a_dead_feed_covers_the_screen_with_its_age_and_comes_back(
    open_board: OpenBoard, script: Script
) -> None:
    script.wall = a_wall(this_moment())
    board = open_wall(open_board, "&scenes=queues", expected=("503",), has_own_clock=True)
    shown(board, "waiting")

    script.refusals["wall"] = Refused(503, "BACKEND_UNAVAILABLE")
    pass_time_until(board.page.get_by_text("No fresh figures"))
    age = board.page.get_by_text(re.compile(r"for 0:\d\d")).inner_text()
    covered = board.page.get_by_text("oldest wait").count()
    board.picture("wall-dead-dark-en")
    script.refusals.clear()

    pass_time_until(board.page.get_by_text("oldest wait"))
    assert int(age[-2:]) >= 15
    assert covered == 0


def test_a_token_that_was_revoked_is_told_with_what_to_do(
    open_board: OpenBoard, script: Script
) -> None:
    script.refusals["wall"] = Refused(401, "SIGN_IN_REQUIRED")

    board = open_wall(open_board, expected=("401",))

    shown(board, "muster account service token")


def test_without_a_site_the_wall_asks_for_one(open_board: OpenBoard) -> None:
    board = open_board("/wall", **FULL_HD)

    shown(board, "Which site?")


def test_nothing_of_a_person_is_kept_or_sent(open_board: OpenBoard, script: Script) -> None:
    script.wall = a_wall(this_moment())
    board = open_wall(open_board, "&scenes=queues")
    shown(board, "waiting")

    kept = board.page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")
    assert json.loads(kept) == {"muster.wall.token": "mss_wall"}
