"""The panel of the demo floor: only where there is one, for whoever may, by keyboard."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from google.protobuf.json_format import MessageToJson
from muster.floor.v1.floor_service_pb2 import Floor
from playwright.sync_api import Page, Request, Route, expect

from tests.web.conftest import PERMISSIONS, OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.day import ONLINE, Person
from tests.web.support.gateway import Script
from tests.web.support.wall import this_moment

LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}
TITLES = {"en": "Demo floor", "zh": "演示现场"}


@dataclass
class PlayedFloor:
    """A floor with one site that begins what it is told to."""

    floor: Floor
    asked: list[tuple[str, object]] = field(default_factory=list)

    def answer(self, route: Route, request: Request) -> None:
        if request.method == "POST":
            self.asked.append((request.url.rpartition(":")[2], request.post_data_json))
            start = this_moment()
            outage = self.floor.incidents.add(
                kind=Floor.Incident.KIND_OUTAGE, site="sites/harbor", subject="harbor-calls"
            )
            outage.end_time.FromDatetime(start + timedelta(minutes=3))
        self.floor.server_time.FromDatetime(this_moment())
        route.fulfill(body=MessageToJson(self.floor), content_type="application/json")


@pytest.fixture
def played() -> PlayedFloor:
    site = Floor.Site(
        site="sites/harbor",
        display_name="Harbor (demo)",
        agent_count=24,
        signed_in_count=11,
        queues=["sites/harbor/queues/harbor-orders", "sites/harbor/queues/harbor-chat"],
        sources=["harbor-calls", "harbor-chats"],
    )
    return PlayedFloor(Floor(sites=[site]))


@pytest.fixture(autouse=True)
def somebody_who_may(script: Script) -> None:
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE)]
    script.account.agent = "agents/ana"
    script.account.permissions[:] = [*PERMISSIONS, "floor.play"]


def begin(page: Page, played: PlayedFloor) -> None:
    page.route("**/v1/floor*", played.answer)
    page.reload()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_panel_fits_the_screen_in_either_language_and_theme(
    open_board: OpenBoard, played: PlayedFloor, width: str, language: str, theme: str
) -> None:
    wide, high = WIDTHS[width]
    board = open_board(width=wide, height=high, language=LANGUAGES[language], theme=theme)
    begin(board.page, played)

    board.page.get_by_role("button", name=TITLES[language]).click()

    panel = board.page.get_by_role("dialog", name=TITLES[language])
    expect(panel.get_by_role("button")).to_have_count(4)
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= wide
    assert violations_on(board.page) == []
    board.picture(f"demo-floor-{width}-{theme}-{language}")


def test_an_outage_is_started_by_keyboard_and_its_time_runs_out(
    open_board: OpenBoard, played: PlayedFloor
) -> None:
    page = open_board().page
    begin(page, played)
    page.get_by_role("button", name="Demo floor").wait_for()

    page.get_by_role("grid").wait_for()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("Go to Demo floor")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="Demo floor")).to_be_focused()
    page.get_by_role("button", name="Start: Outage of a source").press("Enter")

    panel = page.get_by_role("dialog", name="Demo floor")
    panel.get_by_text("Harbor (demo): telephones silent").wait_for()
    expect(panel.get_by_text(re.compile(r"2:[0-5]\d"))).to_have_count(2)
    assert played.asked == [("startOutage", {"source": "harbor-calls", "duration": "180s"})]
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Demo floor, 1 thing goes on")).to_be_focused()


def test_where_no_floor_runs_nothing_of_it_is_seen(open_board: OpenBoard) -> None:
    page = open_board().page
    page.route("**/v1/floor", lambda route: route.fulfill(json={}))

    with page.expect_response("**/v1/floor"):
        page.reload()
    page.get_by_role("grid").wait_for()

    assert page.get_by_role("button", name="Demo floor").count() == 0


def test_while_the_floor_is_away_the_page_goes_on_without_a_word(open_board: OpenBoard) -> None:
    page = open_board(expected=("503",)).page
    page.route("**/v1/floor", lambda route: route.fulfill(status=503, json={}))

    with page.expect_response("**/v1/floor"):
        page.reload()
    page.get_by_role("grid").wait_for()

    assert page.get_by_role("button", name="Demo floor").count() == 0
    assert page.get_by_role("alert").count() == 0


def test_whoever_may_not_play_never_asks_for_the_floor(
    open_board: OpenBoard, script: Script
) -> None:
    script.account.permissions[:] = PERMISSIONS
    page = open_board().page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.reload()
    page.get_by_role("grid").wait_for()

    assert not [url for url in asked if "/v1/floor" in url]
