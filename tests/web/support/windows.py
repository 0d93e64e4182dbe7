"""Browser windows that are used again by the next test: what they loaded once stays loaded.

A page that a new window opens costs three times as much as one in a window that knows the app.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page
from starlette.types import ASGIApp, Receive, Scope, Send


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
    """Windows by their look. Each is used by one page at a time, and forgets what that kept."""

    browser: Browser
    _free: Mapping[Look, list[BrowserContext]] = field(default_factory=lambda: defaultdict(list))

    def page(self, look: Look, address: str) -> Page:
        """Opens an empty page that remembers nothing of this address."""
        free = self._free[look]
        page = (free.pop() if free else self.window(look)).new_page()
        storage = page.context.new_cdp_session(page)
        storage.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
        storage.detach()
        return page

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

    def give_back(self, look: Look, page: Page) -> None:
        """Closes a page; its window is free for another."""
        context = page.context
        for one in context.pages:
            one.close()
        self._free[look].append(context)


@dataclass
class Stage:
    """Serves the gateway of the running test, all at one address: a browser keeps by address."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None, "no test has set its gateway"
        await self.app(scope, receive, send)
