"""Browser windows that are used again by the next test: what they loaded once stays loaded.

A window and the process of its page cost two times as much as what most tests do in them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page
from starlette.types import ASGIApp, Receive, Scope, Send

PATIENCE_MS = 30_000
"""How long a page may take on a busy machine; what is there at once costs nothing of it."""


@dataclass(frozen=True)
class Look:
    """How somebody has the app: screen, language, theme."""

    width: int
    height: int
    language: str
    theme: str

    @property
    def is_phone(self) -> bool:
        return self.width < 500


@dataclass
class Windows:
    """Windows by their look, each with one page that forgets what a test did in it."""

    browser: Browser
    _free: Mapping[Look, list[Page]] = field(default_factory=lambda: defaultdict(list))

    def page(self, look: Look) -> Page:
        """Opens an empty page that remembers nothing."""
        free = self._free[look]
        return free.pop() if free else self.window(look).new_page()

    def window(self, look: Look) -> BrowserContext:
        """Opens a window that nobody else will use."""
        return self.browser.new_context(
            viewport={"width": look.width, "height": look.height},
            locale=look.language,
            color_scheme="dark" if look.theme == "dark" else "light",
            has_touch=look.is_phone,
            is_mobile=look.is_phone,
            device_scale_factor=2 if look.is_phone else 1,
            reduced_motion="reduce",
        )

    def give_back(self, look: Look, page: Page, address: str) -> None:
        """Empties a page of this address; its window is free for another."""
        page.unroute_all(behavior="ignoreErrors")
        page.evaluate("() => sessionStorage.clear()")
        page.goto("about:blank")
        page.set_viewport_size({"width": look.width, "height": look.height})
        # Out of the window: what lies under the pointer would show its facts.
        page.mouse.move(-1, -1)
        browser = page.context.new_cdp_session(page)
        browser.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
        browser.send("Page.resetNavigationHistory")
        browser.detach()
        self._free[look].append(page)


@dataclass
class Stage:
    """Serves the gateway of the running test, all at one address: a browser keeps by address."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None, "no test has set its gateway"
        await self.app(scope, receive, send)
