"""How the page's memory moves over an accelerated hour of live changes."""

from playwright.sync_api import Page

from tools.bench.web.floor import CHANGES_AN_HOUR, FRAMES_AN_HOUR, Floor

_QUARTER = FRAMES_AN_HOUR // 4
_MEGABYTE = 1_000_000
_BUSY_AFTER_A_QUARTER = CHANGES_AN_HOUR // 4 * 9 // 10
"""The first quarter makes as many people busy as it has changes; some are so already."""


def heap_over_an_hour(page: Page, floor: Floor) -> list[float]:
    """Returns the used heap in megabytes at the hour's start and after each quarter."""
    page.get_by_text("Live", exact=True).wait_for()
    heaps = [_heap(page)]
    for quarter in range(4):
        for number in range(quarter * _QUARTER, (quarter + 1) * _QUARTER):
            floor.push_frame(number)
            if number % 10 == 0:
                page.wait_for_timeout(40)
        page.wait_for_timeout(1_000)
        if quarter == 0:
            _expect_followed(page)
        heaps.append(_heap(page))
    return heaps


def _expect_followed(page: Page) -> None:
    """Refuses a page that does not apply what is pushed: its memory would be flat for nothing."""
    page.wait_for_function(
        "least => +document.querySelector('[data-state=busy] strong').textContent >= least",
        arg=_BUSY_AFTER_A_QUARTER,
    )


def _heap(page: Page) -> float:
    page.evaluate("() => globalThis.gc()")
    return float(page.evaluate("() => performance.memory.usedJSHeapSize")) / _MEGABYTE
