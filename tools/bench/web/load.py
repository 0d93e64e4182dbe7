"""How long it takes until somebody sees the board."""

from playwright.sync_api import Page

_PAINTED = """() => new Promise((done) => {
  const look = () => {
    const canvas = document.querySelector(".heatmap canvas");
    if (canvas !== null && canvas.width > 500) requestAnimationFrame(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  look();
})"""

_FETCHED = """async () => {
  const start = performance.now();
  const headers = { accept: "application/x-protobuf" };
  const response = await fetch("/v1/sites/harbour/heatmap", { headers });
  await response.arrayBuffer();
  return performance.now() - start;
}"""


def board_load(page: Page, address: str) -> float:
    """Returns the milliseconds from the navigation to the first painted board."""
    page.goto(f"{address}/board?site=harbour", wait_until="commit")
    return float(page.evaluate(_PAINTED))


def bare_load(page: Page, address: str) -> float:
    """Returns the milliseconds in which an empty page gets the same bytes."""
    page.goto(f"{address}/favicon.svg")
    return float(page.evaluate(_FETCHED))
