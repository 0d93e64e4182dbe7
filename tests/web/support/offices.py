"""The administration in one browser window that its tests share: they open it once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from muster.gateway.v1.account_service_pb2 import Account
from playwright.sync_api import Browser, Page, ViewportSize
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.web.support.administration import Desk
from tests.web.support.gateway import Script, ScriptedGateway
from tests.web.support.office import furnish
from tests.web.support.server import served
from tests.web.support.windows import PATIENCE_MS

WIDE: ViewportSize = {"width": 1440, "height": 900}
PERMISSIONS = (
    "account.self",
    "account.accounts.read",
    "account.accounts.write",
    "account.roles.read",
    "account.roles.write",
    "account.service_accounts.read",
    "account.service_accounts.write",
    "audit.entries.read",
    "board.read",
    "dispatch.queues.write",
    "gateway.sources.read",
    "gateway.sources.write",
    "presence.policy.write",
    "protection.confirmations.read",
    "protection.profiles.write",
    "roster.leads.write",
    "roster.people.write",
)
_FARTHEST_TAB = 60
_FOCUSED = """() => {
  const element = document.activeElement;
  return element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent;
}"""


@dataclass(frozen=True)
class Office:
    """The window, and what the installation keeps."""

    page: Page
    desk: Desk
    account: Account
    address: str

    def opened(self, section: str) -> Page:
        """Opens a section from another, as somebody does; anew if a form is in the way, or if it
        stands open and would keep what it shows.
        """
        self._look_as_usual()
        link = self.page.locator(f"nav.sections a[href^='/administration/{section}']")
        stands_open = f"/administration/{section}" in self.page.url
        if stands_open or link.count() == 0 or self.page.get_by_role("dialog").count() > 0:
            return self.loaded(section)
        self.page.locator("html[data-theme=light]").wait_for()
        link.click()
        return self.page

    def loaded(self, section: str) -> Page:
        """Loads the page anew, at a section."""
        self._look_as_usual()
        self.page.goto(f"{self.address}/administration/{section}")
        return self.page

    @contextmanager
    def permitted(self, *permissions: str) -> Iterator[None]:
        """Has the account other permissions for a while."""
        usual = list(self.account.permissions)
        self.account.permissions[:] = permissions
        try:
            yield
        finally:
            self.account.permissions[:] = usual
            self.page.goto("about:blank")

    def look_as_on_a_phone_at_night(self) -> None:
        """Has the page shown dark and narrow, and waits until it is."""
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.page.emulate_media(color_scheme="dark")
        self.page.locator("html[data-theme=dark]").wait_for()
        self.page.locator(".sections .ant-select").wait_for()

    def press_on(self, name: str) -> None:
        """Goes to something with the Tab key and presses Enter there."""
        self._tab_to(name)
        self.page.keyboard.press("Enter")

    def type_into(self, label: str, text: str) -> None:
        """Goes to a field with the Tab key and types."""
        self._tab_to(label)
        self.page.keyboard.type(text)

    def _look_as_usual(self) -> None:
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")

    def _tab_to(self, name: str) -> None:
        for _ in range(_FARTHEST_TAB):
            self.page.keyboard.press("Tab")
            if str(self.page.evaluate(_FOCUSED)).strip() == name:
                return
        raise AssertionError(f"the Tab key does not reach {name}")


@contextmanager
def office_of(browser: Browser) -> Iterator[Office]:
    """Opens a window; an error in its console that no test expects fails."""
    desk = Desk()
    furnish(desk)
    account = Account(
        name="accounts/supervisor", display_name="Supervisor", permissions=PERMISSIONS
    )
    gateway = ScriptedGateway(Script(account=account))
    app = Starlette(routes=[*desk.routes, Mount("/", gateway.app)])
    errors: list[str] = []
    with served(app) as address:
        context = browser.new_context(viewport=WIDE, locale="en-GB", reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda said: errors.append(said.text) if said.type == "error" else None,
        )
        yield Office(page, desk, account, address)
        context.close()
    unexpected = [error for error in errors if "status of 4" not in error]
    assert not unexpected, f"the browser's console shows errors: {unexpected}"
