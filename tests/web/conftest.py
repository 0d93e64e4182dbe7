"""A real browser before a scripted gateway. Every error in its console fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from muster.gateway.v1.account_service_pb2 import Account
from muster.roster.v1.people_pb2 import Site
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from tests.web.support.board import BoardPage
from tests.web.support.gateway import STATIC, Script, ScriptedGateway
from tests.web.support.office import furnish
from tests.web.support.offices import Office, office_of
from tests.web.support.server import served
from tests.web.support.windows import PATIENCE_MS, Look, Stage, Windows

PERMISSIONS = ("account.self", "board.read", "presence.log.read", "roster.people.read")
SCREENSHOTS = Path(__file__).parents[2] / "test-results" / "web"

OpenBoard = Callable[..., BoardPage]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert (STATIC / "index.html").exists(), "the web app is not built: make web"
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    path = next((path for path in found if path), None)
    assert path, "no Chromium: apt-get install chromium fonts-noto-cjk"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to run as root.
        sandbox = os.geteuid() != 0
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def script() -> Script:
    return Script(
        account=Account(
            name="accounts/supervisor", display_name="Supervisor", permissions=PERMISSIONS
        ),
        sites=[Site(name="sites/harbour", display_name="Harbour", time_zone="Europe/Madrid")],
    )


@pytest.fixture
def gateway(script: Script) -> ScriptedGateway:
    return ScriptedGateway(script)


@pytest.fixture(scope="session")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="session")
def stage_address(stage: Stage) -> Iterator[str]:
    with served(stage) as address:
        yield address


@pytest.fixture
def address(stage: Stage, stage_address: str, gateway: ScriptedGateway) -> str:
    """Where the gateway of this test answers."""
    stage.app = gateway.app
    return stage_address


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def open_board(windows: Windows, address: str) -> Iterator[OpenBoard]:
    """Opens pages as somebody has them; `expected`: parts of console errors that belong.

    The time of a page that `has_own_clock` goes on as usual, and can be made to pass at once.
    """
    pages: list[tuple[Look, Page]] = []
    clocked: list[Page] = []
    errors: list[str] = []
    allowed: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    def note_error(error: Error) -> None:
        errors.append(str(error))

    def open_page(
        path: str = "/board",
        *,
        width: int = 1440,
        height: int = 900,
        language: str = "en-GB",
        theme: str = "light",
        expected: tuple[str, ...] = (),
        has_own_clock: bool = False,
    ) -> BoardPage:
        look = Look(width, height, language, theme)
        if has_own_clock:
            page = windows.window(look).new_page()
            page.clock.install()
            clocked.append(page)
        else:
            page = windows.page(look)
            pages.append((look, page))
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", note_console)
        page.on("pageerror", note_error)
        allowed.extend(expected)
        page.goto(address + path)
        return BoardPage(page, SCREENSHOTS)

    yield open_page
    for look, page in pages:
        page.remove_listener("console", note_console)
        page.remove_listener("pageerror", note_error)
        windows.give_back(look, page, address)
    for page in clocked:
        page.context.close()
    unexpected = [error for error in errors if not any(part in error for part in allowed)]
    assert not unexpected, f"the browser's console shows errors: {unexpected}"


@pytest.fixture(scope="session")
def shared_office(browser: Browser) -> Iterator[Office]:
    """The administration, opened once: its sections are changed in one window."""
    with office_of(browser) as office:
        yield office


@pytest.fixture
def office(shared_office: Office) -> Office:
    """The administration with everything as it was."""
    furnish(shared_office.desk)
    return shared_office
