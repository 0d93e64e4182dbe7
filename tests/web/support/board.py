"""Reads the board in the browser as a person does: what is where, in which colour."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, Position, expect

ONLINE = {"light": "#159a80", "dark": "#2baa8f"}
INFERRED = {"light": "#8fcdba", "dark": "#1b5446"}
BUSY = {"light": "#c2440f", "dark": "#e3602a"}
SPARE = {"light": "#f4a57c", "dark": "#8a2a08"}
WRAP_UP = {"light": "#d07c00", "dark": "#f7a838"}
PLAN = {"light": "#7c8798", "dark": "#77839a"}
BREAK = {"light": "#f9da4a", "dark": "#fbe586"}

_IS_PAINTED = """(canvas) =>
  canvas.width === Math.round(canvas.clientWidth * devicePixelRatio) && canvas.clientWidth > 0"""
_PIXEL = """(canvas, [x, y]) => {
  const ratio = canvas.width / canvas.clientWidth;
  const [left, top] = [Math.floor(x * ratio), Math.floor(y * ratio)];
  const bytes = canvas.getContext("2d").getImageData(left, top, 1, 1).data;
  return "#" + [...bytes.slice(0, 3)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}"""


@dataclass(frozen=True)
class BoardPage:
    """The page, with the geometry of its heatmap."""

    page: Page
    screenshots: Path

    @property
    def grid(self) -> Locator:
        return self.page.get_by_role("grid")

    @property
    def canvas(self) -> Locator:
        return self.page.locator(".heatmap canvas")

    @property
    def cell(self) -> Locator:
        """The cell under the cursor, as a screen reader finds it."""
        return self.page.locator("#cursor-cell")

    def drawn(self) -> "BoardPage":
        """Waits until the heatmap is painted."""
        self.canvas.wait_for()
        self.page.wait_for_function(_IS_PAINTED, arg=self.canvas.element_handle())
        self.page.evaluate("() => document.fonts.ready")
        self.next_frame()
        return self

    def next_frame(self) -> None:
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    @property
    def window_minutes(self) -> tuple[float, float]:
        """The part of the day that is shown, in minutes after its start."""
        start, end = self.canvas.evaluate("({dataset: {fromMs, toMs}}) => [fromMs, toMs]")
        return float(start) / 60_000, float(end) / 60_000

    def place(self, row: int, clock: str) -> tuple[float, float]:
        """Returns where on the canvas a row and a time of day lie."""
        size = self.canvas.evaluate(
            "({clientWidth, dataset: {rowHeight, headerWidth, linesTop}}) => "
            "[clientWidth, rowHeight, headerWidth, linesTop]"
        )
        width, row_height, header, top = map(float, size)
        hours, minutes = map(int, clock.split(":"))
        start, end = self.window_minutes
        share = (hours * 60 + minutes - start) / (end - start)
        return header + share * (width - header), top + (row + 0.5) * row_height

    def instant_at(self, x: float) -> float:
        """Returns the minute of the day at a place of the axis."""
        width, header = map(
            float,
            self.canvas.evaluate("({clientWidth, dataset}) => [clientWidth, dataset.headerWidth]"),
        )
        start, end = self.window_minutes
        return start + (x - header) / (width - header) * (end - start)

    def colour(self, row: int, clock: str) -> str:
        """Returns the colour of a row at a time of day."""
        x, y = self.place(row, clock)
        # A column starts on its pixel; the hour's hairline lies on the same one.
        return self.colour_at(x + 2, y)

    def colour_at(self, x: float, y: float) -> str:
        """Returns the colour at a place of the canvas."""
        return str(self.canvas.evaluate(_PIXEL, [x, y]))

    def wait_for_colour(self, row: int, clock: str, colour: str) -> None:
        x, y = self.place(row, clock)
        self.page.wait_for_function(
            f"([canvas, x, y, colour]) => ({_PIXEL})(canvas, [x, y]) === colour",
            arg=[self.canvas.element_handle(), x + 2, y, colour],
        )

    def point_at(self, row: int, clock: str) -> None:
        self.canvas.hover(position=self._position(row, clock))

    def click(self, row: int, clock: str) -> None:
        self.canvas.click(position=self._position(row, clock))

    def tap(self, row: int, clock: str) -> None:
        self.canvas.tap(position=self._position(row, clock))

    def wait_for_count(self, state: str, count: int) -> None:
        """Waits until so many people are counted in a state."""
        expect(self.page.locator(f"[data-state={state}] strong")).to_have_text(str(count))

    def wait_for_rows(self, count: int) -> None:
        """Waits until so many rows are listed, besides the one of the hours."""
        expect(self.grid).to_have_attribute("aria-rowcount", str(count + 1))

    def wait_for_window(self, start: float, end: float, *, within: float = 0.001) -> None:
        """Waits until this part of the day is shown, in minutes after its start."""
        self.page.wait_for_function(
            """([canvas, ends, within]) =>
              [canvas.dataset.fromMs, canvas.dataset.toMs].every(
                (ms, index) => Math.abs(ms / 60_000 - ends[index]) <= within)""",
            arg=[self.canvas.element_handle(), [start, end], within],
        )
        self.next_frame()

    def wait_for_span(self, below: float) -> None:
        """Waits until fewer minutes than so many are shown."""
        self.page.wait_for_function(
            "([{dataset}, below]) => (dataset.toMs - dataset.fromMs) / 60_000 < below",
            arg=[self.canvas.element_handle(), below],
        )
        self.next_frame()

    def picture(self, name: str) -> None:
        """Keeps a screenshot for whoever judges the looks."""
        self.screenshots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.screenshots / f"{name}.png")

    def _position(self, row: int, clock: str) -> Position:
        x, y = self.place(row, clock)
        return Position(x=x, y=y)
