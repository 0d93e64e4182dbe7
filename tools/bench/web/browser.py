"""The browser in which the board is measured."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright


@contextmanager
def board_page(address: str) -> Iterator[Page]:
    """Opens an empty page of the address in Chromium, as large as a laptop's screen."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            # Chromium's own sandbox refuses to run as root.
            chromium_sandbox=os.geteuid() != 0,
            args=["--enable-precise-memory-info", "--js-flags=--expose-gc"],
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/favicon.svg")
        yield page
        browser.close()
