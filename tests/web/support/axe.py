"""Runs axe, which knows the rules of accessibility, on a page as it stands."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parents[3] / "gateway" / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
  const { violations } = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}: ${failureSummary}`));
}"""


def violations_on(page: Page) -> list[str]:
    """Returns what is wrong, each with its rule and its element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.read_text())
    found: list[str] = page.evaluate(_RUN)
    return found
