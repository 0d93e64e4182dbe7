"""How long the thread of a page works, by the processor's clock: others cost it nothing."""

from playwright.sync_api import CDPSession, Page


def work_ms(page: Page, script: str) -> float:
    """Runs a script in the page; returns how long the page's thread worked until it ended."""
    browser = page.context.new_cdp_session(page)
    browser.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _worked_ms(browser)
    page.evaluate(script)
    worked = _worked_ms(browser) - before
    browser.detach()
    return worked


def _worked_ms(browser: CDPSession) -> float:
    metrics = browser.send("Performance.getMetrics")["metrics"]
    seconds = next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")
    return seconds * 1000
