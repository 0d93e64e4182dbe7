"""The pages in Chromium before the whole system: what is reported is seen, what is pressed counts,
what is saved proves itself, and what dies is told and comes back.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from chassis.clock import SystemClock
from tests.support.servers import server_folder
from tests.web.conftest import SCREENSHOTS
from tests.web.support.board import BoardPage
from tests.web.support.real import RealSystem, real_system

SITE = "harbor-town"
OWN = "harbor-0001"
"""The agent to whom the tree's first account `agent` belongs."""
AGENTS = (OWN, "ada", "ben", "cem", "dot")
LATEST_MS = 60_000

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def system() -> Iterator[RealSystem]:
    with server_folder() as parent, real_system(parent / "floor", SITE, AGENTS) as system:
        yield system


@pytest.fixture(scope="module")
def sessions(browser: Browser, system: RealSystem) -> dict[str, Any]:
    """What the browser keeps of each who signed in at the page."""
    return {who: _sign_in(browser, system, who) for who in ("supervisor", "agent")}


def _sign_in(browser: Browser, system: RealSystem, who: str) -> Any:
    with browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{system.tree.http_url}/")
        page.get_by_label("Account").fill(who)
        page.get_by_label("Password").fill(system.tree.passwords[who])
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Menu").wait_for(timeout=LATEST_MS)
        return context.storage_state()


@pytest.fixture
def open_as(browser: Browser, system: RealSystem, sessions: dict[str, Any]) -> Iterator[Open]:
    """Opens a page as somebody; nothing on it may fail unseen."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def open_page(
        who: str,
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        language: str = "en-GB",
        theme: str = "light",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            storage_state=sessions.get(who),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(LATEST_MS)
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(system.tree.http_url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert failures == []


def board_of(page: Page) -> BoardPage:
    return BoardPage(page, SCREENSHOTS).drawn()


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def wait_for_count(page: Page, state: str, count: int) -> None:
    """Waits until so many people of the board are in a state."""
    counter = page.locator(f"[data-state={state}] strong")
    expect(counter).to_have_text(str(count), timeout=LATEST_MS)


def say_purpose(page: Page) -> None:
    """Says what for, as a site without a profile wants it said."""
    page.get_by_role("button", name="Show").click()


def test_a_reported_change_is_on_the_open_board_without_a_reload(
    system: RealSystem, open_as: Open
) -> None:
    system.open_site("live-town", ["bo"])
    page = open_as("supervisor", "/board?site=live-town")
    board_of(page)
    page.evaluate("() => { window.sameDocument = true; }")
    page.get_by_text("Live", exact=True).wait_for()
    wait_for_count(page, "busy", 0)

    system.report("bo", "BUSY", "bo-1")

    wait_for_count(page, "busy", 1)
    assert page.evaluate("() => window.sameDocument")


@pytest.mark.parametrize("by", ["click", "keyboard"])
def test_a_row_opens_with_the_facts_of_the_api(system: RealSystem, open_as: Open, by: str) -> None:
    agent = {"click": "cleo", "keyboard": "dan"}[by]
    system.open_site(f"{by}-town", [agent])
    for number, state in enumerate(("ONLINE", "BUSY", "WRAP_UP")):
        system.report(agent, state, f"{agent}-{number}")
    page = open_as("supervisor", f"/board?site={by}-town")
    board = board_of(page)

    if by == "click":
        board.click(0, "12:00")
    else:
        board.grid.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

    drawer = page.get_by_role("complementary", name=agent.title())
    say_purpose(page)
    drawer.get_by_role("table").wait_for()
    told = system.do(system.desk.get(f"/v1/agents/{agent}/day"))
    clock = [clock_of(entry["occurredTime"], system.zone) for entry in told["log"]["entries"]]
    expect(drawer.locator(".log-table .unfold")).to_have_text(clock, timeout=LATEST_MS)
    shares = drawer.get_by_role("region", name="Time in each state")
    for state in ("Online", "Busy", "Wrap-up"):
        expect(shares).to_contain_text(state)


def clock_of(timestamp: str, zone: ZoneInfo) -> str:
    """The site's clock, as the log tells it."""
    return f"{datetime.fromisoformat(timestamp).astimezone(zone):%H:%M:%S}"


def test_what_she_presses_is_on_her_supervisors_board(system: RealSystem, open_as: Open) -> None:
    board = open_as("supervisor", f"/board?site={SITE}")
    board_of(board)
    own = open_as("agent", "/my-day")

    for button, state in (("Online", "online"), ("Meal", "break")):
        card(own, "Now").get_by_role("button", name=button).click()

        wait_for_count(board, state, 1)
    expect(card(own, "Now").locator(".present-state")).to_have_text("Break", timeout=LATEST_MS)


def test_her_receipt_verifies_and_an_altered_one_does_not(
    system: RealSystem, open_as: Open, tmp_path: Path
) -> None:
    own = open_as("agent", "/my-day")
    card(own, "Now").get_by_role("button", name="Training").click()
    now = card(own, "Now").locator(".present-facts")
    expect(now).to_contain_text("Training", timeout=LATEST_MS)

    with own.expect_download() as saving:
        own.get_by_role("button", name="Save the day's receipt").click()
    receipt = tmp_path / saving.value.suggested_filename
    saving.value.save_as(receipt)
    altered = tmp_path / "altered.json"
    altered.write_text(receipt.read_text().replace("accounts/agent", "accounts/other"))

    code, shown = system.verify(receipt)
    assert code == 0, shown
    assert system.verify(altered)[0] == 1


def test_she_reads_who_looked_at_her_day_and_what_for(system: RealSystem, open_as: Open) -> None:
    system.do(system.desk.get(f"/v1/agents/{OWN}/day"))

    looks = card(open_as("agent", "/my-day"), "Who looked at me").get_by_role("listitem")

    expect(looks.first).to_contain_text("my day · Quality", timeout=LATEST_MS)


def test_a_wall_shows_who_waits_by_the_token_of_its_screen(
    system: RealSystem, open_as: Open
) -> None:
    call = {
        "eventId": "wall-1",
        "contactId": "call-1",
        "kind": "KIND_ENQUEUED",
        "occurredTime": SystemClock().now().isoformat(),
        "queueId": "support",
    }
    system.do(system.desk.report_contact(SITE, call))
    token = system.wall_token(SITE)

    wall = open_as("", f"/wall?site={SITE}&seconds=3#token={token}", width=1920, height=1080)

    waiting = wall.locator(".wall-figure").filter(has_text="waiting")
    expect(waiting.locator("dd")).to_have_text("1", timeout=LATEST_MS)
    wall.get_by_text("free soon").wait_for()
    assert "token" not in wall.url
    wall.screenshot(path=SCREENSHOTS / "real-wall.png")


def test_a_process_that_dies_is_told_and_the_board_heals(system: RealSystem, open_as: Open) -> None:
    operations = open_as("supervisor", "/operations")
    operations.get_by_text("5 replicas, all ready").wait_for()
    system.open_site("heal-town", ["eve"])
    board = open_as("supervisor", "/board?site=heal-town")
    board_of(board)

    with system.tree.suspended("presence"):
        operations.get_by_text("1 of 5 replicas not ready").wait_for()
    system.do(system.tree.kill("presence"))
    system.do(system.tree.healed())
    operations.get_by_text("5 replicas, all ready").wait_for()
    system.report("eve", "WRAP_UP", "eve-1")

    wait_for_count(board, "wrapUp", 1)


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [
        (1440, "light", "en-GB"),
        (1440, "dark", "zh-CN"),
        (390, "light", "zh-CN"),
        (390, "dark", "en-GB"),
    ],
)
def test_the_pages_fit_their_screen_before_the_real_system(
    open_as: Open, width: int, theme: str, language: str
) -> None:
    pages = {
        "board": ("supervisor", f"/board?site={SITE}", ".heatmap canvas"),
        "my-day": ("agent", "/my-day", ".card-record"),
        "operations": ("supervisor", "/operations", ".operations table"),
    }

    for name, (who, path, shown) in pages.items():
        screen = {"width": width, "height": 900 if width > 500 else 844}
        page = open_as(who, path, **screen, theme=theme, language=language)
        page.locator(shown).first.wait_for()

        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
        page.screenshot(path=SCREENSHOTS / f"real-{name}-{width}-{theme}-{language[:2]}.png")
