"""Lets the time of a page pass at once, where a test would wait for it."""

from playwright.sync_api import Locator, expect

_STEP_MS = 1_000
_GLANCE_MS = 100
_LONGEST_MS = 60_000


def pass_time_until(shown: Locator) -> None:
    """Lets seconds pass until something is shown.

    They pass one by one, since what is asked for over the network is answered in real time.
    """
    for _ in range(0, _LONGEST_MS, _STEP_MS):
        shown.page.clock.run_for(_STEP_MS)
        try:
            expect(shown).to_be_visible(timeout=_GLANCE_MS)
        except AssertionError:
            continue
        return
    raise AssertionError(f"{shown} is not shown within {_LONGEST_MS // 1000} s")
