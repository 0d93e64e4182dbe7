"""People and pages are found from everywhere, by keyboard alone."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from google.protobuf.json_format import MessageToJson
from muster.roster.v1.people_pb2 import Agent
from muster.roster.v1.roster_service_pb2 import ListAgentsResponse
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.conftest import PERMISSIONS, OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.day import ONLINE, Person
from tests.web.support.gateway import Script

TITLES = {"en-GB": "Find people and pages", "zh-CN": "查找人员和页面"}


@dataclass
class Roster:
    """Answers searches for people."""

    people: tuple[Agent, ...]
    searched: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        (wanted,) = parse_qs(urlsplit(route.request.url).query)["search"]
        self.searched.append(wanted)
        found = [one for one in self.people if wanted.lower() in one.display_name.lower()]
        body = MessageToJson(ListAgentsResponse(agents=found))
        route.fulfill(body=body, content_type="application/json")


@pytest.fixture
def roster() -> Roster:
    ana = Agent(name="agents/ana", display_name="Ana Lopes", site="sites/harbour")
    bo = Agent(name="agents/bo", display_name="Bo Li", site="sites/harbour")
    return Roster((ana, bo))


@pytest.fixture(autouse=True)
def somebody_with_several_pages(script: Script) -> None:
    script.day.people = [
        Person("ana", "Ana Lopes").then("00:00", ONLINE),
        Person("bo", "Bo Li").then("00:00", ONLINE),
    ]
    script.account.agent = "agents/ana"
    script.account.permissions[:] = [*PERMISSIONS, "operations.read"]


def options(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Find people and pages").get_by_role("option")


def opened(page: Page, roster: Roster) -> None:
    page.route("**/v1/sites/-/agents*", roster.answer)
    page.get_by_role("grid").wait_for()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Find people and pages").wait_for()


def test_a_person_is_found_and_her_day_opened(open_board: OpenBoard, roster: Roster) -> None:
    page = open_board().page
    opened(page, roster)

    # Each letter may be asked for where typing is slow; the whole word is.
    with page.expect_request(lambda request: request.url.endswith("search=lop&pageSize=20")):
        page.keyboard.type("lop")
    expect(options(page)).to_have_text(["Ana Lopesperson · ana"])
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Ana Lopes").wait_for()
    expect(page).to_have_url(re.compile("site=harbour&agent=ana"))
    expect(page.get_by_role("dialog", name="Find people and pages")).to_have_count(0)
    assert roster.searched[-1] == "lop"


def test_who_was_found_by_a_former_text_is_not_opened_by_enter(
    open_board: OpenBoard, roster: Roster
) -> None:
    page = open_board().page
    opened(page, roster)
    page.keyboard.type("ana")
    expect(options(page)).to_have_count(1)

    # In one go, so that nobody can be asked in between.
    page.evaluate(
        """() => {
            const field = document.activeElement;
            const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
            write.call(field, "anab");
            field.dispatchEvent(new Event("input", { bubbles: true }));
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        }"""
    )

    expect(page.get_by_text("Nobody and no page of that name.")).to_be_visible()
    expect(options(page)).to_have_count(0)
    assert "agent=" not in page.url


def test_a_page_is_found_by_its_title(open_board: OpenBoard, roster: Roster) -> None:
    page = open_board().page
    opened(page, roster)
    expect(options(page).first).to_have_text("Boardg b")

    page.keyboard.type("my d")
    expect(options(page)).to_have_text(["My dayg m"])
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="My day").wait_for()


def test_arrows_choose_and_what_is_not_there_is_said(open_board: OpenBoard, roster: Roster) -> None:
    page = open_board().page
    opened(page, roster)

    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.type("nobody")

    page.get_by_text("Nobody and no page of that name.").wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_who_is_marked_is_seen_in_a_long_list(open_board: OpenBoard, roster: Roster) -> None:
    roster.people = tuple(
        Agent(name=f"agents/p{number}", display_name=f"Person {number}", site="sites/harbour")
        for number in range(20)
    )
    page = open_board().page
    opened(page, roster)
    page.keyboard.type("person")
    expect(options(page)).to_have_count(20)
    expect(options(page).last).not_to_be_in_viewport()

    page.keyboard.press("ArrowUp")

    expect(options(page).last).to_be_in_viewport()


def test_enter_that_ends_the_choice_of_characters_opens_nothing(
    open_board: OpenBoard, roster: Roster
) -> None:
    page = open_board(language="zh-CN").page
    page.get_by_role("grid").wait_for()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name=TITLES["zh-CN"])

    for composing in ("true", "false"):
        expect(field).to_be_visible()
        field.evaluate(
            f"""(field) => field.dispatchEvent(new KeyboardEvent(
              "keydown", {{ key: "Enter", isComposing: {composing}, bubbles: true }}))"""
        )

    expect(field).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-GB", "The search could not be loaded"), ("zh-CN", "查找功能加载失败")],
)
def test_without_the_finder_the_page_stays_and_says_what_is_missing(
    open_board: OpenBoard, language: str, said: str
) -> None:
    page = open_board(language=language, expected=("ERR_FAILED", "Unable to preload")).page
    page.route("**/assets/Finder-*.css", lambda route: route.abort())
    page.get_by_role("grid").wait_for()

    page.keyboard.press("Control+k")

    page.get_by_role("heading", name=said).wait_for()
    expect(page.get_by_role("grid")).to_be_visible()


def test_a_search_that_fails_says_so(open_board: OpenBoard, roster: Roster) -> None:
    page = open_board(expected=("503",)).page
    opened(page, roster)
    page.route("**/v1/sites/-/agents*", lambda route: route.fulfill(status=503, json={}))

    page.keyboard.type("ana")

    page.get_by_text("People cannot be searched now.").wait_for()


def test_whoever_may_not_see_people_finds_pages_alone(
    open_board: OpenBoard, script: Script, roster: Roster
) -> None:
    script.account.permissions[:] = ["account.self", "board.read"]
    page = open_board().page
    opened(page, roster)

    page.keyboard.type("ana")

    page.get_by_text("Nobody and no page of that name.").wait_for()
    assert roster.searched == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (390, 844)])
def test_the_finder_fits_the_screen_in_either_language_and_theme(
    open_board: OpenBoard, roster: Roster, wide: int, high: int, language: str, theme: str
) -> None:
    board = open_board(width=wide, height=high, language=language, theme=theme)
    board.page.route("**/v1/sites/-/agents*", roster.answer)
    board.page.get_by_role("button", name={"en-GB": "Find", "zh-CN": "查找"}[language]).click()
    board.page.get_by_role("combobox", name=TITLES[language]).fill("a")

    board.page.get_by_role("option", name="Ana Lopes").wait_for()

    assert violations_on(board.page) == []
    assert board.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    board.picture(f"finder-{wide}-{theme}-{language}")
